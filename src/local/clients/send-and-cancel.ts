// Sends, reads and cancels a batch by the client that OpenAPI Generator makes of openapi.json. Arguments: the API's address, a key.
import {
  AccountsApi, BatchesApi, BatchState, Code, Configuration, GetBatchIncludeEnum, MessageState, ResponseError,
} from './client';

declare const process: { argv: string[]; exitCode: number };

function check(holds: boolean, what: unknown): void {
  if (!holds) {
    throw new Error(JSON.stringify(what));
  }
}

async function run(basePath: string, key: string): Promise<void> {
  const configuration = new Configuration({ basePath, accessToken: key });
  const batches = new BatchesApi(configuration);
  const batchRequest = {
    text: 'Good morning',
    reference: 'typescript',
    sendAt: new Date(Date.now() + 24 * 60 * 60 * 1000),
    recipients: [{ to: '0912345678' }, { to: '09' }],
  };

  const preview = await batches.sendBatch({ batchRequest: { ...batchRequest, dryRun: true } });
  check(preview.dryRun === true && preview.id === undefined, preview);

  const sent = await batches.sendBatch({ batchRequest, idempotencyKey: 'typescript-' + Date.now() });
  const id = sent.id!;
  check(sent.recipients === 1 && sent.invalidTotal === 1, sent);
  check(sent.invalid[0].code === Code.InvalidNumber, sent);
  check(sent.estimate.high?.amount === '1.0', sent);

  const read = await batches.getBatch({ id, include: GetBatchIncludeEnum.Dispatches });
  check(read.state === BatchState.Scheduled && read.dispatches?.length === 1, read);
  const { messages } = await batches.listMessages({ id, limit: 10 });
  check(messages[0].state === MessageState.Scheduled, messages);

  const cancelled = await batches.cancelBatch({ id, idempotencyKey: 'typescript-cancel-' + Date.now() });
  check(cancelled.cancelled === 1 && cancelled.pending === 0 && cancelled.refunded !== null, cancelled);
  check((await batches.getBatch({ id })).state === BatchState.Cancelled, id);
  check((await new AccountsApi(configuration).listAccounts()).accounts.length > 0, 'accounts');
  const refused = await batches.getBatch({ id: 'bat_01JPZZZZZZZZZZZZZZZZZZZZZZ' }).catch((error: unknown) => error);
  check(refused instanceof ResponseError && refused.response.status === 404, refused);
  console.log('sent, read and cancelled in TypeScript: ' + id);
}

run(process.argv[2], process.argv[3]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
