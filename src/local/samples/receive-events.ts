// Takes events and handles each once. Needs the package standardwebhooks. HOOPOE_SECRET=whsec_… PORT=8080 node receive-events.js
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

interface HoopoeEvent {
  id: string;
  type: string;
  data: { message_id?: string; version?: number };
}

const webhook = new Webhook(process.env.HOOPOE_SECRET!);
const seen = new Set<string>(); // in your service: a table whose primary key is the event's id
const versions = new Map<string, number>(); // in your service: a column beside what you know of the message

/** Your own work. It may see an event twice if the program ends before the id is written. */
function handle(event: HoopoeEvent): void {
  console.log(`${event.type} ${event.data.message_id ?? ''}`);
}

function take(event: HoopoeEvent): void {
  if (seen.has(event.id)) return;
  const message = event.data.message_id;
  const version = event.data.version ?? 0;
  if (message === undefined) {
    handle(event);
  } else if (version > (versions.get(message) ?? 0)) { // else something newer is known already
    handle(event);
    versions.set(message, version);
  }
  seen.add(event.id);
}

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  try {
    webhook.verify(body, request.headers as Record<string, string>); // the bytes as they came, before anything parses them
  } catch {
    response.writeHead(401).end();
    return;
  }
  try {
    take(JSON.parse(body.toString()));
    response.writeHead(204).end();
  } catch (error) {
    console.error(error);
    response.writeHead(500).end(); // Hoopoe posts it again
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
