import { atLeast, type Benchmark, type BenchmarkContext, type Outcome } from '../benchmark.ts';
import { CopyPeer } from '../copy-peer.ts';
import { createAccounts, createTenant } from '../platform/api.ts';
import { withPlatform, type RunningPlatform } from '../platform/running-platform.ts';
import { Child } from '../processes/child.ts';
import type { PostAnswer } from '../processes/http-load.ts';
import { median, percentile } from '../statistics.ts';
import { assertStored } from '../stored-events.ts';
import { batchSize, countDistinct, meters } from '../usage-events.ts';
import { withoutLoad, withoutLoadMeaning } from '../without-load.ts';

const connections = 32;

const small = { batchesPerCopy: 1, connections: 4 };
const large = { batchesPerCopy: 50, connections: 2 };

export const ingestion: Benchmark = {
  name: 'ingestion',
  title: 'Ingestion of usage',
  description:
    `\`POST /api/v1/usage/events\` with batches of ${batchSize} CloudEvents over ${connections} connections: authenticated, checked, deduplicated, counted into roll-ups and durable before the answer; their ids are UUIDs of version 7, as event emitters make them, and one event in twenty is a repetition. ` +
    'The peer gets the same events into tables of the same shape in the same PostgreSQL, from rows made beforehand and without HTTP, checks or roll-ups: COPY into a temporary table, then INSERT … ON CONFLICT DO NOTHING. ' +
    `It commits each ${batchSize} events (${small.connections} connections), as one who answers each batch must, and once more each 5,000 (${large.connections} connections), which nobody can who answers batches of ${batchSize}; the budget applies to both ratios. ` +
    'Rounds alternate, and the median round counts. ' +
    `${withoutLoadMeaning} The ratios count nothing out. Afterwards the stored events are counted: each must be there once.`,
  run,
};

async function run(context: BenchmarkContext): Promise<Outcome> {
  return withPlatform(context, async (platform) => {
    const load = new Child('http-load', context.environment);
    const peer = new CopyPeer(platform.databaseUrl);
    try {
      await peer.setUp();
      return await race(context, platform, load, peer);
    } finally {
      await peer.end();
      await load.stop();
    }
  });
}

async function race(
  context: BenchmarkContext,
  platform: RunningPlatform,
  load: Child,
  peer: CopyPeer,
): Promise<Outcome> {
  const { api, tenantId } = await createTenant(platform.url);
  for (const meter of meters) await api.post('/metering/meters', meter);
  const ids = await createAccounts(api, 1000);
  const accounts = ids.map((id, index) => ({ id, key: `customer-${index}` }));
  const [warmUp, batches, rounds] = context.quick ? [50, 300, 1] : [400, 2000, 5];
  const expected = { ours: 0, peer: 0 };

  const ingest = async (name: string, amount: number): Promise<PostAnswer> => {
    const question = {
      kind: 'ingest',
      url: platform.url,
      headers: api.headers,
      connections,
      batches: amount,
      run: name,
      accounts: accounts.map(({ key }) => key),
      time: new Date(),
    };
    const answer = await load.ask<PostAnswer>(question);
    if (answer.failed > 0) throw new Error(`${answer.failed} batches failed: ${answer.failure}`);
    expected.ours += countDistinct(amount);
    return answer;
  };
  const copy = async (name: string, amount: number, shape: typeof small): Promise<number> => {
    const seconds = await peer.load({ tenantId, run: name, batches: amount, accounts, time: new Date(), ...shape });
    expected.peer += countDistinct(amount);
    return seconds;
  };

  await ingest('warm-up', warmUp);
  await copy('warm-up', warmUp, small);
  const [ours, smallSeconds, largeSeconds]: [PostAnswer[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await ingest(`ours-${round}`, batches));
    smallSeconds.push(await copy(`small-${round}`, batches, small));
    largeSeconds.push(await copy(`large-${round}`, batches, large));
    const rates = [ours.at(-1)?.seconds, smallSeconds.at(-1), largeSeconds.at(-1)].map((seconds) =>
      Math.round((batches * batchSize) / (seconds ?? NaN)),
    );
    context.say(`  events/s: HTTP ${rates[0]}, COPY of ${batchSize} ${rates[1]}, COPY of 5000 ${rates[2]}`);
  }
  await assertStored(platform.databaseUrl, tenantId, expected.ours);
  const peerStored = await peer.countEvents();
  if (peerStored !== expected.peer) throw new Error(`the peer was sent ${expected.peer} events and has ${peerStored}`);

  const own = ours.map(({ seconds }) => seconds);
  // Of the median round: other machines on the same host come and go.
  const rate = (seconds: readonly number[]): number => (batches * batchSize) / median(seconds);
  const ratio = (peer: readonly number[]): number => {
    const ratios = peer.map((seconds, round) => seconds / (own[round] ?? NaN));
    return median(ratios) * 100;
  };
  const latencies = ours.flatMap((answer) => [...answer.latencies]);
  return {
    figures: [
      {
        what: 'Events per second over HTTP, the load generator counted out',
        value: rate(ours.map(withoutLoad)),
        unit: '/s',
        budget: atLeast(40_000),
      },
      { what: 'With the load generator', value: rate(own), unit: '/s' },
      {
        what: `Ratio to COPY with a commit each ${batchSize} events`,
        value: ratio(smallSeconds),
        unit: '%',
        budget: atLeast(40),
      },
      {
        what: 'Ratio to COPY with a commit each 5,000 events',
        value: ratio(largeSeconds),
        unit: '%',
        budget: atLeast(40),
      },
      { what: `COPY with a commit each ${batchSize} events`, value: rate(smallSeconds), unit: '/s' },
      { what: 'COPY with a commit each 5,000 events', value: rate(largeSeconds), unit: '/s' },
      { what: `A batch of ${batchSize}, median`, value: percentile(latencies, 0.5), unit: 'ms' },
      { what: `A batch of ${batchSize}, p99`, value: percentile(latencies, 0.99), unit: 'ms' },
    ],
    notes: [
      `${expected.ours.toLocaleString('en-US')} different events were sent over HTTP, and every one of them was found stored and counted once.`,
    ],
  };
}
