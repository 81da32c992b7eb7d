export default {
  // Frame
  navigation: 'Pages', language: 'Language', sign_in: 'Sign in', sign_out: 'Forget the key', key: 'Key',
  key_help: 'A key of the API. It stays in this tab, and is forgotten when you close it.',
  overview: 'Overview', send: 'Send', batches: 'Batches', batch: 'Batch', replies: 'Replies', unconfirmed: 'Unconfirmed', webhooks: 'Webhooks', webhook: 'Webhook',
  page_failed: 'This page has a fault. Load it again.',
  // What several pages say
  loading: 'Loading …', failed: 'That did not work.', try_again: 'Try again', retry_after: 'It may be tried again in {seconds} s.', request: 'Request',
  no: 'No', more: 'More', any: 'Any', choose: 'Choose', account: 'Account', text: 'Text', reference: 'Reference', subject: 'Subject', state: 'State',
  recipients: 'Recipients', messages: 'Messages', segments: 'Segments', price: 'Price', points: 'points', unknown_price: 'not known',
  estimate: 'Estimated price', cost: 'Charged', created: 'Created', send_at: 'Send at', from: 'From', until: 'Until', since: 'since', as_of: 'as of',
  number: 'Number', sent: 'Sent', delivered_at: 'Delivered', provider: 'Provider', time: 'Time', dispatch: 'Dispatch {n}', note: 'Note',
  error_network: 'Nothing answered. Is the network there? It is tried again by itself.',
  error_key: 'The API does not know this key: it is wrong, revoked or expired.',
  error_rate_limited: 'Too many calls at once. It is tried again in a moment.',
  error_forbidden_scope: 'Your key may not do this: it lacks the scope.',
  error_gateway: 'The API did not answer as usual.',
  // Overview
  accounts: 'Accounts', no_accounts: 'No account is set up.', default: 'default', ask_credit: 'Ask the provider for the credit',
  health_misconfigured: 'Its settings are wrong.', health_blocked: 'Nothing is sent until its secret changes or its session is closed.',
  health_unreachable: 'The provider did not answer. Sends wait, and go on by themselves.', inbox_fails: 'Its inbox cannot be emptied:',
  newest: 'Newest batches', no_batches: 'Nothing has been sent yet.', of_newest: 'The messages of the newest {n} batches:', all_batches: 'All batches',
  // Send
  numbers: 'Numbers', numbers_help: 'One a line, or as copied from a spreadsheet: between commas, semicolons or tabs.',
  write_first: 'Write a text and a number to see segments and price.', counting: 'Counting …', send_to: 'Send: {n}',
  invalid: 'Not valid: {n}. The others can be sent.', line: 'Line {n}:', keep_valid: 'Remove these',
  // Batches and a batch
  no_match: 'No batch is like that.', refused: 'Not valid', progress: '{done} of {all} settled',
  some_unconfirmed: 'Some may or may not have been sent. Settle them.', timeline: 'Timeline', no_messages: 'No messages.',
  first_thousand: 'The first 1,000 are shown.', reports: 'Reports: {n}', by: 'by {who}', cancel: 'Cancel', cancel_title: 'Cancel this batch?',
  cancel_help: 'What is not sent yet will not be sent. What is sent cannot be taken back.',
  cancellation: 'Cancelled messages: {n}. Not known yet: {pending}.', refunded: 'Given back:',
  event_created: 'Created', event_unconfirmed: 'Answer lost', event_confirmed: 'Confirmed', event_resent: 'Sent again', event_submitted: 'Submitted',
  event_cancel_requested: 'Cancellation', event_checked: 'Report asked for',
  source_answer: 'answer to the send', source_report: 'report', source_callback: 'callback', source_clock: 'by time', source_operator: 'operator',
  // Replies
  period: 'Period', period_hour: 'The last hour', period_day: 'The last day', period_week: 'The last seven days',
  replies_live: 'Replies: {n}. New ones appear by themselves.', no_replies: 'Nobody has written in this time.', received: 'Received',
  not_readable: 'not readable', show_batch: 'Show', answer: 'Answer',
  // Unconfirmed
  unconfirmed_help: 'The provider’s answer to these was lost: they may or may not have been sent. Hoopoe never sends them again by itself. Look at the provider’s own list, then say what you found.',
  none_unconfirmed: 'There is nothing to settle.', messages_of: 'Messages by {account}: {n}.', lost: 'Answer lost', candidates: 'The provider may mean this one:',
  candidate: 'named for {n} of its numbers,', provider_reference: 'Reference at the provider', was_sent: 'It was sent', resend: 'Send again',
  confirm_title: 'It was sent?', confirm_warning: 'Hoopoe will ask the provider for reports by this reference. A wrong one shows the states of other messages.',
  confirm_blind: 'Without a reference Hoopoe cannot ask the provider for reports. If you have found one, write it first.',
  resend_title: 'Send it again?', resend_warning: 'If it was sent after all, everybody gets it twice, and it is charged twice. Do this only if you know that it was not sent.',
  // Webhooks
  address: 'Address', description: 'Description', types: 'Types', all_types: 'all', no_webhooks: 'No endpoint is registered.', register: 'Register an endpoint',
  with_content: 'Events hold numbers and texts', secret_once: 'This is the secret that signs what is posted. It is shown only now.', secret_kept: 'I have kept it',
  failures: 'Failed calls since the last that succeeded: {n}, the last', next_attempt: 'Next attempt', test: 'Post a test event', tested: 'Posted: {id}',
  enable: 'Enable', disable: 'Disable', rotate: 'New secret', rotate_title: 'Make a new secret?', rotate_warning: 'The old one signs for one more day beside it.',
  remove: 'Delete', remove_title: 'Delete this endpoint?', remove_warning: 'What waits for it is lost.', recover: 'Post again what failed since then',
  recovered: 'Posted again: {n}', deliveries: 'Deliveries', no_deliveries: 'No events.', event: 'Event', attempts: 'Attempts',
  // Search and usage
  search: 'Search', usage: 'Usage', last_hour: 'The last 24 hours', last_day: 'The last 30 days', no_usage: 'Nothing was counted in this time.', usage_help: 'Messages count in the day and hour in which their batch was created, once they are settled. Days begin at midnight UTC.',
  by_period: 'By', by_day: 'Day', by_hour: 'Hour', csv: 'Download as CSV', total: 'Total', caller: 'Caller', search_help: 'With +, country and number. It is not written into the address.', nothing_found: 'Nothing was sent to this number, and nothing came from it.', direction: 'Direction',
  seconds_to_delivery: 'From send to delivery, in seconds', mean: 'mean',
  // Erasure
  erasure: 'Erasure', erase: 'Erase', erase_help: 'Takes number, texts, name and e-mail of a person out of your messages and replies. With +, country and number. It is not written into the address.',
  erase_title: 'Erase this person?', erase_warning: 'This cannot be taken back. States and costs stay, without the person.', erase_another: 'Erase another person',
  erased_messages: 'Messages', erased_replies: 'Replies', erased_callbacks: 'Callbacks', erased_deliveries: 'Events', not_erased: 'Not erased',
  still_being_sent: 'These are still under way. Erase again when they are settled:', remains: 'What remains', where: 'Where', erased: 'erased', state_finished: 'finished',
  // States: of messages, batches, accounts, endpoints and deliveries
  state_accepted: 'accepted', state_dispatching: 'dispatching', state_scheduled: 'scheduled', state_submitted: 'submitted', state_delivered: 'delivered',
  state_unconfirmed: 'unconfirmed', state_unknown: 'unknown', state_undelivered: 'undelivered', state_failed: 'failed', state_rejected: 'rejected',
  state_expired: 'expired', state_cancelled: 'cancelled', state_in_progress: 'in progress', state_completed: 'completed',
  state_completed_with_failures: 'completed, with failures', state_ok: 'ok', state_misconfigured: 'misconfigured', state_blocked: 'blocked',
  state_unreachable: 'unreachable', state_enabled: 'enabled', state_failing: 'failing', state_disabled: 'disabled', state_waiting: 'waiting', state_parked: 'parked',
};
