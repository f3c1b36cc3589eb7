import pg from 'pg';
import type { Benchmark, BenchmarkContext, Figure, Outcome } from '../benchmark.ts';
import { findPeer } from '../peers/find-peer.ts';
import { startKillBill, type KillBill } from '../peers/kill-bill.ts';
import { killBillCatalogue } from '../peers/kill-bill-catalogue.ts';
import { createAccounts, createTenant } from '../platform/api.ts';
import { withPlatform, type RunningPlatform } from '../platform/running-platform.ts';
import { Child } from '../processes/child.ts';
import type { PostAnswer } from '../processes/http-load.ts';
import { median, percentile } from '../statistics.ts';
import { assertStored } from '../stored-events.ts';
import { batchSize, countDistinct, meters } from '../usage-events.ts';

const connections = 32;
const subscriptionCount = 100;
const missing =
  '**Skipped**: Kill Bill is missing, so nothing is compared with it; `npm run peers -- kill-bill` gets it.';

export const besideKillBill: Benchmark = {
  name: 'beside-kill-bill',
  title: 'Ingestion of usage beside Kill Bill',
  description:
    `Usage over HTTP into the platform and into a real Kill Bill, each with its database in the same PostgreSQL, in turns, over ${connections} connections; one usage record in each request, and ${batchSize}. ` +
    `Here a record is a CloudEvent at \`POST /api/v1/usage/events\`, of any of ${subscriptionCount} accounts and of either of two meters; each one is deduplicated by itself, one in twenty is a repetition, and all are counted into roll-ups. ` +
    `There \`POST /1.0/kb/usages\` takes records of one subscription and one unit, of which there are ${subscriptionCount} with a plan that charges for it; a request is deduplicated as a whole, by its tracking id, none is repeated, and amounts are added up when an invoice is made. Both answer when the records are durable. ` +
    'Kill Bill runs in Tomcat with 1 GB of heap, 16 database connections and its own defaults, except that it hashes the secret of its tenant once with each request instead of 200,000 times, which would be nearly all that is measured. ' +
    'Load generator, both servers and PostgreSQL share all cores, and the one that is not asked is idle. Each figure is the median of its rounds after a warm-up, each ratio that of the rounds beside each other. Afterwards what both have stored is counted.',
  run,
};

type Way = 'single' | 'batch';

/** Sends so many requests and tells how long they took. */
type Send = (requests: number) => Promise<PostAnswer>;

interface Contender {
  readonly send: Readonly<Record<Way, Send>>;
  /** Throws unless everything that was sent is stored, once. */
  readonly assertStored: () => Promise<void>;
}

interface Total {
  readonly rates: number[];
  readonly latencies: number[];
}

async function run(context: BenchmarkContext): Promise<Outcome> {
  const tables = await findPeer(context, 'kill-bill');
  if (tables === undefined) {
    context.say('  SKIPPED: Kill Bill is missing, so nothing is compared with it; npm run peers -- kill-bill');
    return { figures: [], notes: [missing] };
  }
  return withPlatform(context, async (platform) => {
    const load = new Child('http-load', context.environment);
    try {
      const killBill = await startKillBill(context, tables, platform.databaseUrl);
      try {
        const contenders = { ours: await prepareOurs(platform, load), theirs: await prepareTheirs(killBill, load) };
        return await race(context, contenders);
      } finally {
        await killBill.stop();
      }
    } finally {
      await load.stop();
    }
  });
}

async function race(
  context: BenchmarkContext,
  contenders: Readonly<Record<'ours' | 'theirs', Contender>>,
): Promise<Outcome> {
  // About as many seconds of each; Java needs some thousand requests until it is fast.
  const requests = { ours: { single: 10_000, batch: 1000 }, theirs: { single: 3000, batch: 300 } };
  const [share, warmUps, rounds] = context.quick ? [0.1, 1, 1] : [1, 3, 5];
  const names = ['ours', 'theirs'] as const;
  const totals = names.map(() => ({ single: emptyTotal(), batch: emptyTotal() }));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [index, name] of names.entries()) {
      for (const way of ['single', 'batch'] as const) {
        const amount = Math.ceil((requests[name][way] * share) / batchSize) * batchSize;
        const { seconds, latencies } = await contenders[name].send[way](amount);
        const rate = (amount * (way === 'batch' ? batchSize : 1)) / seconds;
        context.say(`  ${name} ${way}${round < 0 ? ', warm-up' : ''}: ${Math.round(rate)} records/s`);
        if (round < 0) continue;
        totals[index]![way].rates.push(rate);
        totals[index]![way].latencies.push(...latencies);
      }
    }
  }
  for (const name of names) await contenders[name].assertStored();
  const [ours, theirs] = totals;
  return {
    figures: [
      ...summarise('One record a request', ours!.single, theirs!.single),
      ...summarise(`${batchSize} records a request`, ours!.batch, theirs!.batch),
    ],
    notes: ['Everything that was sent was found stored, once, in both.'],
  };
}

function emptyTotal(): Total {
  return { rates: [], latencies: [] };
}

function summarise(what: string, ours: Total, theirs: Total): Figure[] {
  const ratio = median(ours.rates.map((rate, round) => rate / (theirs.rates[round] ?? NaN)));
  return [
    { what: `${what}: the platform to Kill Bill`, value: ratio, unit: '×' },
    { what: `${what}: the platform`, value: median(ours.rates), unit: '/s' },
    { what: `${what}: Kill Bill`, value: median(theirs.rates), unit: '/s' },
    { what: `${what}: the platform, p99 of a request`, value: percentile(ours.latencies, 0.99), unit: 'ms' },
    { what: `${what}: Kill Bill, p99 of a request`, value: percentile(theirs.latencies, 0.99), unit: 'ms' },
  ];
}

async function prepareOurs({ url, databaseUrl }: RunningPlatform, load: Child): Promise<Contender> {
  const { api, tenantId } = await createTenant(url);
  for (const meter of meters) await api.post('/metering/meters', meter);
  const accounts = (await createAccounts(api, subscriptionCount)).map((_, index) => `customer-${index}`);
  let [runs, events] = [0, 0];
  const send = async (batches: number, single: boolean): Promise<PostAnswer> => {
    const question = { kind: 'ingest', url, headers: api.headers, connections, batches, single };
    events += countDistinct(batches);
    return check(await load.ask<PostAnswer>({ ...question, run: String((runs += 1)), accounts, time: new Date() }));
  };
  return {
    send: { single: (requests) => send(requests / batchSize, true), batch: (requests) => send(requests, false) },
    assertStored: () => assertStored(databaseUrl, tenantId, events),
  };
}

async function prepareTheirs(killBill: KillBill, load: Child): Promise<Contender> {
  await killBill.create('/catalog/xml', killBillCatalogue, 'text/xml');
  const subscriptions: string[] = [];
  for (let index = 0; index < subscriptionCount; index += 1) {
    const account = { externalKey: `customer-${index}`, name: `Customer ${index}`, currency: 'EUR' };
    const accountId = await killBill.create('/accounts', account);
    const wanted = { accountId, planName: 'team', externalKey: `subscription-${index}` };
    subscriptions.push(await killBill.create('/subscriptions', wanted));
  }
  const recordDate = new Date().toISOString().slice(0, 10);
  let [sent, records] = [0, 0];
  const send = async (requests: number, size: number): Promise<PostAnswer> => {
    const bodies = Array.from({ length: requests }, () => {
      const usageRecords = Array.from({ length: size }, (_, index) => ({ recordDate, amount: 1 + (index % 50) }));
      const subscriptionId = subscriptions[sent % subscriptions.length];
      const unitUsageRecords = [{ unitType: 'api_call', usageRecords }];
      return JSON.stringify({ subscriptionId, trackingId: `bench-${(sent += 1)}`, unitUsageRecords });
    });
    records += requests * size;
    const headers = { ...killBill.headers, 'content-type': 'application/json' };
    return check(
      await load.ask<PostAnswer>({ kind: 'post', url: `${killBill.url}/usages`, headers, connections, bodies }),
    );
  };
  return {
    send: { single: (requests) => send(requests, 1), batch: (requests) => send(requests, batchSize) },
    async assertStored() {
      const stored = await countRecords(killBill.databaseUrl);
      if (stored !== records) throw new Error(`Kill Bill was sent ${records} records and has ${stored}`);
    },
  };
}

function check(answer: PostAnswer): PostAnswer {
  if (answer.failed > 0) throw new Error(`${answer.failed} requests failed: ${answer.failure}`);
  return answer;
}

async function countRecords(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM rolled_up_usage');
    return rows[0]?.count ?? NaN;
  } finally {
    await client.end();
  }
}
