// What was sent to a number, and came from it. The number stays on the page: addresses are kept in histories and logs.

import { html, useState } from './preact.js';
import { call } from './api.js';
import { t } from './texts.js';
import { Empty, Failure, State, Table, Time, useAction } from './parts.js';

export function Search() {
  const [to, setTo] = useState('');
  const [found, setFound] = useState(null);
  const action = useAction();
  const page = (cursor) => call('POST', 'messages/search', { body: { to: to.trim(), ...(cursor && { cursor }) } });
  const submit = (event) => {
    event.preventDefault();
    setFound(null);
    action.run(async () => setFound(await page(null)));
  };
  const more = () =>
    action.run(async () => {
      const next = await page(found.next_cursor);
      setFound({ results: [...found.results, ...next.results], next_cursor: next.next_cursor });
    });
  return html`
    <search>
      <form onSubmit=${submit}>
        <label>
          ${t('number')}
          <input name="to" type="tel" dir="ltr" required autocomplete="off" placeholder="+886912345678" aria-describedby="number-help" value=${to}
            onInput=${(event) => setTo(event.target.value)} />
          <small id="number-help">${t('search_help')}</small>
        </label>
        <button type="submit" aria-busy=${action.busy} disabled=${action.busy}>${t('search')}</button>
      </form>
    </search>
    ${action.error && html`<${Failure} error=${action.error} />`}
    ${found?.results.length === 0 && !found.next_cursor && html`<${Empty}>${t('nothing_found')}<//>`}
    ${found?.results.length > 0 &&
    html`<${Table} label=${t('search')} heads=${[t('time'), t('direction'), t('state'), t('text'), t('account'), t('batch')]}>
      ${found.results.map((result) => html`<${Result} key=${result.at} result=${result} />`)}
    <//>`}
    ${found?.next_cursor && html`<button class="secondary" aria-busy=${action.busy} disabled=${action.busy} onClick=${more}>${t('more')}</button>`}
  `;
}

function Result({ result }) {
  const { message, reply } = result;
  const one = message ?? reply;
  return html`
    <tr data-found=${message ? 'message' : 'reply'}>
      <th scope="row"><${Time} at=${result.at} /></th>
      <td>${t(message ? 'sent' : 'received')}</td>
      <td>${message && html`<${State} of=${message.state} />`}</td>
      <td dir="auto" class="words">${one.text}</td>
      <td>${one.account}</td>
      <td>${one.batch_id && html`<a href=${`#/batch/${one.batch_id}`}>${t('show_batch')}</a>`}</td>
    </tr>
  `;
}
