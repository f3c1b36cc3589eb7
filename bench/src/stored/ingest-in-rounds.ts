import pg from 'pg';
import { MemorySampler } from '../platform/memory.ts';
import type { Child } from '../processes/child.ts';
import type { PostAnswer } from '../processes/http-load.ts';
import { median } from '../statistics.ts';
import { batchSize, countDistinct } from '../usage-events.ts';

export const connections = 32;
const samplesEveryMs = 250;

export interface IngestPlan {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly accountKeys: readonly string[];
  /** The server process. */
  readonly pid: number;
  readonly databaseUrl: string;
  /** Keeps the events apart from those of other calls. */
  readonly name: string;
  readonly events: number;
  /** How many events are summed up as one step. */
  readonly step: number;
  readonly batchesPerRound: number;
  readonly say: (line: string) => void;
}

/** What so many events brought. */
export interface Step {
  /** The median of the rounds. */
  readonly eventsPerSecond: number;
  /** Milliseconds of each request. */
  readonly latencies: readonly number[];
  /** Samples of the server's resident memory in MB. */
  readonly memory: readonly number[];
  readonly logBytesPerEvent: number;
}

export interface Ingested {
  readonly steps: readonly Step[];
  /** Events without the repetitions. */
  readonly distinct: number;
}

/** Sends events in rounds: the bodies of each are made before it, as all together would not fit into memory. */
export async function ingestInRounds(load: Child, plan: IngestPlan): Promise<Ingested> {
  const { databaseUrl, events, step, batchesPerRound, pid, say } = plan;
  const roundsPerStep = step / (batchesPerRound * batchSize);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const sampler = new MemorySampler(pid, samplesEveryMs);
  const steps: Step[] = [];
  try {
    while (steps.length < events / step) {
      const logStart = await readLogPosition(client);
      const answers: PostAnswer[] = [];
      while (answers.length < roundsPerStep)
        answers.push(await sendRound(load, plan, steps.length * roundsPerStep + answers.length));
      const eventsPerSecond = (batchesPerRound * batchSize) / median(answers.map(({ seconds }) => seconds));
      const logBytesPerEvent = ((await readLogPosition(client)) - logStart) / step;
      const latencies = answers.flatMap((answer) => [...answer.latencies]);
      steps.push({ eventsPerSecond, latencies, memory: sampler.take(), logBytesPerEvent });
      const memory = Math.round(median(steps.at(-1)!.memory));
      say(`  ${steps.length * step} events: ${Math.round(eventsPerSecond)}/s, ${memory} MB`);
    }
  } finally {
    sampler.stop();
    await client.end();
  }
  return { steps, distinct: steps.length * roundsPerStep * countDistinct(batchesPerRound) };
}

async function sendRound(load: Child, plan: IngestPlan, round: number): Promise<PostAnswer> {
  const { url, headers, accountKeys, name, batchesPerRound } = plan;
  const answer = await load.ask<PostAnswer>({
    kind: 'ingest',
    url,
    headers,
    connections,
    batches: batchesPerRound,
    run: `${name}-${round}`,
    accounts: accountKeys,
    time: new Date(),
  });
  if (answer.failed > 0) throw new Error(`${answer.failed} batches failed: ${answer.failure}`);
  return answer;
}

/** Bytes of the write-ahead log that there ever were. */
async function readLogPosition(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ position: number }>(
    `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS position`,
  );
  return rows[0]!.position;
}
