// Takes the replies that are new since the last run. HOOPOE_URL=… HOOPOE_KEY=… node take-replies.js
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const SEEN = 'seen-replies.txt'; // in your service: a table whose primary key is the reply's id

interface Reply {
  id: string;
  from?: string;
  text: string;
}

interface Page {
  replies: Reply[];
  next_cursor?: string;
}

const sleep = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Repeats a call that got no response, 429 or 5xx. */
async function get(path: string, query: URLSearchParams): Promise<Page> {
  const headers = { Authorization: `Bearer ${process.env.HOOPOE_KEY}` };
  for (let pause = 1; ; pause *= 2) {
    const answer = await fetch(`${process.env.HOOPOE_URL}${path}?${query}`, { headers, signal: AbortSignal.timeout(40_000) })
      .then(async (response) => ({ response, body: await response.text() }))
      .catch(() => undefined);
    if (answer?.response.ok) return JSON.parse(answer.body) as Page;
    const passes = answer === undefined || answer.response.status >= 500 || answer.response.status === 429;
    if (!passes || pause > 60) throw new Error(answer?.body ?? 'no response'); // a problem: its code says what is wrong
    await sleep(pause);
  }
}

/** All replies of the last days, page by page. */
async function* replies(days = 10): AsyncGenerator<Reply> {
  const from = new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
  const query = new URLSearchParams({ from, limit: '1000' });
  for (;;) {
    const page = await get('/v1/replies', query);
    yield* page.replies;
    if (page.next_cursor === undefined) return;
    query.set('cursor', page.next_cursor);
  }
}

/** Your own work. It may see a reply twice if the program ends before the id is written. */
function handle(reply: Reply): void {
  console.log(`${reply.from}: ${reply.text}`);
}

async function main(): Promise<void> {
  const seen = new Set(existsSync(SEEN) ? readFileSync(SEEN, 'utf8').split('\n') : []);
  for await (const reply of replies()) {
    if (!seen.has(reply.id)) {
      handle(reply);
      seen.add(reply.id);
      appendFileSync(SEEN, reply.id + '\n');
    }
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
