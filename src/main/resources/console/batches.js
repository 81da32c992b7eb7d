// The caller's batches, the newest first.

import { html, useState } from './preact.js';
import { get } from './api.js';
import { t } from './texts.js';
import { BatchTable, Empty, Failure, Loaded, loadAccounts, narrow, useAction, useLoaded } from './parts.js';

const STATES = ['accepted', 'scheduled', 'in_progress', 'completed', 'completed_with_failures', 'cancelled', 'rejected', 'expired'];

const midnight = (day, days) => {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + days);
  return at.toISOString();
};

export function Batches({ query }) {
  const accounts = useLoaded(loadAccounts, []);
  const search = {
    state: query.get('state'),
    account: query.get('account'),
    reference: query.get('reference'),
    from: query.get('from') && midnight(query.get('from'), 0),
    until: query.get('until') && midnight(query.get('until'), 1),
    limit: 50,
  };
  const first = useLoaded((signal) => get('batches', search, signal), [query.toString()]);
  const filter = (name) => (event) => narrow('batches', query, name, event.target.value);
  return html`
    <search>
      <form class="grid" onSubmit=${(event) => event.preventDefault()}>
        <label>
          ${t('state')}
          <select name="state" value=${search.state ?? ''} onChange=${filter('state')}>
            <option value="">${t('any')}</option>
            ${STATES.map((state) => html`<option value=${state}>${t(`state_${state}`)}</option>`)}
          </select>
        </label>
        <label>
          ${t('account')}
          <select name="account" value=${search.account ?? ''} onChange=${filter('account')}>
            <option value="">${t('any')}</option>
            ${(accounts.value ?? []).map(({ name }) => html`<option value=${name}>${name}</option>`)}
          </select>
        </label>
        <label>${t('reference')} <input name="reference" value=${search.reference ?? ''} onChange=${filter('reference')} /></label>
        <label>${t('from')} <input type="date" name="from" value=${query.get('from') ?? ''} onChange=${filter('from')} /></label>
        <label>${t('until')} <input type="date" name="until" value=${query.get('until') ?? ''} onChange=${filter('until')} /></label>
      </form>
    </search>
    <${Loaded} from=${first}>
      ${(page) => html`<${Pages} key=${query.toString()} first=${page} more=${(cursor) => get('batches', { ...search, cursor })} />`}
    <//>
  `;
}

function Pages({ first, more }) {
  const [page, setPage] = useState(first);
  const action = useAction();
  const load = () =>
    action.run(async () => {
      const next = await more(page.next_cursor);
      setPage({ batches: [...page.batches, ...next.batches], next_cursor: next.next_cursor });
    });
  return html`
    ${page.batches.length === 0 ? html`<${Empty}>${t('no_match')}<//>` : html`<${BatchTable} rows=${page.batches} />`}
    ${action.error && html`<${Failure} error=${action.error} />`}
    ${page.next_cursor && html`<button class="secondary" aria-busy=${action.busy} disabled=${action.busy} onClick=${load}>${t('more')}</button>`}
  `;
}
