// One batch: its counts, its messages, what happened when, and the way to take it back.

import { html, useMemo, useState } from './preact.js';
import { get, repeatable } from './api.js';
import { number, t, time } from './texts.js';
import { Counts, Empty, Failure, Loaded, OPEN, Points, Price, Question, State, Table, Time, useAction, useLoaded } from './parts.js';

const SOON = 1_000;
const LATER = 5_000;
const BIG = 1_000;
const ROWS = 100;
const SETTLED = ['delivered', 'undelivered', 'failed', 'rejected', 'expired', 'cancelled', 'unknown'];

const isOpen = (batch) => OPEN.includes(batch.state) || batch.cancellation?.pending > 0;

export function Batch({ id }) {
  const path = `batches/${encodeURIComponent(id)}`;
  const batch = useLoaded(
    (signal) => get(path, { include: 'dispatches' }, signal),
    [id],
    (value) => (isOpen(value) ? (value.recipients > BIG ? LATER : SOON) : null),
  );
  return html`
    <p><bdi><code>${id}</code></bdi></p>
    <${Loaded} from=${batch}>
      ${(value) => html`
        <${Head} batch=${value} />
        ${OPEN.includes(value.state) && !value.cancellation && html`<${Cancel} path=${path} again=${batch.again} />`}
        <h2>${t('timeline')}</h2>
        <${Timeline} events=${events(value)} />
        <h2>${t('messages')}</h2>
        <${Messages} path=${path} version=${JSON.stringify(value.counts)} />
      `}
    <//>
  `;
}

function Head({ batch }) {
  const done = SETTLED.reduce((sum, state) => sum + (batch.counts[state] ?? 0), 0);
  const facts = [
    ['account', batch.account],
    ['reference', batch.reference],
    ['subject', batch.subject],
    ['created', html`<${Time} at=${batch.created_at} />`],
    ['send_at', batch.send_at && html`<${Time} at=${batch.send_at} />`],
    ['recipients', number(batch.recipients)],
    ['refused', batch.invalid_total > 0 && number(batch.invalid_total)],
    ['segments', number(batch.estimate.segments)],
    ['estimate', html`<${Price} estimate=${batch.estimate} />`],
    ['cost', batch.cost && html`<${Points} of=${batch.cost} />`],
  ];
  return html`
    <p id="batch-state" aria-live="polite"><${State} of=${batch.state} /></p>
    ${isOpen(batch) &&
    html`<label>${t('progress', { done: number(done), all: number(batch.recipients) })} <progress value=${done} max=${batch.recipients} /></label>`}
    <${Counts} of=${batch.counts} />
    <dl class="facts">
      ${facts.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${t(name)}</dt><dd><bdi>${value}</bdi></dd></div>`)}
    </dl>
    ${batch.counts.unconfirmed && html`<p><a href="#/unconfirmed">${t('some_unconfirmed')}</a></p>`}
    ${batch.cancellation &&
    html`<p>
      ${t('cancellation', { n: number(batch.cancellation.cancelled), pending: number(batch.cancellation.pending) })}
      ${batch.cancellation.refunded && html` ${t('refunded')} <${Points} of=${batch.cancellation.refunded} />`}
    </p>`}
  `;
}

function Cancel({ path, again }) {
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const remove = useMemo(repeatable, []);
  const yes = () => {
    setAsked(false);
    action.run(async () => {
      await remove('DELETE', path);
      again();
    });
  };
  return html`
    <button class="danger" aria-busy=${action.busy} disabled=${action.busy} onClick=${() => setAsked(true)}>${t('cancel')}</button>
    ${action.error && html`<${Failure} error=${action.error} />`}
    ${asked && html`<${Question} title=${t('cancel_title')} yes=${t('cancel')} onYes=${yes} onNo=${() => setAsked(false)}><p>${t('cancel_help')}</p><//>`}
  `;
}

/** Of a batch and its dispatches, in the order of time. */
function events(batch) {
  return batch.timeline
    .map((event) => ({
      at: event.at,
      what: t(`event_${event.event}`),
      kind: event.event,
      more: [
        event.dispatch !== undefined && t('dispatch', { n: number(event.dispatch) }),
        event.caller && t('by', { who: event.caller }),
        event.reference,
        event.note && `“${event.note}”`,
      ],
    }))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** The line is a picture of the list below it, so nobody has to hear both. */
export function Timeline({ events: all }) {
  const times = all.map(({ at }) => Date.parse(at));
  const first = Math.min(...times);
  const span = Math.max(...times) - first || 1;
  return html`
    <div class="timeline">
      <svg viewBox="0 0 100 6" aria-hidden="true" class="line">
        <line x1="2" y1="3" x2="98" y2="3" />
        ${all.map(({ kind }, i) => html`<circle class="state ${kind}" cx=${2 + ((times[i] - first) / span) * 96} cy="3" r="1.2" />`)}
      </svg>
      <ol>
        ${all.map(
          ({ at, what, kind, more }) => html`<li>
            <small><${Time} at=${at} /></small> <span class="state ${kind}">${what}</span> <bdi>${more.filter(Boolean).join(' · ')}</bdi>
          </li>`,
        )}
      </ol>
    </div>
  `;
}

function Messages({ path, version }) {
  const [most, setMost] = useState(ROWS);
  const page = useLoaded((signal) => get(`${path}/messages`, { limit: most }, signal), [path, most, version]);
  // Keeps the rows while newer ones come.
  const [kept, setKept] = useState(null);
  if (page.value && page.value !== kept) {
    setKept(page.value);
  }
  const shown = page.value ?? kept;
  const heads = [t('number'), t('state'), t('sent'), t('delivered_at'), t('cost'), t('provider'), t('reference')];
  return html`
    <${Loaded} from=${{ ...page, value: shown, busy: page.busy && !shown }}>
      ${({ messages, next_cursor: next }) =>
        messages.length === 0
          ? html`<${Empty}>${t('no_messages')}<//>`
          : html`
              <${Table} label=${t('messages')} heads=${heads}>${messages.map((message) => html`<${Message} key=${message.id} message=${message} />`)}<//>
              ${next && most < 1000 && html`<button class="secondary" onClick=${() => setMost(1000)}>${t('more')}</button>`}
              ${next && most >= 1000 && html`<p><small>${t('first_thousand')}</small></p>`}
            `}
    <//>
  `;
}

function Message({ message }) {
  const { timeline } = message;
  return html`
    <tr data-message=${message.id}>
      <th scope="row">${message.erased ? t('erased') : html`<bdi>${message.to}</bdi>`}</th>
      <td>
        <${State} of=${message.state} />
        ${timeline.length > 0 &&
        html`<details>
          <summary>${t('reports', { n: number(timeline.length) })}</summary>
          <ol>
            ${timeline.map(
              (fact) => html`<li>
                ${t(`state_${fact.state}`)} · ${t(`source_${fact.source}`)} ${fact.provider_code && html`<code>${fact.provider_code}</code>`}
                <bdi>${fact.provider_text}</bdi> <small>${time(fact.at)}</small>
              </li>`,
            )}
          </ol>
        </details>`}
      </td>
      <td><${Time} at=${message.sent_at} /></td>
      <td><${Time} at=${message.delivered_at} /></td>
      <td>${message.cost && html`<${Points} of=${message.cost} />`}</td>
      <td>${message.provider_code && html`<code>${message.provider_code}</code>`} <bdi>${message.provider_text}</bdi></td>
      <td><bdi>${message.reference}</bdi></td>
    </tr>
  `;
}
