// What several pages have in common.

import { html, useEffect, useRef, useState } from './preact.js';
import { get } from './api.js';
import { number, t, time } from './texts.js';

const LONGEST_WAIT = 60_000;

/**
 * Loads by `load(signal, last value)`, now and whenever one of `inputs` changes, and then every `every(value)` milliseconds, for as long as that
 * is a number. Where nothing answers, or too much was asked, the last value stays, and it is tried less and less often; after Retry-After where
 * that was said.
 */
export function useLoaded(load, inputs, every = () => null) {
  const [state, setState] = useState({ value: null, error: null, busy: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    let timer;
    let failures = 0;
    let last = null;
    const run = async () => {
      try {
        const value = await load(abort.signal, last);
        failures = 0;
        last = value;
        setState({ value, error: null, busy: false });
        later(every(value));
      } catch (error) {
        if (error.name === 'AbortError') {
          return;
        }
        failures += 1;
        setState((old) => ({ ...old, error, busy: false }));
        const passes = error.code === 'network' || error.code === 'rate_limited' || error.status >= 500;
        if (passes) {
          later(Math.max((error.after ?? 0) * 1000, Math.min(LONGEST_WAIT, 1000 * 2 ** failures)));
        }
      }
    };
    const later = (wait) => {
      if (wait !== null && !abort.signal.aborted) {
        timer = setTimeout(run, wait);
      }
    };
    setState({ value: null, error: null, busy: true });
    run();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [...inputs, round]);
  return { ...state, again: () => setRound(round + 1) };
}

/** For what a button does: `run(work)` keeps the button from a second click, and an error for the page to show. */
export function useAction() {
  const [state, setState] = useState({ busy: false, error: null });
  const run = async (work) => {
    setState({ busy: true, error: null });
    try {
      const value = await work();
      setState({ busy: false, error: null });
      return value;
    } catch (error) {
      setState({ busy: false, error });
      return undefined;
    }
  };
  return { ...state, run };
}

/** What a page shows of what it loads: that it loads, why it does not, or, by `children(value)`, what came. */
export function Loaded({ from, children }) {
  return html`
    ${from.error && html`<${Failure} error=${from.error} again=${from.again} />`}
    ${from.busy && html`<p aria-busy="true">${t('loading')}</p>`}
    ${from.value !== null && children(from.value)}
  `;
}

const OWN_TEXT = new Set(['network', 'key', 'rate_limited', 'forbidden_scope', 'gateway']);

export function Failure({ error, again }) {
  const text = OWN_TEXT.has(error.code) ? t(`error_${error.code}`) : error.detail;
  return html`
    <div class="failure" role="alert" data-code=${error.code}>
      <p><strong>${t('failed')}</strong> ${text}</p>
      ${error.code === 'gateway' && html`<p><code>${error.detail}</code></p>`}
      ${error.after !== null && error.after !== undefined && html`<p>${t('retry_after', { seconds: number(error.after) })}</p>`}
      ${error.errors?.length > 0 &&
      html`<ul>
        ${error.errors.slice(0, 20).map((fault) => html`<li><code>${fault.pointer}</code> ${fault.detail}</li>`)}
      </ul>`}
      ${error.requestId && html`<p><small>${t('request')} <code>${error.requestId}</code></small></p>`}
      ${again && html`<button class="secondary" onClick=${again}>${t('try_again')}</button>`}
    </div>
  `;
}

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

export const State = ({ of }) => html`<span class="state ${of}">${t(`state_${of}`)}</span>`;

export const Time = ({ at }) => at && html`<time dateTime=${at}>${time(at)}</time>`;

export const Points = ({ of }) => (of ? html`<span><bdi>${of.amount}</bdi> ${t('points')}</span>` : html`<span>${t('unknown_price')}</span>`);

/** A price: one number, or from one to another. */
export function Price({ estimate }) {
  const { low, high } = estimate;
  return !low || !high || low.amount === high.amount
    ? html`<${Points} of=${low ?? high} />`
    : html`<span><bdi>${low.amount}–${high.amount}</bdi> ${t('points')}</span>`;
}

/** Scrolls sideways by itself where the screen is narrow, by keyboard, too. */
export function Table({ label, heads, children }) {
  return html`
    <div class="overflow-auto" role="region" aria-label=${label} tabindex="0">
      <table>
        <thead>
          <tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr>
        </thead>
        <tbody>${children}</tbody>
      </table>
    </div>
  `;
}

export const STATES = [
  'accepted', 'dispatching', 'scheduled', 'submitted', 'delivered',
  'unconfirmed', 'unknown', 'undelivered', 'failed', 'rejected', 'expired', 'cancelled',
];

/** How many are in which state, as one bar and in words. */
export function Counts({ of }) {
  const states = STATES.filter((state) => of[state]);
  const total = states.reduce((sum, state) => sum + of[state], 0);
  let x = 0;
  const parts = states.map((state) => {
    const width = (of[state] / total) * 100;
    x += width;
    return html`<rect class="state ${state}" x=${x - width} y="0" width=${width} height="4" />`;
  });
  return html`
    <figure class="counts">
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>
      <figcaption>${states.map((state) => html`<span><${State} of=${state} /> ${number(of[state])}</span> `)}</figcaption>
    </figure>
  `;
}

/** A filter stands in the address, so that it can be kept and sent on. */
export function narrow(page, query, name, value) {
  const next = new URLSearchParams(query);
  if (value) {
    next.set(name, value);
  } else {
    next.delete(name);
  }
  location.hash = `#/${page}?${next}`;
}

export const OPEN = ['accepted', 'scheduled', 'in_progress'];

export function BatchTable({ rows }) {
  const heads = [t('created'), t('state'), t('recipients'), t('messages'), t('account'), t('reference'), t('cost')];
  return html`
    <${Table} label=${t('batches')} heads=${heads}>
      ${rows.map(
        (batch) => html`
          <tr key=${batch.id}>
            <th scope="row"><a href=${`#/batch/${batch.id}`}><${Time} at=${batch.created_at} /></a></th>
            <td><${State} of=${batch.state} /></td>
            <td>${number(batch.recipients)}</td>
            <td><${Counts} of=${batch.counts} /></td>
            <td>${batch.account}</td>
            <td><bdi>${batch.reference}</bdi></td>
            <td>${batch.cost && html`<${Points} of=${batch.cost} />`}</td>
          </tr>
        `,
      )}
    <//>
  `;
}

/** A question before what cannot be taken back. Escape, and the button that is focused, say no. */
export function Question({ title, yes, onYes, onNo, children }) {
  const dialog = useRef();
  useEffect(() => dialog.current.showModal(), []);
  return html`
    <dialog ref=${dialog} onClose=${onNo} aria-labelledby="question">
      <article>
        <h2 id="question">${title}</h2>
        ${children}
        <footer>
          <button class="secondary" onClick=${onNo}>${t('no')}</button>
          <button class="danger" onClick=${onYes}>${yes}</button>
        </footer>
      </article>
    </dialog>
  `;
}

export const loadAccounts = (signal) => get('accounts', {}, signal).then((answer) => answer.accounts);
