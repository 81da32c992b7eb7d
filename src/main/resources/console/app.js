// The frame: the key, the language, the navigation, and the page that the address names.

import { html, render, useEffect, useErrorBoundary, useRef, useState } from './preact.js';
import { key, onRefusedKey, takeKeyFromAddress } from './api.js';
import { LANGUAGES, choose, currentLanguage, t, useTexts } from './texts.js';
import { Overview } from './overview.js';
import { Send } from './send.js';
import { Batches } from './batches.js';
import { Batch } from './batch.js';
import { Replies } from './replies.js';
import { Unconfirmed } from './unconfirmed.js';
import { Webhook, Webhooks } from './webhooks.js';
import { Search } from './search.js';
import { Usage } from './usage.js';
import { Erasure } from './erasure.js';

const PAGES = {
  overview: Overview, send: Send, batches: Batches, batch: Batch, replies: Replies, unconfirmed: Unconfirmed, webhooks: Webhooks, webhook: Webhook,
  search: Search, usage: Usage, erasure: Erasure,
};
const NAVIGATION = ['overview', 'send', 'batches', 'search', 'replies', 'unconfirmed', 'webhooks', 'usage', 'erasure'];
const PARENTS = { batch: 'batches', webhook: 'webhooks' };

/** `#/page/id?query` */
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const [page, id] = path.split('/');
  return { page: Object.hasOwn(PAGES, page) ? page : 'overview', id: decodeURIComponent(id ?? ''), query: new URLSearchParams(query) };
}

function App() {
  const [at, setAt] = useState(route);
  const [, setLanguage] = useState(currentLanguage());
  const [state, setState] = useState({ signedIn: Boolean(key.get()), refused: false });
  useEffect(() => {
    const moved = () => {
      takeKeyFromAddress();
      setState((old) => (key.get() && !old.signedIn ? { signedIn: true, refused: false } : old));
      setAt(route());
    };
    addEventListener('hashchange', moved);
    onRefusedKey(() => {
      key.forget();
      setState({ signedIn: false, refused: true });
    });
    return () => removeEventListener('hashchange', moved);
  }, []);
  const signIn = (given) => {
    key.set(given);
    setState({ signedIn: true, refused: false });
  };
  const signOut = () => {
    key.forget();
    setState({ signedIn: false, refused: false });
  };
  const speak = async (event) => {
    await choose(event.target.value);
    setLanguage(currentLanguage());
  };
  return html`
    <header class="container">
      <nav aria-label=${t('navigation')}>
        <ul><li><strong>Hoopoe</strong></li></ul>
        ${state.signedIn &&
        html`<ul class="pages">
          ${NAVIGATION.map(
            (name) => html`<li><a href=${`#/${name}`} aria-current=${(PARENTS[at.page] ?? at.page) === name ? 'page' : undefined}>${t(name)}</a></li>`,
          )}
        </ul>`}
      </nav>
    </header>
    <main class="container">
      ${state.signedIn ? html`<${Page} key=${`${at.page}/${at.id}`} at=${at} />` : html`<${SignIn} refused=${state.refused} signIn=${signIn} />`}
    </main>
    <footer class="container">
      <label>
        ${t('language')}
        <select name="language" value=${currentLanguage()} onChange=${speak}>
          ${Object.entries(LANGUAGES).map(([name, label]) => html`<option value=${name} lang=${name}>${label}</option>`)}
        </select>
      </label>
      ${state.signedIn && html`<button class="secondary outline" onClick=${signOut}>${t('sign_out')}</button>`}
    </footer>
  `;
}

/** A new page is read out from its heading. */
function Page({ at }) {
  const heading = useRef();
  const [fault] = useErrorBoundary((error) => console.error(error));
  useEffect(() => heading.current.focus(), []);
  useEffect(() => {
    document.title = `${t(at.page)} · Hoopoe`;
  }, [currentLanguage()]);
  return html`
    <h1 tabindex="-1" ref=${heading}>${t(at.page)}</h1>
    ${fault ? html`<div class="failure" role="alert">${t('page_failed')}</div>` : html`<${PAGES[at.page]} id=${at.id} query=${at.query} />`}
  `;
}

function SignIn({ refused, signIn }) {
  const [value, setValue] = useState('');
  const submit = (event) => {
    event.preventDefault();
    signIn(value.trim());
  };
  return html`
    <h1>${t('sign_in')}</h1>
    ${refused && html`<div class="failure" role="alert" data-code="key">${t('error_key')}</div>`}
    <form onSubmit=${submit}>
      <label>
        ${t('key')}
        <input name="key" type="password" dir="ltr" required autocomplete="off" pattern="\\s*hpk_(live|test)_\\w+\\s*" placeholder="hpk_live_…"
          aria-describedby="key-help" value=${value} onInput=${(event) => setValue(event.target.value)} />
        <small id="key-help">${t('key_help')}</small>
      </label>
      <button type="submit">${t('sign_in')}</button>
    </form>
  `;
}

takeKeyFromAddress();
await useTexts();
render(html`<${App} />`, document.body);
