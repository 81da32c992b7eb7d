// Has a person forgotten. The number stays on the page, as in a search.

import { html, useState } from './preact.js';
import { call, get } from './api.js';
import { number, t } from './texts.js';
import { Failure, Loaded, Question, State, Table, Time, useAction, useLoaded } from './parts.js';

const EVERY = 3_000;

export function Erasure({ id }) {
  return id ? html`<${Progress} id=${id} />` : html`<${Ask} />`;
}

function Ask() {
  const [to, setTo] = useState('');
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const erase = () =>
    action.run(async () => {
      const erasure = await call('POST', 'erasures', { body: { to: to.trim() } });
      location.hash = `#/erasure/${erasure.id}`;
    });
  return html`
    <form onSubmit=${(event) => { event.preventDefault(); setAsked(true); }}>
      <label>
        ${t('number')}
        <input name="to" type="tel" dir="ltr" required autocomplete="off" placeholder="+886912345678" aria-describedby="erase-help" value=${to}
          onInput=${(event) => setTo(event.target.value)} />
        <small id="erase-help">${t('erase_help')}</small>
      </label>
      ${action.error && html`<${Failure} error=${action.error} />`}
      <button type="submit" class="danger" aria-busy=${action.busy} disabled=${action.busy}>${t('erase')}</button>
    </form>
    ${asked &&
    html`<${Question} title=${t('erase_title')} yes=${t('erase')} onNo=${() => setAsked(false)} onYes=${() => { setAsked(false); erase(); }}>
      <p><bdi>${to}</bdi></p>
      <p>${t('erase_warning')}</p>
    <//>`}
  `;
}

function Progress({ id }) {
  const loaded = useLoaded((signal) => get(`erasures/${encodeURIComponent(id)}`, {}, signal), [id], (erasure) =>
    erasure.state === 'finished' ? null : EVERY,
  );
  return html`
    <${Loaded} from=${loaded}>
      ${({ state, created_at, finished_at, erased, refused, remains }) => html`
        <p id="erasure-state" role="status"><${State} of=${state} /> <${Time} at=${finished_at ?? created_at} /></p>
        <dl class="facts">
          ${Object.entries(erased).map(([what, n]) => html`<div><dt>${t(`erased_${what}`)}</dt><dd>${number(n)}</dd></div>`)}
        </dl>
        ${refused.length > 0 &&
        html`
          <h2>${t('not_erased')}</h2>
          <p>${t('still_being_sent')}</p>
          <ul>${refused.map((one) => html`<li><a href=${`#/batch/${one.batch_id}`}><code>${one.batch_id}</code></a></li>`)}</ul>
        `}
        <h2>${t('remains')}</h2>
        <${Table} label=${t('remains')} heads=${[t('where'), t('remains')]}>
          ${remains.map((one) => html`<tr><th scope="row">${one.where}</th><td lang="en" dir="ltr">${one.what}</td></tr>`)}
        <//>
        <p><a href="#/erasure">${t('erase_another')}</a></p>
      `}
    <//>
  `;
}
