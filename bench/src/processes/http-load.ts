import { Agent, request } from 'node:http';
import autocannon from 'autocannon';
import { makeBatch } from '../usage-events.ts';
import { answerParent } from './answer-parent.ts';

/** Reads the paths over and over for some seconds. */
export interface ReadQuestion {
  readonly kind: 'read';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

export interface ReadAnswer {
  readonly requests: number;
  readonly seconds: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
}

/** Sends batches of usage events, each once, over some connections. */
export interface IngestQuestion {
  readonly kind: 'ingest';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly batches: number;
  readonly run: string;
  readonly accounts: readonly string[];
  /** When all events happened. */
  readonly time: Date;
  /** Whether each event of the batches is sent by itself. */
  readonly single?: boolean;
}

/** Sends bodies, each once, over some connections. */
export interface PostQuestion {
  readonly kind: 'post';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly bodies: readonly string[];
}

export interface PostAnswer {
  readonly seconds: number;
  /** CPU time of this process meanwhile. */
  readonly cpuSeconds: number;
  readonly failed: number;
  /** The first answer that was not 2xx. */
  readonly failure: string | undefined;
  /** Milliseconds of each request. */
  readonly latencies: readonly number[];
}

answerParent(
  (question: ReadQuestion | IngestQuestion | PostQuestion) => {
    if (question.kind === 'read') return read(question);
    return question.kind === 'ingest' ? ingest(question) : post(question, question.bodies.map(toBuffer));
  },
  async () => {},
);

async function read({ url, headers, paths, connections, seconds }: ReadQuestion): Promise<ReadAnswer> {
  const result = await autocannon({
    url,
    headers,
    connections,
    duration: seconds,
    requests: paths.map((path) => ({ method: 'GET', path })),
  });
  return {
    requests: result['2xx'],
    seconds: result.duration,
    failed: result.non2xx + result.errors,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

function ingest(question: IngestQuestion): Promise<PostAnswer> {
  const { url, headers, connections, batches, single = false } = question;
  // Made before the clock starts: the generator's own work is not what is measured.
  const bodies = Array.from({ length: batches }, (_, index) => {
    const batch = makeBatch(question, index);
    return single ? batch.map((event) => toBuffer(JSON.stringify(event))) : [toBuffer(JSON.stringify(batch))];
  }).flat();
  const contentType = single ? 'application/cloudevents+json' : 'application/cloudevents-batch+json';
  const target = { url: `${url}/api/v1/usage/events`, headers: { ...headers, 'content-type': contentType } };
  return post({ ...target, connections }, bodies);
}

async function post(
  { url, headers, connections }: Omit<PostQuestion, 'kind' | 'bodies'>,
  bodies: readonly Buffer[],
): Promise<PostAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let [failed, next] = [0, 0];
  let failure: string | undefined;
  const work = async (): Promise<void> => {
    while (next < bodies.length) {
      const body = bodies[next++]!;
      const startedAt = performance.now();
      const { status, text } = await send(agent, url, headers, body);
      latencies.push(performance.now() - startedAt);
      if (status >= 200 && status < 300) continue;
      failed += 1;
      failure ??= `${status} ${text.slice(0, 300)}`;
    }
  };
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  agent.destroy();
  return { seconds, cpuSeconds: (user + system) / 1e6, failed, failure, latencies };
}

function send(
  agent: Agent,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { ...headers, 'content-length': body.length },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function toBuffer(text: string): Buffer {
  return Buffer.from(text);
}
