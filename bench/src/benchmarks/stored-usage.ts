import { atLeast, atMost, type Benchmark, type BenchmarkContext, type Outcome } from '../benchmark.ts';
import { Api, createAccounts, createTenant } from '../platform/api.ts';
import { withPlatformOn, type RunningPlatform } from '../platform/running-platform.ts';
import { Child } from '../processes/child.ts';
import { median, percentile } from '../statistics.ts';
import { askCurrentUsage, assertHeavyAccount } from '../stored/current-usage.ts';
import { describeEvent, type GeneratedUsage } from '../stored/generated-usage.ts';
import { connections, ingestInRounds, type Ingested, type IngestPlan } from '../stored/ingest-in-rounds.ts';
import { loadUsage } from '../stored/load-usage.ts';
import { assertConsistent, howManyFit, measureStorage, type StoredBytes } from '../stored/storage.ts';
import { batchSize, meters } from '../usage-events.ts';

const [accountCount, days, heavyShare] = [1000, 30, 0.1];

export const storedUsage: Benchmark = {
  name: 'stored-usage',
  title: 'Usage with 100 million stored events',
  description:
    `First 10 million CloudEvents are ingested into an empty platform over HTTP, in batches of ${batchSize} over ${connections} connections, as in the benchmark of ingestion: ${accountCount} accounts, two meters, ids that are UUIDs of version 7, one event in twenty a repetition. The resident memory (RSS, in MB of 10⁶ bytes) of the server process is taken four times a second; its level after a million is the median while the second million is sent, that at the end the median of the last million. ` +
    'Then the platform is stopped, and its tables of usage are filled anew with 100 million events over thirty days, a tenth of them of one account: COPY of the rows in the order of their time, so that the rows of an account lie scattered, with the keys that their source and id have, then the indexes; the roll-ups fit them. A generated event that is sent again must be found to be a repetition. Fewer are made where the disk has no room for them, which the first figure tells. ' +
    '`GET /api/v1/usage/current` asks over the thirty days, one request after the other, for random accounts and for the heavy one. ' +
    'Then two more million are ingested, of which the second is compared with the second one of the empty platform: events per second are the median of the rounds. PostgreSQL has the usual 96 MB of shared buffers in all of it; what does not fit there comes from the cache of the operating system. ' +
    'Bytes are those on disk with indexes, of the generated events, whose indexes are as dense as PostgreSQL makes them, and of those that were ingested.',
  run,
};

interface Sizes {
  readonly ingested: number;
  /** What the description calls a million. */
  readonly step: number;
  readonly batchesPerRound: number;
  readonly stored: number;
  /** How many are stored to find out how many fit. */
  readonly pilot: number;
  readonly requests: number;
}

const full: Sizes = {
  ingested: 10_000_000,
  step: 1_000_000,
  batchesPerRound: 2000,
  stored: 100_000_000,
  pilot: 1_000_000,
  requests: 2000,
};
const quick: Sizes = {
  ingested: 200_000,
  step: 40_000,
  batchesPerRound: 200,
  stored: 500_000,
  pilot: 50_000,
  requests: 300,
};

interface Stage {
  readonly context: BenchmarkContext;
  readonly sizes: Sizes;
  /** The platform's data, which outlives the processes that work on it. */
  readonly folder: string;
  /** The process that sends events. */
  readonly load: Child;
}

/** What is in the platform before there is any usage. */
interface Tenant {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly accounts: readonly string[];
  readonly series: readonly [string, string];
}

async function run(context: BenchmarkContext): Promise<Outcome> {
  const folder = await context.folders.create();
  const load = new Child('http-load', context.environment);
  const stage: Stage = { context, sizes: context.quick ? quick : full, folder, load };
  try {
    const { tenant, fresh } = await withPlatformOn(context, folder, (platform) => fill(stage, platform));
    const usage = await store(stage, tenant);
    return await withPlatformOn(context, folder, (platform) => measure(stage, platform, { tenant, usage, fresh }));
  } finally {
    await load.stop();
    await context.folders.remove(folder);
  }
}

interface Fresh extends Ingested {
  readonly bytes: StoredBytes;
}

/** Ingests into the empty platform. */
async function fill(stage: Stage, platform: RunningPlatform): Promise<{ tenant: Tenant; fresh: Fresh }> {
  const { tenantId: id, api } = await createTenant(platform.url);
  const series: string[] = [];
  for (const meter of meters) series.push((await api.post<{ id: string }>('/metering/meters', meter)).id);
  const [calls, bytes] = series as [string, string];
  const accounts = await createAccounts(api, accountCount);
  const tenant: Tenant = { id, headers: api.headers, accounts, series: [calls, bytes] };
  const ingested = await ingest(stage, platform, { tenant, name: 'fresh', events: stage.sizes.ingested });
  return { tenant, fresh: { ...ingested, bytes: await measureStorage(platform.databaseUrl) } };
}

async function ingest(
  { context, sizes, load }: Stage,
  { url, pid, databaseUrl }: RunningPlatform,
  { tenant, ...part }: { readonly tenant: Tenant } & Pick<IngestPlan, 'name' | 'events'>,
): Promise<Ingested> {
  const accountKeys = tenant.accounts.map((_, index) => `customer-${index}`);
  const target = { url, headers: tenant.headers, accountKeys, pid, databaseUrl };
  return ingestInRounds(load, { ...target, ...sizes, ...part, say: context.say });
}

/** Replaces what was ingested by as many generated events as shall be stored, or as fit. */
async function store({ context, sizes, folder }: Stage, tenant: Tenant): Promise<GeneratedUsage> {
  const quarter = 900_000;
  const to = new Date(Math.floor(Date.now() / quarter) * quarter);
  const from = new Date(to.getTime() - days * 86_400_000);
  const { accounts, series } = tenant;
  const usage = { tenantId: tenant.id, accounts, heavyShare, from, to, series };
  const pilot = await loadUsage(folder, { ...usage, events: sizes.pilot }, () => {});
  const mostWindows = accountCount * meters.length * ((to.getTime() - from.getTime()) / quarter);
  const room = await howManyFit(folder, { ...pilot, events: sizes.pilot, mostWindows });
  const step = sizes.stored / 20;
  const events = Math.min(sizes.stored, Math.floor(room.events / step) * step);
  if (events < sizes.stored) context.say(`  There is no room for ${sizes.stored} events: ${room.reason}`);
  if (events < sizes.stored / 5) throw new Error(`there is no room for a fifth of the events: ${room.reason}`);
  await loadUsage(folder, { ...usage, events }, (line) => context.say(`  ${events} events, ${line}`));
  return { ...usage, events };
}

interface Filled {
  readonly tenant: Tenant;
  readonly usage: GeneratedUsage;
  readonly fresh: Fresh;
}

async function measure(stage: Stage, platform: RunningPlatform, { tenant, usage, fresh }: Filled): Promise<Outcome> {
  const { sizes } = stage;
  const { databaseUrl, url } = platform;
  await assertConsistent(databaseUrl, tenant.id, { events: usage.events, accountId: tenant.accounts[1]! });
  const bytes = await measureStorage(databaseUrl);
  const question = { api: new Api(url, tenant.headers), accounts: tenant.accounts, from: usage.from };
  await assertHeavyAccount(question, usage.events * heavyShare);
  await assertRepetition(question.api, usage);
  const { random, heavy } = await askCurrentUsage(question, sizes.requests);
  const late = await ingest(stage, platform, { tenant, name: 'late', events: 2 * sizes.step });
  const [before, after] = [fresh, late].map(({ steps }) => steps[1]!) as [Ingested['steps'][0], Ingested['steps'][0]];
  const [early, last] = [before, fresh.steps.at(-1)!].map(({ memory }) => median(memory)) as [number, number];
  const [millions, perEvent] = [
    (events: number) => `${events / 1e6} million`,
    (amount: number) => amount / usage.events,
  ];
  const few = `${millions(sizes.step)} stored`;
  const many = `${millions(usage.events)} stored`;
  const target = stage.context.quick ? undefined : atLeast(sizes.stored);
  return {
    figures: [
      { what: 'Events stored', value: usage.events, unit: 'events', budget: target },
      { what: 'Current usage of a random account, median', value: percentile(random, 0.5), unit: 'ms' },
      {
        what: 'Current usage of a random account, p99',
        value: percentile(random, 0.99),
        unit: 'ms',
        budget: atMost(20),
      },
      { what: 'Current usage of the heavy account, median', value: percentile(heavy, 0.5), unit: 'ms' },
      {
        what: 'Current usage of the heavy account, p99',
        value: percentile(heavy, 0.99),
        unit: 'ms',
        budget: atMost(20),
      },
      { what: `Ingestion with ${few}`, value: before.eventsPerSecond, unit: '/s' },
      { what: `Ingestion with ${many}`, value: after.eventsPerSecond, unit: '/s' },
      {
        what: `Ingestion with ${many} to that with ${few}`,
        value: (after.eventsPerSecond / before.eventsPerSecond) * 100,
        unit: '%',
        budget: atLeast(90),
      },
      { what: `A batch of ${batchSize} with ${few}, p99`, value: percentile(before.latencies, 0.99), unit: 'ms' },
      { what: `A batch of ${batchSize} with ${many}, p99`, value: percentile(after.latencies, 0.99), unit: 'ms' },
      { what: `Write-ahead log of an event with ${few}`, value: before.logBytesPerEvent, unit: 'bytes' },
      { what: `Write-ahead log of an event with ${many}`, value: after.logBytesPerEvent, unit: 'bytes' },
      { what: 'Disk for an event: row and index', value: perEvent(bytes.events), unit: 'bytes' },
      { what: 'Disk for an event: key for deduplication', value: perEvent(bytes.keys), unit: 'bytes' },
      { what: 'Disk for an event: roll-ups', value: perEvent(bytes.rollUps), unit: 'bytes' },
      { what: 'Disk for an ingested event: row and index', value: fresh.bytes.events / fresh.distinct, unit: 'bytes' },
      {
        what: 'Disk for an ingested event: key for deduplication',
        value: fresh.bytes.keys / fresh.distinct,
        unit: 'bytes',
      },
      { what: `Server process after ${millions(sizes.step)} ingested events, RSS`, value: early, unit: 'MB' },
      { what: `Server process after ${millions(sizes.ingested)}, RSS`, value: last, unit: 'MB' },
      {
        what: 'Server process, RSS, the last to the first of these',
        value: last / early,
        unit: '×',
        budget: atMost(1.15),
      },
    ],
    notes: [
      `The first request for the heavy account took ${heavy[0]?.toFixed(1)} ms; ${random.length} were sent for random accounts, ${heavy.length} for that one. The time includes the client, the gateway and the whole request.`,
      `On the empty platform: ${fresh.steps.map(({ eventsPerSecond }) => Math.round(eventsPerSecond).toLocaleString('en-US')).join(', ')} events/s for each ${millions(sizes.step)}; with ${many}: ${late.steps.map(({ eventsPerSecond }) => Math.round(eventsPerSecond).toLocaleString('en-US')).join(', ')}.`,
    ],
  };
}

/** The generated keys are those that the platform gives: it knows the event. */
async function assertRepetition(api: Api, usage: GeneratedUsage): Promise<void> {
  const event = describeEvent(usage, Math.ceil(usage.events / 2));
  const { duplicates } = await api.post<{ duplicates: number }>('/usage/events', [event]);
  if (duplicates !== 1) throw new Error('a generated event was accepted when it was sent again');
}
