// How the accounts are, and what was sent last.

import { html } from './preact.js';
import { get } from './api.js';
import { number, t } from './texts.js';
import { UsagePlots } from './plot.js';
import { BatchTable, Counts, Empty, Failure, Loaded, Points, State, Time, loadAccounts, useAction, useLoaded } from './parts.js';

const NEWEST = 50;
const SHOWN = 10;
const EVERY = 10_000;
const SELDOM = 60_000;

const loadNewest = (signal) => get('batches', { limit: NEWEST }, signal).then((page) => page.batches);

const loadUsage = (by) => (signal) => get('usage', { by }, signal);

/** Counts by state over all rows. */
function sum(rows) {
  const total = {};
  rows.forEach((row) => Object.entries(row.counts).forEach(([state, n]) => (total[state] = (total[state] ?? 0) + n)));
  return total;
}

export function Overview() {
  const accounts = useLoaded(loadAccounts, [], () => EVERY);
  const newest = useLoaded(loadNewest, [], () => EVERY);
  const usage = { hour: useLoaded(loadUsage('hour'), [], () => SELDOM), day: useLoaded(loadUsage('day'), [], () => SELDOM) };
  return html`
    <section aria-labelledby="accounts">
      <h2 id="accounts">${t('accounts')}</h2>
      <${Loaded} from=${accounts}>
        ${(rows) =>
          rows.length === 0
            ? html`<${Empty}>${t('no_accounts')}<//>`
            : html`<div class="cards">${rows.map((account) => html`<${Account} key=${account.name} account=${account} />`)}</div>`}
      <//>
    </section>
    ${Object.entries(usage).map(
      ([by, loaded]) => html`
        <section aria-labelledby=${`last-${by}`}>
          <h2 id=${`last-${by}`}>${t(`last_${by}`)}</h2>
          <${Loaded} from=${loaded}>
            ${(value) =>
              value.usage.length === 0
                ? html`<${Empty}>${t('no_usage')}<//>`
                : html`
                    <${Counts} of=${sum(value.totals.map(({ state, messages }) => ({ counts: { [state]: messages } })))} />
                    <${UsagePlots} usage=${value} />
                  `}
          <//>
        </section>
      `,
    )}
    <section aria-labelledby="newest">
      <h2 id="newest">${t('newest')}</h2>
      <${Loaded} from=${newest}>
        ${(rows) =>
          rows.length === 0
            ? html`<${Empty}>${t('no_batches')} <a href="#/send">${t('send')}</a><//>`
            : html`
                <p>${t('of_newest', { n: number(rows.length) })}</p>
                <${Counts} of=${sum(rows)} />
                <${BatchTable} rows=${rows.slice(0, SHOWN)} />
                <p><a href="#/batches">${t('all_batches')}</a></p>
              `}
      <//>
    </section>
  `;
}

function Account({ account }) {
  const asked = useAction();
  const { health, credit, capabilities, inbox } = account;
  const ask = () => asked.run(() => get(`accounts/${encodeURIComponent(account.name)}/credit`));
  return html`
    <article class="account">
      <h3>${account.name} ${account.default && html`<small>${t('default')}</small>`}</h3>
      <p><small>${account.provider}</small> <${State} of=${health.state} /></p>
      ${health.state !== 'ok' &&
      html`<p>
        ${t(`health_${health.state}`)} ${health.provider_code && html`<code>${health.provider_code}</code>`} ${health.provider_text}
        ${health.since && html`<small> ${t('since')} <${Time} at=${health.since} /></small>`}
      </p>`}
      ${inbox?.failure && html`<p>${t('inbox_fails')} <code>${inbox.failure}</code></p>`}
      ${credit && html`<p><strong><${Points} of=${credit.points} /></strong> <small>${t('as_of')} <${Time} at=${credit.as_of} /></small></p>`}
      ${capabilities?.features.includes('credit') &&
      html`<button class="secondary outline" aria-busy=${asked.busy} disabled=${asked.busy} onClick=${ask}>${t('ask_credit')}</button>`}
      ${asked.error && html`<${Failure} error=${asked.error} />`}
    </article>
  `;
}
