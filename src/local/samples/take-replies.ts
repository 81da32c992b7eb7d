// Takes the replies that are new since the last run. HOOPOE_URL=… HOOPOE_KEY=… node take-replies.js
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const PLACE = 'replies-cursor.txt'; // in your service: a row of your database

interface Reply {
  from?: string;
  text: string;
}

interface Page {
  replies: Reply[];
  next_cursor: string;
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

/** Your own work. It may see the replies of one page twice if the program ends before the cursor is written. */
function handle(reply: Reply): void {
  console.log(`${reply.from}: ${reply.text}`);
}

async function main(): Promise<void> {
  const query = new URLSearchParams({ limit: '1000' });
  if (existsSync(PLACE)) query.set('cursor', readFileSync(PLACE, 'utf8')); // without one: from the oldest reply that is kept
  for (;;) {
    const page = await get('/v1/replies', query);
    page.replies.forEach(handle);
    writeFileSync(PLACE, page.next_cursor);
    if (page.replies.length === 0) return;
    query.set('cursor', page.next_cursor);
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
