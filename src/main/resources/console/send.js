// One text to many. What it costs and whose number is not valid says a dry run while it is written.

import { html, useEffect, useMemo, useState } from './preact.js';
import { ApiError, call, repeatable } from './api.js';
import { number, t } from './texts.js';
import { Failure, Loaded, Price, loadAccounts, useAction, useLoaded } from './parts.js';

const PAUSE = 500;

/** With the line that each number came from. Between numbers stand new lines, commas, semicolons or tabs, as spreadsheets copy them. */
function recipients(pasted) {
  return pasted
    .split('\n')
    .flatMap((line, at) => line.split(/[,;\t،；，]/).map((to) => ({ to: to.trim(), line: at + 1 })))
    .filter(({ to }) => to !== '');
}

const place = (pointer) => Number(/^\/recipients\/(\d+)/.exec(pointer)?.[1] ?? -1);

function request(form, rows) {
  const body = { text: form.text, recipients: rows.map(({ to }) => ({ to })) };
  if (form.account) {
    body.account = form.account;
  }
  if (form.reference) {
    body.reference = form.reference;
  }
  if (form.at) {
    body.send_at = new Date(form.at).toISOString();
  }
  return body;
}

/** What the API says to the request: `{estimate, invalid, recipients}`, or an error; `current` where it is about the request as it is now. */
function useDryRun(body, ready) {
  const [result, setResult] = useState({});
  const written = JSON.stringify(body);
  useEffect(() => {
    if (!ready) {
      setResult({});
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setResult({ written, answer: await call('POST', 'batches', { body: { ...body, dry_run: true }, signal: abort.signal }) });
      } catch (error) {
        if (error.name !== 'AbortError') {
          setResult({ written, error });
        }
      }
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [written, ready]);
  return { ...result, current: result.written === written };
}

export function Send({ query }) {
  const accounts = useLoaded(loadAccounts, []);
  return html`<${Loaded} from=${accounts}>${(rows) => html`<${Form} accounts=${rows} query=${query} />`}<//>`;
}

function Form({ accounts, query }) {
  const usual = accounts.find((account) => account.default) ?? (accounts.length === 1 ? accounts[0] : undefined);
  const [form, setForm] = useState({
    account: query.get('account') ?? usual?.name ?? '', text: '', to: query.get('to') ?? '', reference: '', at: '',
  });
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const rows = useMemo(() => recipients(form.to), [form.to]);
  const body = request(form, rows);
  const ready = form.text !== '' && rows.length > 0;
  const { answer, error, current } = useDryRun(body, ready);
  const sending = useAction();
  const post = useMemo(repeatable, []);
  const invalid = current ? (answer?.invalid ?? (error?.errors ?? []).filter((fault) => place(fault.pointer) >= 0)) : [];
  const account = accounts.find(({ name }) => name === form.account);

  const submit = (event) => {
    event.preventDefault();
    sending.run(async () => {
      const batch = await post('POST', 'batches', { body });
      location.hash = `#/batch/${batch.id}`;
    });
  };
  const keepValid = () => {
    const wrong = new Set(invalid.map((fault) => place(fault.pointer)));
    setForm({ ...form, to: rows.filter((row, at) => !wrong.has(at)).map(({ to }) => to).join('\n') });
  };

  return html`
    <form onSubmit=${submit}>
      <label>
        ${t('account')}
        <select name="account" value=${form.account} onChange=${set('account')} required>
          <option value="">${t('choose')}</option>
          ${accounts.map(({ name, provider }) => html`<option value=${name}>${name} (${provider})</option>`)}
        </select>
      </label>
      <label>
        ${t('text')}
        <textarea name="text" rows="4" dir="auto" required value=${form.text} onInput=${set('text')}
          maxlength=${account?.capabilities?.max_text} />
      </label>
      <label>
        ${t('numbers')}
        <textarea name="to" rows="6" dir="ltr" required aria-describedby="numbers-help" value=${form.to} onInput=${set('to')} />
        <small id="numbers-help">${t('numbers_help')}</small>
      </label>
      <div class="grid">
        <label>${t('reference')} <input name="reference" maxlength="200" value=${form.reference} onInput=${set('reference')} /></label>
        ${account?.capabilities?.features.includes('schedule') &&
        html`<label>${t('send_at')} <input name="at" type="datetime-local" value=${form.at} onInput=${set('at')} /></label>`}
      </div>
      <${Outcome} ready=${ready} answer=${answer} error=${error} rows=${rows} />
      ${invalid.length > 0 && html`<${Invalid} rows=${rows} invalid=${invalid} total=${answer?.invalid_total} onKeepValid=${keepValid} />`}
      ${sending.error && html`<${Failure} error=${unlisted(sending.error)} />`}
      <button type="submit" aria-busy=${sending.busy} disabled=${sending.busy || !answer || !current}>
        ${answer ? t('send_to', { n: number(answer.recipients) }) : t('send')}
      </button>
    </form>
  `;
}

/** Without what is shown at its row. */
const unlisted = (error) =>
  new ApiError(error.code, error.detail, { ...error, errors: error.errors.filter((fault) => place(fault.pointer) < 0) });

function Outcome({ ready, answer, error, rows }) {
  if (error) {
    return html`<${Failure} error=${unlisted(error)} />`;
  }
  return html`
    <output class="outcome" aria-live="polite">
      ${!ready && t('write_first')} ${ready && !answer && html`<span aria-busy="true">${t('counting')}</span>`}
      ${answer &&
      html`<dl class="facts">
        <div><dt>${t('recipients')}</dt><dd id="valid">${number(answer.recipients)} / ${number(rows.length)}</dd></div>
        <div><dt>${t('segments')}</dt><dd id="segments">${number(answer.estimate.segments)}</dd></div>
        <div><dt>${t('price')}</dt><dd id="price"><${Price} estimate=${answer.estimate} /></dd></div>
      </dl>`}
    </output>
  `;
}

function Invalid({ rows, invalid, total, onKeepValid }) {
  return html`
    <div class="failure" id="invalid">
      <p><strong>${t('invalid', { n: number(total ?? invalid.length) })}</strong></p>
      <ul>
        ${invalid.slice(0, 100).map((fault) => {
          const row = rows[place(fault.pointer)];
          return html`<li>${t('line', { n: number(row?.line ?? 0) })} <bdi><code>${row?.to}</code></bdi> ${fault.detail}</li>`;
        })}
      </ul>
      <button type="button" class="secondary" onClick=${onKeepValid}>${t('keep_valid')}</button>
    </div>
  `;
}
