// Calls of the API by this tab's key. The page is one of its callers, and can do what the key may do.

const BASE = new URL('v1/', document.baseURI);
const STORED = 'hoopoe.key';

export const key = {
  get: () => sessionStorage.getItem(STORED),
  set: (value) => sessionStorage.setItem(STORED, value),
  forget: () => sessionStorage.removeItem(STORED),
};

/** Takes the key out of `#key=…`, and out of the address and its history. */
export function takeKeyFromAddress() {
  const given = /^#key=([\w-]+)$/.exec(location.hash);
  if (given) {
    key.set(given[1]);
    history.replaceState(null, '', location.pathname + location.search + '#/');
  }
}

/**
 * `code` is the API's, or one of ours: `network` where nothing answered, `key` where API Gateway knows no such key, `rate_limited` where it lets
 * no more calls through, `gateway` for what else it says without a code. `after` is in seconds; null where nobody said.
 */
export class ApiError extends Error {
  constructor(code, detail, { status = 0, errors = [], after = null, requestId = null } = {}) {
    super(detail);
    Object.assign(this, { code, detail, status, errors, after, requestId });
  }
}

function failure(response, body) {
  const after = Number.parseInt(response.headers.get('retry-after'), 10);
  const more = { status: response.status, after: Number.isNaN(after) ? null : after };
  if (body?.code) {
    return new ApiError(body.code, body.detail, { ...more, errors: body.errors ?? [], requestId: body.request_id });
  }
  const codes = { 401: 'key', 403: 'key', 429: 'rate_limited' };
  return new ApiError(codes[response.status] ?? 'gateway', `${response.status} ${body?.message ?? ''}`, more);
}

let refused = () => {};

/** Tells `listener` when the key is refused. */
export function onRefusedKey(listener) {
  refused = listener;
}

/**
 * Its answer's JSON, or its text where something else is accepted; throws an ApiError, or an AbortError by the signal. What stands for null or ''
 * in a query is left out.
 */
export async function call(method, path, { query = {}, body, repeat, accept, signal } = {}) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') {
      url.searchParams.set(name, value);
    }
  }
  const headers = { authorization: `Bearer ${key.get()}` };
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  if (repeat) {
    headers['idempotency-key'] = repeat;
  }
  if (accept) {
    headers.accept = accept;
  }
  let response;
  let text;
  try {
    response = await fetch(url, { method, headers, signal, body: body && JSON.stringify(body), cache: 'no-store', referrerPolicy: 'no-referrer' });
    text = await response.text();
  } catch (e) {
    throw e.name === 'AbortError' ? e : new ApiError('network', e.message);
  }
  if (response.ok) {
    return accept ? text : parsed(text);
  }
  const error = failure(response, parsed(text));
  if (error.code === 'key') {
    refused();
  }
  throw error;
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null; // as a proxy on the way may answer
  }
}

export const get = (path, query, signal) => call('GET', path, { query, signal });

/** One Idempotency-Key for as long as the request stays the same: whoever repeats it after a lost answer sends nothing twice. */
export function repeatable() {
  let last = {};
  return (method, path, options = {}) => {
    const what = JSON.stringify([method, path, options.body]);
    if (last.what !== what) {
      last = { what, repeat: crypto.randomUUID() };
    }
    return call(method, path, { ...options, repeat: last.repeat });
  };
}

/** All rows of a list that has pages, at most `most`. */
export async function all(path, name, query, most, signal) {
  const rows = [];
  let cursor = null;
  do {
    const page = await get(path, { ...query, cursor }, signal);
    rows.push(...page[name]);
    cursor = page.next_cursor;
  } while (cursor && rows.length < most);
  return rows;
}
