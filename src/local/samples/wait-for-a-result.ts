// Sends a batch and waits for its result. HOOPOE_URL=… HOOPOE_KEY=… node wait-for-a-result.js ORDER
const FINISHED = ['completed', 'completed_with_failures', 'cancelled', 'rejected', 'expired'];

interface Batch {
  id: string;
  state: string;
  counts: Record<string, number>;
}

const sleep = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Repeats a call that got no response, or whose error passes: 409 (the same call is under way), 429, 5xx. */
async function call(path: string, init: RequestInit = {}): Promise<Batch> {
  const headers = { Authorization: `Bearer ${process.env.HOOPOE_KEY}`, 'Content-Type': 'application/json', ...init.headers };
  for (let pause = 1; ; pause *= 2) {
    const answer = await fetch(process.env.HOOPOE_URL + path, { ...init, headers, signal: AbortSignal.timeout(40_000) })
      .then(async (response) => ({ response, body: await response.text() }))
      .catch(() => undefined);
    if (answer?.response.ok) return JSON.parse(answer.body) as Batch;
    const passes = answer === undefined || answer.response.status >= 500 || answer.response.status === 409 || answer.response.status === 429;
    if (!passes || pause > 60) throw new Error(answer?.body ?? 'no response'); // a problem: its code says what is wrong
    await sleep(Math.max(pause, Number(answer?.response.headers.get('Retry-After') ?? 0)));
  }
}

/** The key is the order's, not a new one for each try: a repeated call is answered with the batch that is there. */
function send(order: string): Promise<Batch> {
  const body = { text: 'Your parcel is here.', recipients: [{ to: '0912345678' }, { to: '0912345907' }] };
  return call('/v1/batches', { method: 'POST', headers: { 'Idempotency-Key': order }, body: JSON.stringify(body) });
}

/** The batch when it is finished, or as it is after that time: then store its id and ask again later. */
async function wait(batch: Batch, seconds = 600): Promise<Batch> {
  const deadline = Date.now() + seconds * 1000;
  for (let pause = 2; !FINISHED.includes(batch.state) && Date.now() < deadline; pause = Math.min(2 * pause, 60)) {
    await sleep(pause);
    batch = await call(`/v1/batches/${batch.id}`);
  }
  return batch;
}

async function main(): Promise<void> {
  const result = await wait(await send(process.argv[2]));
  console.log(result.state, JSON.stringify(result.counts));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
