import { atLeast, atMost, type Benchmark, type BenchmarkContext, type Figure, type Outcome } from '../benchmark.ts';
import { Api, createAccounts, createTenant } from '../platform/api.ts';
import { readPeak, resetPeak } from '../platform/memory.ts';
import { waitUntilIdle } from '../platform/process-tree.ts';
import { withPlatformOn } from '../platform/running-platform.ts';
import { meters } from '../usage-events.ts';

export const invoiceRun: Benchmark = {
  name: 'invoice-run',
  title: 'Invoice run',
  description:
    '`POST /api/v1/invoices/runs` for a month of 1,000, 10,000 and 100,000 subscriptions, each size in a tenant of its own, in one database. Each subscription has a monthly fee and two graduated usage prices, and its account has usage of both meters in the month; ' +
    'accounts, plan, subscriptions and usage are made through the public API. Each gives one final invoice of three lines with a number. Then the server process is started anew and warmed up by a small run in yet another tenant, whose events are delivered before the run that is measured; those of that one are delivered during it. The rate is subscriptions by the time of the whole request. ' +
    'Linear means that a subscription of the largest run takes at most a quarter more than one of the run before. ' +
    'Peak memory is the most resident memory (RSS) that the server process had during the run, as the kernel counts it, in MB of 10⁶ bytes; flat means that the largest run had at most a quarter more than the one before.',
  run,
};

const tiers = [
  { upTo: '1000', unitAmount: '0' },
  { upTo: '10000', unitAmount: '0.002' },
  { upTo: null, unitAmount: '0.001' },
];

interface RunAnswer {
  readonly subscriptions: number;
  readonly invoices: number;
  readonly failed: number;
}

interface Measured {
  readonly size: number;
  readonly seconds: number;
  /** MB that the server process had at most during the run, and had when it began. */
  readonly peak: number;
  readonly before: number;
}

async function run(context: BenchmarkContext): Promise<Outcome> {
  const sizes = context.quick ? [200, 1000, 5000] : [1000, 10_000, 100_000];
  const folder = await context.folders.create();
  try {
    const results: Measured[] = [];
    for (const size of sizes) results.push(await measure(context, folder, size));
    return summarise(results);
  } finally {
    await context.folders.remove(folder);
  }
}

function summarise(results: readonly Measured[]): Outcome {
  const named = ({ size }: Measured): string => `${size.toLocaleString('en-US')} subscriptions`;
  const [before, last] = results.slice(-2) as [Measured, Measured];
  const lastToBefore = `at ${last.size.toLocaleString('en-US')} to that at ${before.size.toLocaleString('en-US')}`;
  const perSubscription = ({ seconds, size }: Measured): number => seconds / size;
  return {
    figures: [
      ...results.map((result): Figure => {
        return { what: named(result), value: result.size / result.seconds, unit: '/s', budget: atLeast(2000) };
      }),
      {
        what: `Time per subscription ${lastToBefore}`,
        value: perSubscription(last) / perSubscription(before),
        unit: '×',
        budget: atMost(1.25),
      },
      ...results.map((result): Figure => ({ what: `Peak memory, ${named(result)}`, value: result.peak, unit: 'MB' })),
      { what: `Peak memory ${lastToBefore}`, value: last.peak / before.peak, unit: '×', budget: atMost(1.25) },
    ],
    notes: [
      `The runs took ${results.map(({ seconds }) => `${seconds.toFixed(2)} s`).join(', ')}.`,
      `When they began, the process had ${results.map((result) => `${Math.round(result.before)} MB`).join(', ')}.`,
    ],
  };
}

/** Measures the run over one month of so many subscriptions, in a server process of its own. */
async function measure(context: BenchmarkContext, folder: string, size: number): Promise<Measured> {
  const { headers } = await withPlatformOn(context, folder, ({ url }) => prepare(url, size));
  return withPlatformOn(context, folder, async ({ url, pid }) => {
    const warmUp = context.quick ? 200 : 5000;
    await closeMonth(await prepare(url, warmUp), warmUp);
    await waitUntilIdle(pid);
    await resetPeak(pid);
    const before = await readPeak(pid);
    const seconds = await closeMonth(new Api(url, headers), size);
    const peak = await readPeak(pid);
    context.say(`  ${size} subscriptions: ${Math.round(size / seconds)}/s, peak ${Math.round(peak)} MB`);
    return { size, seconds, peak, before };
  });
}

/** Makes a tenant with so many subscriptions and their usage; nothing is owed before the end of the month. */
async function prepare(url: string, size: number): Promise<Api> {
  const { api } = await createTenant(url);
  for (const meter of meters) await api.post('/metering/meters', meter);
  const accounts = await createAccounts(api, size);
  const { start } = lastTwoMonths(new Date());
  const planId = await createPlan(api);
  await subscribe(api, accounts, planId, start);
  await sendUsage(api, accounts, start);
  await api.post('/invoices/runs', { until: start.toISOString() });
  return api;
}

/** Seconds that the run takes which closes the month. */
async function closeMonth(api: Api, size: number): Promise<number> {
  const { secondMonth } = lastTwoMonths(new Date());
  const startedAt = performance.now();
  const answer = await api.post<RunAnswer>('/invoices/runs', { until: secondMonth.toISOString() });
  const seconds = (performance.now() - startedAt) / 1000;
  if (answer.subscriptions !== size || answer.invoices !== size || answer.failed !== 0)
    throw new Error(`${size} subscriptions gave ${JSON.stringify(answer)}`);
  return seconds;
}

/** The month before this one, and this one, in UTC. */
function lastTwoMonths(now: Date): { start: Date; secondMonth: Date } {
  return {
    start: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)),
    secondMonth: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)),
  };
}

async function createPlan(api: Api): Promise<string> {
  const product = await api.post<{ id: string }>('/products', { key: 'hosting', name: 'Hosting' });
  const plan = await api.post<{ id: string }>('/plans', {
    key: 'team',
    name: 'Team',
    productId: product.id,
    currency: 'EUR',
    period: { unit: 'month', count: 1 },
    prices: [
      { key: 'fee', description: 'Monthly fee', model: { model: 'flat', amount: '29.00', timing: 'arrears' } },
      { key: 'calls', description: 'API calls', model: { model: 'graduated', meter: 'api_call', tiers } },
      { key: 'egress', description: 'Egress', model: { model: 'graduated', meter: 'egress_bytes', tiers } },
    ],
  });
  return plan.id;
}

async function subscribe(api: Api, accounts: readonly string[], planId: string, start: Date): Promise<void> {
  const startsOn = start.toISOString().slice(0, 10);
  for (const group of groupsOf(accounts, 500)) {
    const { items } = await api.post<{ items: { status: string }[] }>('/subscriptions/batch', {
      items: group.map((accountId) => ({ accountId, planId, startsOn })),
    });
    const refused = items.find(({ status }) => status !== 'created');
    if (refused !== undefined) throw new Error(`a subscription was not created: ${JSON.stringify(refused)}`);
  }
}

/** Four events for each account, in different weeks. */
async function sendUsage(api: Api, accounts: readonly string[], start: Date): Promise<void> {
  for (const [batch, group] of groupsOf(accounts, 200).entries()) {
    const events = group.flatMap((subject, index) =>
      [0, 1, 2, 3].map((week) => ({
        specversion: '1.0',
        id: `${batch}-${index}-${week}`,
        source: '/bench',
        subject,
        type: week % 2 === 0 ? 'api_call' : 'egress_bytes',
        time: new Date(start.getTime() + (week * 7 + (index % 7)) * 86_400_000).toISOString(),
        data: { bytes: 1000 + 77 * index },
      })),
    );
    const { accepted } = await api.post<{ accepted: number }>('/usage/events', events);
    if (accepted !== events.length) throw new Error(`${accepted} of ${events.length} events were accepted`);
  }
}

function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
