import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  buildCoupon,
  buildFee,
  buildPlan,
  buildPrice,
  month,
  openShop,
  pathsOf,
  type Shop,
  metering,
} from '../../test/builders.ts';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service, { contracts: { metering } });
});
afterAll(() => catalogue.stop());

const flat = (amount: string) => ({ model: 'flat', amount, timing: 'advance' });
const path = '/products/catalogue';

/** A shop with something of everything, made by single operations. */
async function openFullShop(): Promise<Shop> {
  const shop = await openShop(catalogue);
  const { send, productId } = shop;
  await send('POST', '/features', { key: 'sso', name: 'SSO', productId, type: 'boolean' });
  await send('POST', '/features', { key: 'calls', name: 'Calls', productId, type: 'metered', meter: 'api_call' });
  await send('POST', '/plan-families', { key: 'api', name: 'API', upgrade: 'period_end' });
  const package_ = { model: 'package', packageSize: '100', packageAmount: '1', meter: 'api_call' };
  const prices = [
    { ...buildFee({ model: flat('10.00') }), models: { USD: flat('11') }, taxCategory: 'digital' },
    { ...buildPrice('calls', package_), models: { USD: package_ } },
  ];
  const terms = {
    currencies: ['USD'],
    minimumSpend: '5',
    minimumSpends: { USD: '6' },
    prices,
    entitlements: [
      { feature: 'calls', value: '1000', alertsAt: [80] },
      { feature: 'sso', value: true },
    ],
  };
  const small = buildPlan(productId, { key: 'small', family: { key: 'api', rank: 1 }, ...terms });
  const { body: plan } = await send('POST', '/plans', small);
  await send('POST', '/plans', buildPlan(productId, { key: 'large', family: { key: 'api', rank: 2 } }));
  await send('PATCH', `/plans/${plan.id}`, { family: { changesTo: ['large'] } });
  await send('POST', '/plans', buildPlan(productId, { key: 'add', kind: 'add_on', addOnTo: ['small', 'large'] }));
  const { body: old } = await send('POST', '/plans', buildPlan(productId, { key: 'old' }));
  await send('PATCH', `/plans/${old.id}`, { archived: true });
  await send('POST', '/coupons', buildCoupon({ plans: ['small'], prices: ['fee'] }));
  const until = '2030-01-01T01:00:00+01:00';
  const discount = { kind: 'amount', amount: '5', currency: 'EUR' };
  await send('POST', '/coupons', buildCoupon({ code: 'FIVE', discount, redeemableUntil: until, periods: 2 }));
  return shop;
}

const actionsOf = (body: { results: { resource: string; key: string; action: string }[] }) =>
  body.results
    .filter(({ action }) => action !== 'unchanged')
    .map(({ resource, key, action }) => [resource, key, action]);

test('exports everything by keys, in their order, the same each time', async () => {
  const { send } = await openFullShop();
  const { status, body } = await send('GET', path);
  expect(status).toBe(200);
  const keysOf = (items: { key: string }[]) => items.map(({ key }) => key);
  expect({
    products: keysOf(body.products),
    features: keysOf(body.features),
    families: keysOf(body.families),
    plans: keysOf(body.plans),
    coupons: body.coupons.map(({ code }: { code: string }) => code),
  }).toEqual({
    products: ['api'],
    features: ['calls', 'sso'],
    families: ['api'],
    plans: ['add', 'large', 'old', 'small'],
    coupons: ['FIVE', 'WELCOME'],
  });
  expect(body.plans[0]).toMatchObject({ product: 'api', kind: 'add_on', addOnTo: ['large', 'small'], family: null });
  expect(body.plans[2]).toMatchObject({ archived: true });
  expect(body.plans[3]).toMatchObject({
    family: { key: 'api', rank: 1, changesTo: ['large'] },
    minimumSpends: { USD: '6' },
    prices: [
      { key: 'fee', models: { USD: flat('11') } },
      { key: 'calls', model: { rounding: 'up' } },
    ],
  });
  expect(JSON.stringify(body)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(JSON.stringify((await send('GET', path)).body)).toBe(JSON.stringify(body));
});

test('an export that is imported where it comes from changes nothing', async () => {
  const { send } = await openFullShop();
  const { body: document } = await send('GET', path);
  const before = (await send('GET', '/plans')).body;
  await catalogue.takeEvents();
  const answer = await send('PUT', `${path}?archiveOthers=true`, document);
  expect(answer.status).toBe(200);
  expect(answer.body.results).toHaveLength(10);
  expect(actionsOf(answer.body)).toEqual([]);
  expect(await catalogue.takeEvents()).toEqual([]);
  expect((await send('GET', '/plans')).body).toEqual(before);
});

test('an export gives another tenant the same catalogue, and importing it again changes nothing', async () => {
  const { send } = await openFullShop();
  const { body: document } = await send('GET', path);
  const principal = buildPrincipal();
  const other = (method: 'GET' | 'PUT', address: string, body?: unknown) =>
    catalogue.request(method, address, { principal, ...(body === undefined ? {} : { body }) });
  const preview = await other('PUT', `${path}?dryRun=true`, document);
  expect(preview.body.dryRun).toBe(true);
  expect((await other('GET', path)).body.products).toEqual([]);
  const done = await other('PUT', path, document);
  expect(done.body).toEqual({ ...preview.body, dryRun: false });
  expect(new Set(actionsOf(done.body).map(([, , action]) => action))).toEqual(new Set(['created']));
  expect(JSON.stringify((await other('GET', path)).body)).toBe(JSON.stringify(document));
  expect(actionsOf((await other('PUT', path, document)).body)).toEqual([]);
});

test('publishes a version only of the plan whose terms differ, and tells in what', async () => {
  const { send } = await openFullShop();
  const { body: document } = await send('GET', path);
  document.plans[1].prices[0].model.amount = '12';
  document.plans[3].name = 'Small';
  document.features[1].name = 'Single sign-on';
  document.families[0].downgrade = 'now';
  document.coupons[0].archived = true;
  document.products.push({ key: 'web', name: 'Web' });
  const preview = (await send('PUT', `${path}?dryRun=true`, document)).body;
  await catalogue.takeEvents();
  const { body } = await send('PUT', path, document);
  expect(body).toEqual({ ...preview, dryRun: false });
  expect(actionsOf(body)).toEqual([
    ['product', 'web', 'created'],
    ['feature', 'sso', 'updated'],
    ['plan_family', 'api', 'updated'],
    ['plan', 'large', 'version_published'],
    ['plan', 'small', 'updated'],
    ['coupon', 'FIVE', 'archived'],
  ]);
  expect(body.results.find(({ key }: { key: string }) => key === 'large')).toMatchObject({
    planVersion: 2,
    changes: [{ kind: 'price_changed', path: '/prices/fee/model/amount', before: '10', after: '12' }],
  });
  const events = (await catalogue.takeEvents()) as unknown as { data: { action: string } }[];
  expect(events.map(({ data }) => data.action)).toEqual([
    'product.created',
    'feature.updated',
    'plan_family.updated',
    'plan.version_published',
    'plan.updated',
    'coupon.updated',
  ]);
  expect(actionsOf((await send('PUT', path, document)).body)).toEqual([]);
  const plans = (await send('GET', '/plans')).body.data as { key: string; planVersion: number }[];
  expect(plans.map(({ key, planVersion }) => [key, planVersion])).toEqual([
    ['small', 1],
    ['large', 2],
    ['add', 1],
    ['old', 1],
  ]);
});

test('what a file does not name stays as it is, unless the others are to be archived', async () => {
  const { send } = await openFullShop();
  const document = { format: 'plinth.catalogue/1', products: [{ key: 'web', name: 'Web' }] };
  expect(actionsOf((await send('PUT', path, document)).body)).toEqual([['product', 'web', 'created']]);
  expect(actionsOf((await send('PUT', `${path}?archiveOthers=true`, document)).body)).toEqual([
    ['product', 'api', 'archived'],
    ['plan', 'small', 'archived'],
    ['plan', 'large', 'archived'],
    ['plan', 'add', 'archived'],
    ['coupon', 'WELCOME', 'archived'],
    ['coupon', 'FIVE', 'archived'],
  ]);
  expect(actionsOf((await send('PUT', `${path}?archiveOthers=true`, document)).body)).toEqual([]);
});

test('names every fault of the file with its path, and does nothing', async () => {
  const { send } = await openFullShop();
  const { body: document } = await send('GET', path);
  const before = (await send('GET', path)).body;
  const [add, large, old, small] = document.plans;
  document.products.push(document.products[0]);
  document.features[0].type = 'limit';
  document.features[0].meter = null;
  document.features.push({ key: 'x', name: 'X', product: 'nothing', type: 'boolean' });
  add.kind = 'plan';
  large.product = 'nothing';
  large.family = { key: 'nothing', rank: 1 };
  old.taxInclusive = true;
  small.phases = [{ key: 'trial', kind: 'trial', length: month }];
  small.entitlements[1].value = '1';
  small.family.changesTo = ['add'];
  document.coupons[0].periods = 3;
  document.coupons[1].plans = ['nothing'];
  const answer = await send('PUT', path, document);
  expect([answer.status, pathsOf(answer)]).toEqual([
    400,
    [
      '/coupons/0/periods',
      '/coupons/1/plans',
      '/coupons/1/plans/0',
      '/features/0/type',
      '/features/2/product',
      '/plans/0/kind',
      '/plans/1/family/key',
      '/plans/1/product',
      '/plans/2/archived',
      '/plans/3/entitlements/0/alertsAt',
      '/plans/3/entitlements/0/overage',
      '/plans/3/entitlements/0/reset',
      '/plans/3/entitlements/1/value',
      '/plans/3/family/changesTo/0',
      '/plans/3/phases/0/kind',
      '/plans/3/phases/0/length',
      '/products/1/key',
    ],
  ]);
  expect(pathsOf(await send('PUT', `${path}?dryRun=true`, document))).toEqual(pathsOf(answer));
  expect((await send('GET', path)).body).toEqual(before);
  const malformed = {
    format: 'plinth.catalogue/2',
    products: [{ key: 'A', name: '' }],
    plans: [{ key: 'p', colour: 1 }],
  };
  expect(pathsOf(await send('PUT', path, malformed))).toEqual(
    expect.arrayContaining(['/format', '/plans/0/colour', '/plans/0/prices', '/products/0/key', '/products/0/name']),
  );
});

test('a coupon of a file names prices of the file or of any version, and nothing else', async () => {
  const { send } = await openFullShop();
  const { body: document } = await send('GET', path);
  const large = document.plans.find(({ key }: { key: string }) => key === 'large');
  large.prices[0].key = 'renamed';
  expect((await send('PUT', path, { ...document, coupons: [] })).status).toBe(200);
  const of = (code: string, ...prices: string[]) => buildCoupon({ code, prices });
  const file = {
    format: 'plinth.catalogue/1',
    plans: [{ ...large, key: 'other', prices: [buildFee({ key: 'new' })] }],
    coupons: [of('OLD', 'fee', 'renamed'), of('NEW', 'new'), of('WRONG', 'new', 'nothing'), of('TYPO', 'fees')],
  };
  const wrong = ['/coupons/2/prices/1', '/coupons/3/prices/0'];
  const refused = await send('PUT', path, file);
  expect([refused.status, pathsOf(refused)]).toEqual([400, wrong]);
  expect(refused.body.errors[0].message).toBe('is not the key of a price');
  expect(pathsOf(await send('PUT', `${path}?dryRun=true`, file))).toEqual(wrong);
  expect((await send('PUT', path, { ...file, coupons: file.coupons.slice(0, 2) })).status).toBe(200);
});

test('a plan of a file names meters that there are, with their dimensions, where it publishes a version', async () => {
  const { send } = await openFullShop();
  const { body: document } = await send('GET', path);
  const withMeters = (key: string, ...models: object[]) => ({
    ...document.plans[1],
    key,
    prices: models.map((model, index) => buildPrice(`p${index}`, model)),
  });
  const usage = (meter: string) => ({ model: 'per_unit', unitAmount: '1', meter });
  const matrix = {
    model: 'matrix',
    meter: 'calls',
    dimensions: ['zone'],
    cells: [{ values: { zone: 'a' }, unitAmount: '2' }],
    otherUnitAmount: '1',
  };
  const file = {
    format: 'plinth.catalogue/1',
    plans: [withMeters('large', usage('calls'), usage('mails')), withMeters('new', matrix), document.plans[3]],
  };
  const wrong = ['/plans/0/prices/1/model/meter', '/plans/1/prices/0/model/dimensions/0'];
  const refused = await send('PUT', path, file);
  expect([refused.status, pathsOf(refused)]).toEqual([400, wrong]);
  expect(pathsOf(await send('PUT', `${path}?dryRun=true`, file))).toEqual(wrong);
  const archived = { ...file, plans: [{ ...file.plans[1], archived: true }] };
  expect(actionsOf((await send('PUT', path, archived)).body)).toEqual([['plan', 'new', 'created']]);
});

test('imports at the same time leave one catalogue, without a gap in the versions', async () => {
  const { send } = await openFullShop();
  const { body: document } = await send('GET', path);
  const imports = ['1', '2', '3', '4'].map((amount) => {
    const own = structuredClone(document);
    own.plans[1].prices[0].model.amount = amount;
    return send('PUT', path, own);
  });
  const answers = await Promise.all(imports);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const { body } = await send('GET', '/plans');
  expect(body.data.find(({ key }: { key: string }) => key === 'large').planVersion).toBe(5);
});

test('members read products and neither export nor import', async () => {
  const { principal, send } = await openFullShop();
  const { body: document } = await send('GET', path);
  const member = buildPrincipal({ tenant: principal.tenant!, roles: ['org_member'] });
  expect((await catalogue.request('GET', path, { principal: member })).body.code).toBe('auth.permission_denied');
  const refused = await catalogue.request('PUT', path, { principal: member, body: document });
  expect(refused.body.code).toBe('auth.permission_denied');
});
