// The caller's endpoints for events, and what became of each event there.

import { html, useState } from './preact.js';
import { call, get } from './api.js';
import { number, t } from './texts.js';
import { Empty, Failure, Loaded, Question, State, Table, Time, useAction, useLoaded } from './parts.js';

const EVERY = 3_000;

export function Webhooks() {
  const list = useLoaded((signal) => get('webhooks', {}, signal).then((answer) => answer.webhooks), []);
  const heads = [t('address'), t('state'), t('types'), t('created')];
  return html`
    <${Loaded} from=${list}>
      ${(rows) => html`
        ${rows.length === 0
          ? html`<${Empty}>${t('no_webhooks')}<//>`
          : html`<${Table} label=${t('webhooks')} heads=${heads}>
              ${rows.map(
                (row) => html`<tr key=${row.id}>
                  <th scope="row"><a href=${`#/webhook/${row.id}`} data-url=${row.url}><bdi>${row.url}</bdi></a> <small>${row.description}</small></th>
                  <td><${State} of=${row.state} /></td>
                  <td>${row.types.length === 0 ? t('all_types') : row.types.join(', ')}</td>
                  <td><${Time} at=${row.created_at} /></td>
                </tr>`,
              )}
            <//>`}
        <${Register} again=${list.again} />
      `}
    <//>
  `;
}

function Register({ again }) {
  const [form, setForm] = useState({ url: '', description: '', content: false });
  const [secret, setSecret] = useState(null);
  const action = useAction();
  const submit = (event) => {
    event.preventDefault();
    action.run(async () => {
      const { url, description, content } = form;
      const made = await call('POST', 'webhooks', { body: { url, content, ...(description && { description }) } });
      setSecret(made.secret);
    });
  };
  if (secret) {
    return html`<${Secret} secret=${secret} done=${again} />`;
  }
  return html`
    <h2>${t('register')}</h2>
    <form onSubmit=${submit}>
      <div class="grid">
        <label>${t('address')} <input name="url" type="url" dir="ltr" required maxlength="2048" placeholder="https://" value=${form.url}
            onInput=${(event) => setForm({ ...form, url: event.target.value })} /></label>
        <label>${t('description')} <input name="description" maxlength="200" value=${form.description}
            onInput=${(event) => setForm({ ...form, description: event.target.value })} /></label>
      </div>
      <label><input type="checkbox" name="content" checked=${form.content}
          onChange=${(event) => setForm({ ...form, content: event.target.checked })} /> ${t('with_content')}</label>
      ${action.error && html`<${Failure} error=${action.error} />`}
      <button type="submit" disabled=${action.busy} aria-busy=${action.busy}>${t('register')}</button>
    </form>
  `;
}

const Secret = ({ secret, done }) => html`
  <div class="notice" role="alert" id="secret">
    <p>${t('secret_once')}</p>
    <p><bdi><code>${secret}</code></bdi></p>
    <button class="secondary" onClick=${done}>${t('secret_kept')}</button>
  </div>
`;

export function Webhook({ id }) {
  const path = `webhooks/${encodeURIComponent(id)}`;
  const loaded = useLoaded((signal) => get(path, {}, signal), [id], () => EVERY);
  return html`
    <${Loaded} from=${loaded}>
      ${(endpoint) => html`
        <p><bdi><code>${endpoint.url}</code></bdi> <${State} of=${endpoint.state} /> ${endpoint.description}</p>
        ${endpoint.failures > 0 &&
        html`<p>
          ${t('failures', { n: number(endpoint.failures) })} <${Time} at=${endpoint.last_failed_at} />
          ${endpoint.next_attempt_at && html` ${t('next_attempt')} <${Time} at=${endpoint.next_attempt_at} />`}
        </p>`}
        <${Actions} path=${path} endpoint=${endpoint} again=${loaded.again} />
      `}
    <//>
    <h2>${t('deliveries')}</h2>
    <${Deliveries} path=${path} />
  `;
}

const local = (date) => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

function Actions({ path, endpoint, again }) {
  const [since, setSince] = useState(local(new Date(Date.now() - 86_400_000)));
  const [said, setSaid] = useState(null);
  const [secret, setSecret] = useState(null);
  const [asked, setAsked] = useState(null);
  const action = useAction();
  const run = (work) => () => action.run(work);
  const test = run(async () => {
    const answer = await call('POST', `${path}/test`, { body: {} });
    setSaid(t('tested', { id: answer.event_id }));
  });
  const recover = run(async () => {
    let from = new Date(since).toISOString();
    let recovered = 0;
    while (from) {
      const answer = await call('POST', `${path}/recover`, { body: { since: from } });
      recovered += answer.recovered;
      from = answer.next_since;
    }
    setSaid(t('recovered', { n: number(recovered) }));
  });
  const turn = (state) =>
    run(async () => {
      await call('PATCH', path, { body: { state } });
      again();
    });
  const yes = {
    rotate: run(async () => setSecret((await call('POST', `${path}/rotate`, { body: {} })).secret)),
    remove: run(async () => {
      await call('DELETE', path);
      location.hash = '#/webhooks';
    }),
  };
  return html`
    ${secret && html`<${Secret} secret=${secret} done=${() => setSecret(null)} />`}
    <div class="actions">
      <button disabled=${action.busy || endpoint.state === 'disabled'} onClick=${test}>${t('test')}</button>
      ${endpoint.state === 'disabled'
        ? html`<button class="secondary" disabled=${action.busy} onClick=${turn('enabled')}>${t('enable')}</button>`
        : html`<button class="secondary" disabled=${action.busy} onClick=${turn('disabled')}>${t('disable')}</button>`}
      <button class="secondary" disabled=${action.busy} onClick=${() => setAsked('rotate')}>${t('rotate')}</button>
      <button class="danger" disabled=${action.busy} onClick=${() => setAsked('remove')}>${t('remove')}</button>
    </div>
    <form role="group" onSubmit=${(event) => { event.preventDefault(); recover(); }}>
      <input type="datetime-local" name="since" aria-label=${t('since')} required value=${since} onInput=${(event) => setSince(event.target.value)} />
      <button class="secondary" disabled=${action.busy || endpoint.state === 'disabled'}>${t('recover')}</button>
    </form>
    ${said && html`<p role="status">${said}</p>`}
    ${action.error && html`<${Failure} error=${action.error} />`}
    ${asked &&
    html`<${Question} title=${t(`${asked}_title`)} yes=${t(asked)} onNo=${() => setAsked(null)} onYes=${() => { setAsked(null); yes[asked](); }}>
      <p>${t(`${asked}_warning`)}</p>
    <//>`}
  `;
}

function Deliveries({ path }) {
  const [state, setState] = useState('');
  const page = useLoaded((signal) => get(`${path}/deliveries`, { state, limit: 50 }, signal), [path, state], () => EVERY);
  const heads = [t('time'), t('event'), t('state'), t('attempts'), t('next_attempt')];
  return html`
    <label>
      ${t('state')}
      <select name="delivery-state" value=${state} onChange=${(event) => setState(event.target.value)}>
        <option value="">${t('any')}</option>
        ${['waiting', 'parked', 'delivered', 'failed'].map((name) => html`<option value=${name}>${t(`state_${name}`)}</option>`)}
      </select>
    </label>
    <${Loaded} from=${page}>
      ${({ deliveries }) =>
        deliveries.length === 0
          ? html`<${Empty}>${t('no_deliveries')}<//>`
          : html`<${Table} label=${t('deliveries')} heads=${heads}>
              ${deliveries.map(
                (row) => html`<tr key=${row.event_id} data-event=${row.event_id}>
                  <td><${Time} at=${row.timestamp} /></td>
                  <th scope="row"><code>${row.type}</code></th>
                  <td><${State} of=${row.state} /></td>
                  <td>${row.attempts.map((attempt) => html`<span class="attempt"><code>${attempt.status ?? attempt.error}</code> ${number(attempt.milliseconds)} ms</span> `)}</td>
                  <td><${Time} at=${row.next_attempt_at} /></td>
                </tr>`,
              )}
            <//>`}
    <//>
  `;
}
