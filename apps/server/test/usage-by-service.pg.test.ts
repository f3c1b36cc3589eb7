import { afterAll, beforeAll, expect, test } from 'vitest';
import { BillingServices } from './billing-services.ts';

let billing: BillingServices;
beforeAll(async () => {
  billing = await BillingServices.start('2024-06-15T12:00:00Z');
});
afterAll(() => billing.stop());

const batch = { 'content-type': 'application/cloudevents-batch+json' };
const meters = [
  { key: 'calls', aggregation: 'count' },
  {
    key: 'bytes',
    aggregation: 'sum',
    valueProperty: 'bytes',
    dimensions: ['service'],
    filters: [{ property: 'cached', operator: 'not_equals', values: ['true'] }],
  },
  { key: 'peak', aggregation: 'max', valueProperty: 'bytes' },
];
const report = '/invoices/reports/usage-by-service?currency=EUR';

/** A tenant whose two accounts were billed for the usage that two services caused in May. */
async function openShop() {
  const tenant = billing.openTenant();
  const { metering, product, subscription } = tenant;
  for (const meter of meters)
    expect((await metering('POST', '/metering/meters', { name: 'meter', eventType: 'call', ...meter })).status).toBe(
      201,
    );
  const { id: productId } = (await product('POST', '/products', { key: 'api', name: 'API' })).body;
  const prices = meters.map(({ key }) => ({
    key,
    description: key,
    model: { model: 'per_unit', unitAmount: '0.5', meter: key },
  }));
  const plan = { key: 'api', name: 'API', productId, currency: 'EUR', period: { unit: 'month', count: 1 }, prices };
  const { id: planId } = (await product('POST', '/plans', plan)).body;
  const accounts = [tenant.addAccount(), tenant.addAccount()];
  for (const { id: accountId } of accounts)
    await subscription('POST', '/subscriptions', { accountId, planId, startsOn: '2024-05-01' });
  return { ...tenant, accounts };
}

type Shop = Awaited<ReturnType<typeof openShop>>;

async function use({ metering, accounts }: Shop, events: readonly (readonly [0 | 1, string, object, string?])[]) {
  const body = events.map(([account, source, data, time = '2024-05-10T00:00:00Z'], index) => ({
    specversion: '1.0',
    id: `${index} ${time}`,
    source,
    type: 'call',
    subject: accounts[account]!.id,
    time,
    data: { bytes: 1, ...data },
  }));
  expect((await metering('POST', '/usage/events', body, batch)).body).toMatchObject({ accepted: events.length });
}

test('what was billed of each meter is shared by the services that caused it, and adds up', async () => {
  const shop = await openShop();
  await use(shop, [
    [0, '/services/shop', { bytes: '2.5', service: 'shop' }],
    [0, 'urn:robot', { bytes: 4, service: 'mail' }],
    [0, '/services/mail', { bytes: 8, cached: true, service: 'mail' }],
    [1, '/services/shop', { bytes: 3 }],
    [1, 'urn:robot', { bytes: '-1' }],
    [1, '/services/shop', { bytes: 100 }, '2024-06-01T00:00:00Z'],
  ]);
  expect((await shop.subscription('POST', '/invoices/runs', {})).body).toMatchObject({ failed: 0, invoices: 2 });
  const { body } = await shop.subscription('GET', `${report}&from=2024-06&to=2024-06`);
  const rows = (body.data as Record<string, string>[]).map(({ meter, service, quantity, amountMinor }) => [
    meter,
    service,
    quantity,
    amountMinor,
  ]);
  expect(rows).toEqual([
    ['bytes', '', '2', '100'],
    ['bytes', 'mail', '4', '200'],
    ['bytes', 'shop', '2.5', '125'],
    ['calls', 'mail', '2', '100'],
    ['calls', 'shop', '2', '100'],
    ['calls', 'urn:robot', '1', '50'],
    ['peak', null, null, '550'],
  ]);
  expect(body.meters).toEqual([
    { month: '2024-06', meter: 'bytes', billedQuantity: '8.5', usedQuantity: '8.5', amountMinor: '425' },
    { month: '2024-06', meter: 'calls', billedQuantity: '5', usedQuantity: '5', amountMinor: '250' },
    { month: '2024-06', meter: 'peak', billedQuantity: '11', usedQuantity: null, amountMinor: '550' },
  ]);
  const usage = (await shop.subscription('GET', '/invoices/reports/usage?currency=EUR&from=2024-06&to=2024-06')).body;
  expect(usage.data.map(({ amountMinor }: { amountMinor: string }) => amountMinor)).toEqual(['425', '250', '550']);
});

test('usage that comes after it was billed, or is taken back, is beside what was billed', async () => {
  const shop = await openShop();
  await use(shop, [
    [0, '/services/shop', {}],
    [0, '/services/mail', {}],
  ]);
  await shop.subscription('POST', '/invoices/runs', {});
  await use(shop, [
    [1, '/services/shop', {}, '2024-05-20T00:00:00Z'],
    [0, '/services/shop', {}, '2024-05-20T00:00:00Z'],
    [0, 'urn:robot', {}, '2024-05-20T00:00:00Z'],
  ]);
  const place = { accountId: shop.accounts[0]!.id, source: '/services/mail', id: '1 2024-05-10T00:00:00Z' };
  expect((await shop.metering('POST', '/usage/events/retract', { ...place, reason: 'a test' })).status).toBe(200);
  const { body } = await shop.subscription('GET', `${report}&from=2024-06&to=2024-06`);
  const calls = ({ meter }: { meter: string }) => meter === 'calls';
  expect(body.data.filter(calls)).toMatchObject([
    { service: 'shop', quantity: '3', amountMinor: '75' },
    { service: 'urn:robot', quantity: '1', amountMinor: '25' },
  ]);
  expect(body.meters.find(calls)).toMatchObject({ billedQuantity: '2', usedQuantity: '4', amountMinor: '100' });
});

test('the report is a file where asked, of three months at most, and of one tenant', async () => {
  const shop = await openShop();
  await use(shop, [[0, '/services/shop', {}]]);
  await shop.subscription('POST', '/invoices/runs', {});
  const csv = await shop.subscription('GET', `${report}&from=2024-04&to=2024-06&format=csv`);
  expect(csv.headers['content-disposition']).toBe('attachment; filename="usage-by-service-EUR.csv"');
  expect(csv.body.split('\r\n')).toEqual([
    'month,meter,service,quantity,amountMinor',
    '2024-06,bytes,,1,50',
    '2024-06,calls,shop,1,50',
    '2024-06,peak,,,50',
    '',
  ]);
  const refused = await shop.subscription('GET', `${report}&from=2024-03&to=2024-06`);
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: '/query/to' }] } });
  const stranger = billing.openTenant();
  expect((await stranger.subscription('GET', `${report}&from=2024-06&to=2024-06`)).body).toMatchObject({
    data: [],
    meters: [],
  });
});
