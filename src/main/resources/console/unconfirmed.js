// Dispatches whose answer was lost. Somebody who knows more than Hoopoe says what became of them.

import { html, useMemo, useState } from './preact.js';
import { all, get, repeatable } from './api.js';
import { number, t } from './texts.js';
import { Empty, Failure, Loaded, Question, Time, useAction, useLoaded } from './parts.js';

const EVERY = 10_000;
const LOOKED_AT = 500;

/** There is no list of them: they are looked for in the newest batches that are under way or ended with failures. */
async function load(signal) {
  const batches = [];
  for (const state of ['in_progress', 'completed_with_failures']) {
    batches.push(...(await all('batches', 'batches', { state, limit: 50 }, LOOKED_AT, signal)));
  }
  const found = [];
  for (const batch of batches.filter(({ counts }) => counts.unconfirmed)) {
    const whole = await get(`batches/${batch.id}`, { include: 'dispatches' }, signal);
    whole.dispatches.filter(({ state }) => state === 'unconfirmed').forEach((dispatch) => found.push({ batch: whole, dispatch }));
  }
  return found;
}

export function Unconfirmed() {
  const found = useLoaded(load, [], () => EVERY);
  return html`
    <p>${t('unconfirmed_help')}</p>
    <${Loaded} from=${found}>
      ${(rows) =>
        rows.length === 0
          ? html`<${Empty}>${t('none_unconfirmed')}<//>`
          : rows.map(
              ({ batch, dispatch }) =>
                html`<${Dispatch} key=${`${batch.id}-${dispatch.n}`} batch=${batch} dispatch=${dispatch} again=${found.again} />`,
            )}
    <//>
  `;
}

function Dispatch({ batch, dispatch, again }) {
  const [form, setForm] = useState({ reference: '', note: '' });
  const [asked, setAsked] = useState(null);
  const action = useAction();
  const post = useMemo(repeatable, []);
  const lost = batch.timeline.filter(({ event, dispatch: n }) => event === 'unconfirmed' && n === dispatch.n).at(-1);
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const id = `${batch.id}-${dispatch.n}`;

  const decide = (verb) => {
    setAsked(null);
    const body = {};
    if (form.note) {
      body.note = form.note;
    }
    if (verb === 'confirm' && form.reference) {
      body.reference = form.reference;
    }
    action.run(async () => {
      await post('POST', `batches/${batch.id}/dispatches/${dispatch.n}/${verb}`, { body });
      again();
    });
  };

  return html`
    <article data-dispatch=${id}>
      <h2><a href=${`#/batch/${batch.id}`}><bdi>${batch.id}</bdi></a> · ${t('dispatch', { n: number(dispatch.n) })}</h2>
      <p>
        ${t('messages_of', { n: number(dispatch.messages), account: batch.account })}
        ${lost && html` <small>${t('lost')} <${Time} at=${lost.at} /></small>`}
        ${dispatch.provider_code && html` <code>${dispatch.provider_code}</code>`}
      </p>
      ${dispatch.candidates?.length > 0 &&
      html`<fieldset>
        <legend>${t('candidates')}</legend>
        ${dispatch.candidates.map(
          (candidate) => html`<label>
            <input type="radio" name=${`candidate-${id}`} value=${candidate.reference}
              checked=${form.reference === candidate.reference} onChange=${set('reference')} />
            <code>${candidate.reference}</code> ${t('candidate', { n: number(candidate.numbers) })} <${Time} at=${candidate.at} />
          </label>`,
        )}
      </fieldset>`}
      <div class="grid">
        <label>${t('provider_reference')} <input name="reference" maxlength="64" value=${form.reference} onInput=${set('reference')} /></label>
        <label>${t('note')} <input name="note" maxlength="500" value=${form.note} onInput=${set('note')} /></label>
      </div>
      ${action.error && html`<${Failure} error=${action.error} />`}
      <div role="group">
        <button disabled=${action.busy} onClick=${() => setAsked('confirm')}>${t('was_sent')}</button>
        <button class="danger" disabled=${action.busy} onClick=${() => setAsked('resend')}>${t('resend')}</button>
      </div>
      ${asked &&
      html`<${Question} title=${t(`${asked}_title`)} yes=${asked === 'confirm' ? t('was_sent') : t('resend')}
        onYes=${() => decide(asked)} onNo=${() => setAsked(null)}>
        <p>${t(asked === 'confirm' && !form.reference ? 'confirm_blind' : `${asked}_warning`)}</p>
      <//>`}
    </article>
  `;
}
