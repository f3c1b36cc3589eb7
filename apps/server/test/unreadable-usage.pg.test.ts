import { afterAll, beforeAll, expect, test } from 'vitest';
import { BillingServices } from './billing-services.ts';

let billing: BillingServices;
beforeAll(async () => {
  billing = await BillingServices.start('2024-06-15T12:00:00Z');
});
afterAll(() => billing.stop());

const matrix = {
  model: 'matrix',
  meter: 'compute',
  dimensions: ['region'],
  cells: [{ values: { region: 'eu' }, unitAmount: '0.4' }],
  otherUnitAmount: '0.5',
};
const month = { unit: 'month', count: 1 };

type Tenant = Awaited<ReturnType<typeof openShop>>;

/** A tenant with a plan by region and one by calls. */
async function openShop() {
  const tenant = billing.openTenant();
  const meters = [];
  for (const [key, dimensions] of [
    ['compute', ['region', 'service']],
    ['calls', []],
  ] as const)
    meters.push(
      (
        await tenant.metering('POST', '/metering/meters', {
          key,
          name: key,
          eventType: key,
          aggregation: 'count',
          dimensions,
        })
      ).body,
    );
  const { id: productId } = (await tenant.product('POST', '/products', { key: 'api', name: 'API' })).body;
  const addPlan = async (key: string, model: object) => {
    const prices = [{ key: 'usage', description: 'Usage', model }];
    const plan = { key, name: key, productId, currency: 'EUR', period: month, prices };
    return (await tenant.product('POST', '/plans', plan)).body;
  };
  const plans = {
    byRegion: await addPlan('regions', matrix),
    byCalls: await addPlan('calls', { model: 'per_unit', unitAmount: '2', meter: 'calls' }),
  };
  return { ...tenant, compute: meters[0], plans };
}

async function subscribe({ addAccount, subscription }: Tenant, planId: string) {
  const { id: accountId } = addAccount();
  return (await subscription('POST', '/subscriptions', { accountId, planId, startsOn: '2024-05-01' })).body;
}

const batch = { 'content-type': 'application/cloudevents-batch+json' };

async function use({ metering }: Tenant, accountId: string, type: string, regions: readonly string[]) {
  const events = regions.map((region, index) => ({
    specversion: '1.0',
    id: `${accountId}/${index}`,
    source: 'shop',
    type,
    subject: accountId,
    time: '2024-05-10T00:00:00Z',
    data: { region },
  }));
  expect((await metering('POST', '/usage/events', events, batch)).body).toMatchObject({ accepted: regions.length });
}

/** Changes by what the meter groups, and waits until it answers so. */
async function groupBy({ metering, compute }: Tenant, dimensions: readonly string[]) {
  const path = `/metering/meters/${compute.id}`;
  const { etag } = (await metering('GET', path)).headers;
  expect((await metering('PATCH', path, { dimensions }, { 'if-match': etag })).status).toBe(200);
  await billing.reAggregate();
}

async function totals({ subscription }: Tenant) {
  const { data } = (await subscription('GET', '/invoices')).body;
  return Object.fromEntries(
    data.map(({ accountId, totalMinor }: Record<string, string>) => [accountId, totalMinor]),
  ) as Record<string, string>;
}

test('a subscription whose usage cannot be read fails alone, and is billed once it can be', async () => {
  const shop = await openShop();
  const broken = await subscribe(shop, shop.plans.byRegion.id);
  const sound = await subscribe(shop, shop.plans.byCalls.id);
  await use(shop, broken.accountId, 'compute', ['eu', 'eu', 'us']);
  await use(shop, sound.accountId, 'calls', ['eu', 'us']);
  await groupBy(shop, ['service']);
  const run = async () => (await shop.subscription('POST', '/invoices/runs', {})).body;
  expect(await run()).toMatchObject({ failed: 1, subscriptions: 1, invoices: 1, skipped: 0 });
  expect(await totals(shop)).toEqual({ [sound.accountId]: '400' });
  expect(await run()).toMatchObject({ failed: 1, invoices: 0 });
  const change = { action: 'cancel', when: 'now' };
  expect(await shop.subscription('POST', `/subscriptions/${broken.id}/preview`, change)).toMatchObject({
    status: 422,
    body: { code: 'invoice.usage_unreadable' },
  });

  await groupBy(shop, ['region']);
  expect(await run()).toMatchObject({ failed: 0, invoices: 1 });
  expect(await totals(shop)).toEqual({ [sound.accountId]: '400', [broken.accountId]: '130' });
});

test('a plan whose meter has lost a dimension is sold to nobody, and no version of it is published', async () => {
  const shop = await openShop();
  const { byRegion } = shop.plans;
  const { id: accountId } = shop.addAccount();
  await groupBy(shop, ['service']);
  const sale = await shop.subscription('POST', '/subscriptions', { accountId, planId: byRegion.id });
  expect(sale).toMatchObject({
    status: 422,
    body: {
      code: 'subscription.meter_unsuitable',
      errors: [
        {
          path: '/prices/0/model/dimensions/0',
          message: '"region" is no dimension of the meter compute: it has service',
        },
      ],
    },
  });
  const batchSale = await shop.subscription('POST', '/subscriptions/batch', {
    items: [{ accountId, planId: byRegion.id }],
  });
  expect(batchSale.body.items).toMatchObject([{ status: 'refused', error: { code: 'subscription.meter_unsuitable' } }]);
  const prices = [{ key: 'usage', description: 'Usage', model: matrix }];
  expect(await shop.product('POST', `/plans/${byRegion.id}/versions`, { prices })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/prices/0/model/dimensions/0' }] },
  });
  await groupBy(shop, ['service', 'region']);
  expect((await shop.subscription('POST', '/subscriptions', { accountId, planId: byRegion.id })).status).toBe(201);
});
