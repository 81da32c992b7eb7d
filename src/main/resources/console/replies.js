// What people wrote, the newest first. The feed ascends, so it is read to its end, and then followed by its cursor.

import { html, useState } from './preact.js';
import { get } from './api.js';
import { number, t } from './texts.js';
import { Empty, Loaded, Table, Time, useLoaded } from './parts.js';

const EVERY = 3_000;
const MOST = 500;
const HOUR = 3_600_000;
const PERIODS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR };

/** On from the last value, to the end of the feed as it now is. */
async function follow(hours, signal, last) {
  let rows = last?.rows ?? [];
  let query = last ? { cursor: last.cursor } : { from: new Date(Date.now() - hours).toISOString() };
  for (;;) {
    const page = await get('replies', { ...query, limit: MOST }, signal);
    query = { cursor: page.next_cursor };
    if (page.replies.length === 0) {
      return { rows, cursor: page.next_cursor };
    }
    rows = [...page.replies.reverse(), ...rows].slice(0, MOST);
  }
}

export function Replies() {
  const [period, setPeriod] = useState('day');
  const feed = useLoaded((signal, last) => follow(PERIODS[period], signal, last), [period], () => EVERY);
  const heads = [t('received'), t('number'), t('text'), t('account'), t('batch'), ''];
  return html`
    <label>
      ${t('period')}
      <select name="period" value=${period} onChange=${(event) => setPeriod(event.target.value)}>
        ${Object.keys(PERIODS).map((name) => html`<option value=${name}>${t(`period_${name}`)}</option>`)}
      </select>
    </label>
    <${Loaded} from=${feed}>
      ${({ rows }) => html`
        <p role="status">${t('replies_live', { n: number(rows.length) })}</p>
        ${rows.length === 0
          ? html`<${Empty}>${t('no_replies')}<//>`
          : html`<${Table} label=${t('replies')} heads=${heads}>${rows.map((reply) => html`<${Reply} key=${reply.id} reply=${reply} />`)}<//>`}
      `}
    <//>
  `;
}

function Reply({ reply }) {
  const answer = new URLSearchParams({ account: reply.account, to: reply.from ?? '' });
  return html`
    <tr data-reply=${reply.id}>
      <td><${Time} at=${reply.at ?? reply.received_at} /></td>
      <th scope="row"><bdi>${reply.from ?? t('not_readable')}</bdi></th>
      <td dir="auto" class="words">${reply.text}</td>
      <td>${reply.account}</td>
      <td>${reply.batch_id && html`<a href=${`#/batch/${reply.batch_id}`}>${t('show_batch')}</a>`}</td>
      <td>${reply.from && html`<a href=${`#/send?${answer}`}>${t('answer')}</a>`}</td>
    </tr>
  `;
}
