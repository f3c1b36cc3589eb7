import { atLeast, atMost, type Benchmark, type BenchmarkContext, type Figure, type Outcome } from '../benchmark.ts';
import { createAccounts, createTenant, type Api } from '../platform/api.ts';
import { withPlatform } from '../platform/running-platform.ts';
import { meters } from '../usage-events.ts';

export const invoiceRun: Benchmark = {
  name: 'invoice-run',
  title: 'Invoice run',
  description:
    '`POST /api/v1/invoices/runs` for a month of 1,000, 10,000 and 100,000 subscriptions, each size in a tenant of its own, in one platform. Each subscription has a monthly fee and two graduated usage prices, and its account has usage of both meters in the month; ' +
    'accounts, plan, subscriptions and usage are made through the public API. Each gives one final invoice of three lines with a number. The rate is subscriptions by the time of the whole request; a small run before warms the server up. ' +
    'Linear means that a subscription of the largest run takes at most a quarter more than one of the run before.',
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

async function run(context: BenchmarkContext): Promise<Outcome> {
  const sizes = context.quick ? [1000, 5000] : [1000, 10_000, 100_000];
  return withPlatform(context, async (platform) => {
    await measure(context, platform.url, context.quick ? 200 : 1000);
    const results: { size: number; seconds: number }[] = [];
    for (const size of sizes) results.push({ size, seconds: await measure(context, platform.url, size) });
    const rates = results.map(({ size, seconds }): Figure => ({
      what: `${size.toLocaleString('en-US')} subscriptions`,
      value: size / seconds,
      unit: '/s',
      budget: atLeast(2000),
    }));
    const [before, last] = results.slice(-2);
    const perSubscription = (result: typeof last): number => (result?.seconds ?? NaN) / (result?.size ?? NaN);
    return {
      figures: [
        ...rates,
        {
          what: `Time per subscription at ${last?.size.toLocaleString('en-US')} to that at ${before?.size.toLocaleString('en-US')}`,
          value: perSubscription(last) / perSubscription(before),
          unit: '×',
          budget: atMost(1.25),
        },
      ],
      notes: [`The runs took ${results.map(({ seconds }) => `${seconds.toFixed(2)} s`).join(', ')}.`],
    };
  });
}

/** Seconds that the run over one month of so many subscriptions takes. */
async function measure(context: BenchmarkContext, url: string, size: number): Promise<number> {
  const { api } = await createTenant(url);
  for (const meter of meters) await api.post('/metering/meters', meter);
  const accounts = await createAccounts(api, size);
  const { start, secondMonth } = lastTwoMonths(new Date());
  const planId = await createPlan(api);
  await subscribe(api, accounts, planId, start);
  await sendUsage(api, accounts, start);
  // Nothing is owed at the start of a subscription that is paid in arrears; the run that is measured closes the month.
  await api.post('/invoices/runs', { until: start.toISOString() });
  const startedAt = performance.now();
  const answer = await api.post<RunAnswer>('/invoices/runs', { until: secondMonth.toISOString() });
  const seconds = (performance.now() - startedAt) / 1000;
  if (answer.subscriptions !== size || answer.invoices !== size || answer.failed !== 0)
    throw new Error(`${size} subscriptions gave ${JSON.stringify(answer)}`);
  context.say(`  ${size} subscriptions: ${Math.round(size / seconds)}/s`);
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
