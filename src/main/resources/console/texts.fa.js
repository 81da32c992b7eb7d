export default {
  // Frame
  navigation: 'صفحه‌ها', language: 'زبان', sign_in: 'ورود', sign_out: 'فراموش کردن کلید', key: 'کلید',
  key_help: 'کلید API. فقط در همین زبانه می‌ماند و با بستن آن فراموش می‌شود.',
  overview: 'نمای کلی', send: 'ارسال', batches: 'دسته‌ها', batch: 'دسته', replies: 'پاسخ‌ها', unconfirmed: 'تأییدنشده', webhooks: 'وب‌هوک‌ها', webhook: 'وب‌هوک',
  page_failed: 'این صفحه خطا دارد. دوباره بارگذاری کنید.',
  // What several pages say
  loading: 'در حال بارگذاری…', failed: 'انجام نشد.', try_again: 'تلاش دوباره', retry_after: '{seconds} ثانیه دیگر می‌توان دوباره تلاش کرد.', request: 'درخواست',
  no: 'خیر', more: 'بیشتر', any: 'همه', choose: 'انتخاب کنید', account: 'حساب', text: 'متن', reference: 'شناسه شما', subject: 'عنوان', state: 'وضعیت',
  recipients: 'گیرندگان', messages: 'پیام‌ها', segments: 'بخش‌ها', price: 'هزینه', points: 'امتیاز', unknown_price: 'نامعلوم',
  estimate: 'هزینه برآوردی', cost: 'هزینه کسرشده', created: 'زمان ایجاد', send_at: 'زمان ارسال', from: 'از', until: 'تا', since: 'از', as_of: 'در تاریخ',
  number: 'شماره', sent: 'ارسال‌شده', delivered_at: 'زمان تحویل', provider: 'ارائه‌دهنده', time: 'زمان', dispatch: 'ارسال {n}', note: 'یادداشت',
  error_network: 'پاسخی نیامد. آیا شبکه برقرار است؟ خودکار دوباره تلاش می‌شود.',
  error_key: 'API این کلید را نمی‌شناسد: نادرست است، باطل شده یا منقضی شده است.',
  error_rate_limited: 'درخواست‌ها بیش از حد است. کمی بعد دوباره تلاش می‌شود.',
  error_forbidden_scope: 'کلید شما اجازه این کار را ندارد.',
  error_gateway: 'پاسخ API غیرعادی بود.',
  // Overview
  accounts: 'حساب‌ها', no_accounts: 'هیچ حسابی تنظیم نشده است.', default: 'پیش‌فرض', ask_credit: 'پرسیدن اعتبار از ارائه‌دهنده',
  health_misconfigured: 'تنظیمات آن نادرست است.', health_blocked: 'تا تغییر گذرواژه یا بستن نشست چیزی ارسال نمی‌شود.',
  health_unreachable: 'ارائه‌دهنده پاسخ نداد. ارسال‌ها می‌مانند و خودکار ادامه می‌یابند.', inbox_fails: 'صندوق دریافت خالی نمی‌شود:',
  newest: 'تازه‌ترین دسته‌ها', no_batches: 'هنوز چیزی ارسال نشده است.', of_newest: 'پیام‌های {n} دسته تازه:', all_batches: 'همه دسته‌ها',
  // Send
  numbers: 'شماره‌ها', numbers_help: 'در هر خط یکی، یا کپی از صفحه‌گسترده: با ویرگول، نقطه‌ویرگول یا تب.',
  write_first: 'برای دیدن بخش‌ها و هزینه، متن و شماره بنویسید.', counting: 'در حال شمارش…', send_to: 'ارسال به {n} نفر',
  invalid: '{n} شماره نامعتبر است. بقیه قابل ارسال‌اند.', line: 'خط {n}:', keep_valid: 'حذف این‌ها',
  // Batches and a batch
  no_match: 'چنین دسته‌ای نیست.', refused: 'نامعتبر', progress: '{done} از {all} نهایی شده',
  some_unconfirmed: 'شاید برخی ارسال شده باشند و شاید نه. تکلیف آن‌ها را روشن کنید.', timeline: 'خط زمان', no_messages: 'پیامی نیست.',
  first_thousand: '۱٬۰۰۰ پیام نخست نشان داده می‌شود.', reports: 'گزارش‌ها: {n}', by: 'توسط {who}', cancel: 'لغو', cancel_title: 'این دسته لغو شود؟',
  cancel_help: 'آنچه هنوز ارسال نشده ارسال نخواهد شد. آنچه ارسال شده بازنمی‌گردد.',
  cancellation: 'لغوشده: {n} پیام. هنوز نامعلوم: {pending}.', refunded: 'بازگردانده‌شده:',
  event_created: 'ایجاد شد', event_unconfirmed: 'پاسخ گم شد', event_confirmed: 'تأیید شد', event_resent: 'دوباره ارسال شد', event_submitted: 'تحویل ارائه‌دهنده شد',
  event_cancel_requested: 'درخواست لغو', event_checked: 'گزارش پرسیده شد',
  source_answer: 'پاسخ ارسال', source_report: 'گزارش', source_callback: 'فراخوان', source_clock: 'گذشت زمان', source_operator: 'اپراتور',
  // Replies
  period: 'بازه', period_hour: 'یک ساعت گذشته', period_day: 'یک روز گذشته', period_week: 'هفت روز گذشته',
  replies_live: '{n} پاسخ. پاسخ‌های تازه خودکار ظاهر می‌شوند.', no_replies: 'در این بازه کسی ننوشته است.', received: 'زمان دریافت',
  not_readable: 'ناخوانا', show_batch: 'نمایش', answer: 'پاسخ دادن',
  // Unconfirmed
  unconfirmed_help: 'پاسخ ارائه‌دهنده گم شده است: شاید این پیام‌ها ارسال شده باشند و شاید نه. Hoopoe هرگز خودسرانه دوباره ارسال نمی‌کند. فهرست ارائه‌دهنده را ببینید و سپس بگویید چه یافتید.',
  none_unconfirmed: 'چیزی برای تصمیم‌گیری نیست.', messages_of: '{n} پیام از حساب {account}.', lost: 'پاسخ گم شد', candidates: 'شاید منظور ارائه‌دهنده این باشد:',
  candidate: 'برای {n} شماره آن نام برده شده،', provider_reference: 'شناسه نزد ارائه‌دهنده', was_sent: 'ارسال شده بود', resend: 'ارسال دوباره',
  confirm_title: 'واقعاً ارسال شده بود؟', confirm_warning: 'Hoopoe با این شناسه از ارائه‌دهنده گزارش می‌گیرد. شناسه نادرست وضعیت پیام‌های دیگر را نشان می‌دهد.',
  confirm_blind: 'بدون شناسه، Hoopoe نمی‌تواند گزارش بگیرد. اگر آن را یافته‌اید، نخست بنویسید.',
  resend_title: 'دوباره ارسال شود؟', resend_warning: 'اگر در واقع ارسال شده باشد، همه دو بار دریافت می‌کنند و دو بار هزینه کسر می‌شود. تنها وقتی انجام دهید که می‌دانید ارسال نشده است.',
  // Webhooks
  address: 'نشانی', description: 'توضیح', types: 'نوع‌ها', all_types: 'همه', no_webhooks: 'هیچ مقصدی ثبت نشده است.', register: 'ثبت مقصد',
  with_content: 'رویدادها شماره و متن دارند', secret_once: 'این رمزی است که رویدادها را امضا می‌کند. فقط همین حالا نشان داده می‌شود.', secret_kept: 'آن را نگه داشتم',
  failures: 'فراخوان‌های ناموفق از آخرین موفق: {n}، آخرین', next_attempt: 'تلاش بعدی', test: 'فرستادن رویداد آزمایشی', tested: 'فرستاده شد: {id}',
  enable: 'فعال کردن', disable: 'غیرفعال کردن', rotate: 'رمز تازه', rotate_title: 'رمز تازه ساخته شود؟', rotate_warning: 'رمز قدیمی تا یک روز دیگر در کنار آن امضا می‌کند.',
  remove: 'حذف', remove_title: 'این مقصد حذف شود؟', remove_warning: 'آنچه در انتظار آن است از دست می‌رود.', recover: 'فرستادن دوباره ناموفق‌ها از آن زمان',
  recovered: 'دوباره فرستاده شد: {n}', deliveries: 'تحویل‌ها', no_deliveries: 'رویدادی نیست.', event: 'رویداد', attempts: 'تلاش‌ها',
  // Search and usage
  search: 'جستجو', usage: 'مصرف', last_hour: '۲۴ ساعت گذشته', last_day: '۳۰ روز گذشته', no_usage: 'در این زمان چیزی شمرده نشده است.', usage_help: 'هر پیام پس از قطعی شدن، در روز و ساعتی که دسته‌اش ساخته شده شمرده می‌شود. روزها از نیمه‌شب UTC آغاز می‌شوند.',
  by_period: 'بر پایهٔ', by_day: 'روز', by_hour: 'ساعت', csv: 'دریافت CSV', total: 'جمع', caller: 'فراخواننده', search_help: 'با + و کد کشور و شماره. شماره در نشانی صفحه نوشته نمی‌شود.', nothing_found: 'به این شماره چیزی فرستاده نشده و از آن چیزی نرسیده است.', direction: 'جهت',
  seconds_to_delivery: 'از ارسال تا تحویل، به ثانیه', mean: 'میانگین',
  // Erasure
  erasure: 'پاک‌سازی', erase: 'پاک کردن', erase_help: 'شماره، متن‌ها، نام و ایمیل یک شخص را از پیام‌ها و پاسخ‌های شما برمی‌دارد. با + و کد کشور و شماره. شماره در نشانی صفحه نوشته نمی‌شود.',
  erase_title: 'این شخص پاک شود؟', erase_warning: 'این کار بازگشت ندارد. وضعیت‌ها و هزینه‌ها بدون آن شخص می‌مانند.', erase_another: 'پاک کردن شخصی دیگر',
  erased_messages: 'پیام‌ها', erased_replies: 'پاسخ‌ها', erased_callbacks: 'گزارش‌های رسیده', erased_deliveries: 'رویدادها', not_erased: 'پاک نشد',
  still_being_sent: 'این‌ها هنوز در جریان‌اند. پس از قطعی شدن دوباره پاک کنید:', remains: 'آنچه می‌ماند', where: 'کجا', erased: 'پاک‌شده', state_finished: 'پایان‌یافته',
  // States: of messages, batches, accounts, endpoints and deliveries
  state_accepted: 'پذیرفته', state_dispatching: 'در حال ارسال', state_scheduled: 'زمان‌بندی‌شده', state_submitted: 'تحویل ارائه‌دهنده', state_delivered: 'تحویل‌شده',
  state_unconfirmed: 'تأییدنشده', state_unknown: 'نامعلوم', state_undelivered: 'تحویل‌نشده', state_failed: 'ناموفق', state_rejected: 'ردشده',
  state_expired: 'منقضی', state_cancelled: 'لغوشده', state_in_progress: 'در جریان', state_completed: 'پایان‌یافته',
  state_completed_with_failures: 'پایان‌یافته، با ناموفق', state_ok: 'سالم', state_misconfigured: 'تنظیم نادرست', state_blocked: 'مسدود',
  state_unreachable: 'دور از دسترس', state_enabled: 'فعال', state_failing: 'در حال شکست', state_disabled: 'غیرفعال', state_waiting: 'در انتظار', state_parked: 'نگه‌داشته',
};
