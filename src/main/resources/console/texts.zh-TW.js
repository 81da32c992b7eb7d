export default {
  // Frame
  navigation: '頁面', language: '語言', sign_in: '登入', sign_out: '忘記金鑰', key: '金鑰',
  key_help: 'API 金鑰。只留在此分頁，關閉分頁即忘記。',
  overview: '總覽', send: '發送', batches: '批次', batch: '批次', replies: '回覆', unconfirmed: '待確認', webhooks: 'Webhook', webhook: 'Webhook',
  page_failed: '此頁發生錯誤，請重新載入。',
  // What several pages say
  loading: '載入中…', failed: '未能完成。', try_again: '再試一次', retry_after: '{seconds} 秒後可再試。', request: '請求',
  no: '否', more: '更多', any: '全部', choose: '請選擇', account: '帳號', text: '內容', reference: '參考編號', subject: '主旨', state: '狀態',
  recipients: '收訊人', messages: '簡訊', segments: '則數', price: '費用', points: '點', unknown_price: '未知',
  estimate: '預估費用', cost: '實際扣點', created: '建立時間', send_at: '預約發送', from: '從', until: '到', since: '自', as_of: '截至',
  number: '號碼', sent: '已發送', delivered_at: '送達時間', provider: '業者', time: '時間', dispatch: '第 {n} 次交付', note: '備註',
  error_network: '沒有回應。網路是否正常？系統會自動再試。',
  error_key: 'API 不認得此金鑰：金鑰錯誤、已撤銷或已過期。',
  error_rate_limited: '請求太頻繁，稍後會自動再試。',
  error_forbidden_scope: '您的金鑰沒有此權限。',
  error_gateway: 'API 的回應不尋常。',
  // Overview
  accounts: '帳號', no_accounts: '尚未設定帳號。', default: '預設', ask_credit: '向業者查詢餘額',
  health_misconfigured: '設定有誤。', health_blocked: '在更換密碼或關閉連線之前，不會發送任何簡訊。',
  health_unreachable: '業者沒有回應。發送會等待，並自動繼續。', inbox_fails: '無法清空收件匣：',
  newest: '最新批次', no_batches: '尚未發送任何簡訊。', of_newest: '最新 {n} 個批次的簡訊：', all_batches: '所有批次',
  // Send
  numbers: '號碼', numbers_help: '每行一個，或由試算表貼上：以逗號、分號或定位字元分隔。',
  write_first: '請輸入內容與號碼，以查看則數與費用。', counting: '計算中…', send_to: '發送給 {n} 人',
  invalid: '{n} 個號碼無效，其餘可以發送。', line: '第 {n} 行：', keep_valid: '移除這些號碼',
  // Batches and a batch
  no_match: '沒有符合的批次。', refused: '無效', progress: '{all} 則中已完成 {done} 則',
  some_unconfirmed: '有些可能已發送，也可能沒有。請處理。', timeline: '時間軸', no_messages: '沒有簡訊。',
  first_thousand: '顯示前 1,000 則。', reports: '回報：{n}', by: '由 {who}', cancel: '取消', cancel_title: '要取消此批次嗎？',
  cancel_help: '尚未發送的不會發送。已發送的無法收回。',
  cancellation: '已取消 {n} 則。尚未得知：{pending} 則。', refunded: '退回：',
  event_created: '已建立', event_unconfirmed: '回應遺失', event_confirmed: '已確認', event_resent: '已重送', event_submitted: '已交付',
  event_cancel_requested: '要求取消', event_checked: '已查詢回報',
  source_answer: '發送回應', source_report: '查詢回報', source_callback: '主動回報', source_clock: '逾時', source_operator: '操作人員',
  // Replies
  period: '期間', period_hour: '最近一小時', period_day: '最近一天', period_week: '最近七天',
  replies_live: '{n} 則回覆。新的回覆會自動出現。', no_replies: '這段期間沒有人回覆。', received: '收到時間',
  not_readable: '無法讀取', show_batch: '查看', answer: '回覆',
  // Unconfirmed
  unconfirmed_help: '業者的回應已遺失：這些簡訊可能已發送，也可能沒有。Hoopoe 絕不會自行重送。請先查看業者的清單，再說明您查到的結果。',
  none_unconfirmed: '沒有待處理的項目。', messages_of: '{account} 的 {n} 則簡訊。', lost: '回應遺失', candidates: '業者可能指的是：',
  candidate: '其中 {n} 個號碼被提到，', provider_reference: '業者的參考編號', was_sent: '已發送', resend: '重送',
  confirm_title: '確定已發送？', confirm_warning: 'Hoopoe 會以此編號向業者查詢回報。編號錯誤會顯示其他簡訊的狀態。',
  confirm_blind: '沒有編號，Hoopoe 無法向業者查詢回報。若您找到編號，請先填寫。',
  resend_title: '要重送嗎？', resend_warning: '若其實已發送，每個人都會收到兩次，也會扣點兩次。確知沒有發送時才可重送。',
  // Webhooks
  address: '網址', description: '說明', types: '類型', all_types: '全部', no_webhooks: '尚未登記端點。', register: '登記端點',
  with_content: '事件包含號碼與內容', secret_once: '這是用來簽署事件的密鑰，只顯示這一次。', secret_kept: '我已保存',
  failures: '上次成功後失敗的呼叫：{n} 次，最近一次', next_attempt: '下次嘗試', test: '送出測試事件', tested: '已送出：{id}',
  enable: '啟用', disable: '停用', rotate: '更換密鑰', rotate_title: '要產生新密鑰嗎？', rotate_warning: '舊密鑰會再同時簽署一天。',
  remove: '刪除', remove_title: '要刪除此端點嗎？', remove_warning: '等待送出的事件會遺失。', recover: '重送此後失敗的事件',
  recovered: '已重送：{n}', deliveries: '遞送紀錄', no_deliveries: '沒有事件。', event: '事件', attempts: '嘗試',
  // Search and usage
  search: '搜尋', usage: '用量', last_hour: '過去 24 小時', last_day: '過去 30 天', no_usage: '這段時間沒有用量。', usage_help: '訊息在結束後，計入其批次建立的日期與小時。每日從 UTC 午夜開始。',
  by_period: '單位', by_day: '日', by_hour: '小時', csv: '下載 CSV', total: '合計', caller: '呼叫者', search_help: '包含 +、國碼與號碼。號碼不會出現在網址中。', nothing_found: '沒有傳送給這個號碼的訊息，也沒有來自它的回覆。', direction: '方向',
  seconds_to_delivery: '從傳送到送達（秒）', mean: '平均',
  // Erasure
  erasure: '刪除個資', erase: '刪除', erase_help: '從您的訊息與回覆中移除某人的號碼、內文、姓名與電子郵件。請以 +、國碼與號碼輸入。號碼不會寫入網址。',
  erase_title: '要刪除此人嗎？', erase_warning: '無法復原。狀態與費用會保留，但不含此人。', erase_another: '刪除另一人',
  erased_messages: '訊息', erased_replies: '回覆', erased_callbacks: '回報', erased_deliveries: '事件', not_erased: '未刪除',
  still_being_sent: '以下仍在傳送中，請於結束後再刪除：', remains: '保留的資料', where: '位置', erased: '已刪除', state_finished: '已完成',
  // States: of messages, batches, accounts, endpoints and deliveries
  state_accepted: '已受理', state_dispatching: '交付中', state_scheduled: '已預約', state_submitted: '已交付', state_delivered: '已送達',
  state_unconfirmed: '待確認', state_unknown: '未知', state_undelivered: '未送達', state_failed: '失敗', state_rejected: '被拒絕',
  state_expired: '已過期', state_cancelled: '已取消', state_in_progress: '進行中', state_completed: '完成',
  state_completed_with_failures: '完成，有失敗', state_ok: '正常', state_misconfigured: '設定錯誤', state_blocked: '已封鎖',
  state_unreachable: '無法連線', state_enabled: '啟用', state_failing: '失敗中', state_disabled: '停用', state_waiting: '等待', state_parked: '暫存',
};
