// What was sent and spent, by day or by hour; also as a file for a spreadsheet.

import { html } from './preact.js';
import { call, get } from './api.js';
import { day, number, t } from './texts.js';
import { Empty, Failure, Loaded, Points, State, Table, Time, narrow, useAction, useLoaded } from './parts.js';
import { UsagePlots } from './plot.js';

const CSV = 'text/csv';

/** Days are UTC's, as the API counts them. */
function midnight(date, days) {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString();
}

export function Usage({ query }) {
  const by = query.get('by') === 'hour' ? 'hour' : 'day';
  const search = { by, from: query.get('from') && midnight(query.get('from'), 0), until: query.get('until') && midnight(query.get('until'), 1) };
  const usage = useLoaded((signal) => get('usage', search, signal), [query.toString()]);
  const saved = useAction();
  const filter = (name) => (event) => narrow('usage', query, name, event.target.value);
  const save = () => saved.run(async () => download(await call('GET', 'usage', { query: search, accept: CSV }), `usage-by-${by}.csv`));
  return html`
    <search>
      <form class="grid" onSubmit=${(event) => event.preventDefault()}>
        <label>
          ${t('by_period')}
          <select name="by" value=${by} onChange=${filter('by')}>
            ${['day', 'hour'].map((name) => html`<option value=${name}>${t(`by_${name}`)}</option>`)}
          </select>
        </label>
        <label>${t('from')} <input type="date" name="from" value=${query.get('from') ?? ''} onChange=${filter('from')} /></label>
        <label>${t('until')} <input type="date" name="until" value=${query.get('until') ?? ''} onChange=${filter('until')} /></label>
      </form>
    </search>
    <p><small>${t('usage_help')}</small></p>
    <p class="actions"><button id="csv" class="secondary" aria-busy=${saved.busy} disabled=${saved.busy} onClick=${save}>${t('csv')}</button></p>
    ${saved.error && html`<${Failure} error=${saved.error} />`}
    <${Loaded} from=${usage}>
      ${(value) =>
        value.usage.length === 0
          ? html`<${Empty}>${t('no_usage')}<//>`
          : html`
              <${UsagePlots} usage=${value} />
              <h2>${t('total')}</h2>
              <${Rows} label=${t('total')} rows=${value.totals} />
              <h2>${t(`by_${value.by}`)}</h2>
              <${Rows} label=${t(`by_${value.by}`)} rows=${value.usage} by=${value.by} />
            `}
    <//>
  `;
}

function Rows({ label, rows, by }) {
  const heads = [...(by ? [t('time')] : []), t('caller'), t('account'), t('state'), t('messages'), t('segments'), t('cost')];
  return html`
    <${Table} label=${label} heads=${heads}>
      ${rows.map(
        (row) => html`
          <tr data-usage=${row.state}>
            ${by && html`<th scope="row">${by === 'day' ? html`<time dateTime=${row.period}>${day(row.period)}</time>` : html`<${Time} at=${row.period} />`}</th>`}
            <td><bdi>${row.caller}</bdi></td>
            <td>${row.account}</td>
            <td><${State} of=${row.state} /></td>
            <td>${number(row.messages)}</td>
            <td>${number(row.segments)}</td>
            <td>${row.points && html`<${Points} of=${row.points} />`}</td>
          </tr>
        `,
      )}
    <//>
  `;
}

/** By the page itself, for a link could not carry the key. */
function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: CSV }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
