import type { ContractFunctions, productContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFee, buildPlan, buildPrice, month, openShop, pathsOf, metering } from '../../test/builders.ts';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service, { contracts: { metering } });
});
afterAll(() => catalogue.stop());

const tiers = [
  { upTo: '10.5', unitAmount: '1', flatAmount: '2' },
  { upTo: null, unitAmount: '0.000000000001' },
];

test.each([
  ['flat', { model: 'flat', amount: '9.990', timing: 'advance' }],
  ['per_unit', { model: 'per_unit', unitAmount: '123456789012345678.000000000001', meter: 'calls' }],
  ['per_unit of seats', { model: 'per_unit', unitAmount: '5' }],
  ['graduated', { model: 'graduated', tiers, meter: 'calls' }],
  ['volume', { model: 'volume', tiers, meter: 'calls' }],
  ['package', { model: 'package', packageSize: '100', packageAmount: '3', freeUnits: '50', rounding: 'down' }],
])('keeps a price of the model %s as it was given', async (_title, model) => {
  const { send, productId } = await openShop(catalogue);
  const plan = buildPlan(productId, { prices: [buildPrice('z', model), buildFee()] });
  const created = await send('POST', '/plans', plan);
  expect(created).toMatchObject({ status: 201, headers: { etag: '"1"' }, body: { ...plan, planVersion: 1 } });
  expect((await send('GET', `/plans/${created.body.id}`)).body).toEqual(created.body);
  expect((await send('GET', `/plans/${created.body.id}/versions/1`)).body).toEqual(created.body);
  expect((await send('GET', '/plans')).body.data).toEqual([created.body]);
});

test('a new version takes over what it leaves out, and the old one stays as it was', async () => {
  const { send, productId } = await openShop(catalogue);
  await send('POST', '/features', { key: 'sso', name: 'SSO', productId, type: 'boolean' });
  const entitlements = [{ feature: 'sso', value: true }];
  const { body: plan } = await send('POST', '/plans', buildPlan(productId, { entitlements }));
  const path = `/plans/${plan.id}`;
  const dearer = buildFee({ model: { model: 'flat', amount: '12', timing: 'arrears' } });
  const second = await send('POST', `${path}/versions`, { prices: [dearer] });
  expect(second).toMatchObject({
    status: 201,
    body: { planVersion: 2, currency: 'EUR', period: month, prices: [dearer], entitlements },
  });
  const year = { unit: 'year', count: 1 };
  await send('POST', `${path}/versions`, { prices: [dearer], currency: 'JPY', period: year, entitlements: [] });
  expect((await send('GET', path)).body).toMatchObject({
    planVersion: 3,
    currency: 'JPY',
    period: year,
    entitlements: [],
  });
  const { prices, currency, period } = plan;
  expect((await send('GET', `${path}/versions/1`)).body).toMatchObject({ prices, currency, period, entitlements });
  expect((await send('GET', `${path}/versions/4`)).status).toBe(404);
});

test('lists all versions, the newest first, in pages', async () => {
  const { send, productId } = await openShop(catalogue);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  const path = `/plans/${plan.id}/versions`;
  for (let count = 0; count < 4; count += 1) await send('POST', path, { prices: [buildFee()] });
  const first = (await send('GET', `${path}?limit=3`)).body;
  const second = (await send('GET', `${path}?limit=3&cursor=${first.nextCursor}`)).body;
  const versions = [...first.data, ...second.data].map((version: { planVersion: number }) => version.planVersion);
  expect([versions, second.nextCursor]).toEqual([[5, 4, 3, 2, 1], null]);
});

test('versions published at once get distinct consecutive numbers', async () => {
  const { send, productId } = await openShop(catalogue);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  const published = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      send('POST', `/plans/${plan.id}/versions`, { prices: [buildFee({ description: `Fee ${index}` })] }),
    ),
  );
  const numbers = published.map((answer) => answer.body.planVersion as number);
  expect(numbers.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  for (const { body } of published) {
    expect((await send('GET', `/plans/${plan.id}/versions/${body.planVersion}`)).body.prices).toEqual(body.prices);
  }
});

test.each(['plan_versions', 'prices', 'entitlements'])('the database refuses to change or remove %s', async (table) => {
  const { send, productId, principal } = await openShop(catalogue);
  await send('POST', '/features', { key: 'sso', name: 'SSO', productId, type: 'boolean' });
  await send('POST', '/plans', buildPlan(productId, { entitlements: [{ feature: 'sso', value: true }] }));
  for (const sql of [`UPDATE product.${table} SET plan_version = plan_version`, `DELETE FROM product.${table}`]) {
    const change = catalogue.database.transaction(principal.tenant, (transaction) => transaction.execute(sql));
    await expect(change).rejects.toMatchObject({ code: '23000', message: 'a published plan version never changes' });
  }
});

test('reports every fault of the prices at once, with its path', async () => {
  const { send, productId } = await openShop(catalogue);
  const prices = [
    buildFee({ model: { model: 'flat', amount: '-1', timing: 'advance' } }),
    buildFee({
      model: {
        model: 'graduated',
        tiers: [
          { upTo: '10', unitAmount: '1' },
          { upTo: '5', unitAmount: '-1' },
          { upTo: '20', unitAmount: '1', flatAmount: '-2' },
        ],
      },
    }),
    buildPrice('p', { model: 'package', packageSize: '0', packageAmount: '1', meter: 'nul\0' }),
  ];
  const answer = await send('POST', '/plans', buildPlan(productId, { key: 'No', currency: 'euro', prices }));
  expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  const faults = [
    '/prices/0/model/amount',
    '/prices/1/key',
    '/prices/1/model/tiers/1/unitAmount',
    '/prices/1/model/tiers/1/upTo',
    '/prices/1/model/tiers/2/flatAmount',
    '/prices/1/model/tiers/2/upTo',
    '/prices/2/model/meter',
    '/prices/2/model/packageSize',
  ];
  expect(pathsOf(answer)).toEqual(['/currency', '/key', ...faults]);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  expect(pathsOf(await send('POST', `/plans/${plan.id}/versions`, { prices }))).toEqual(faults);
});

test('amounts that are no decimals are named beside other faults', async () => {
  const { send, productId } = await openShop(catalogue);
  const flat = (amount: unknown) => ({ model: 'flat', amount, timing: 'advance' });
  const prices = ['abc', '1e3', '0.0000000000001', '1'].map((amount, index) => buildPrice(`p${index}`, flat(amount)));
  expect(pathsOf(await send('POST', '/plans', buildPlan(productId, { prices })))).toEqual([
    '/prices/0/model/amount',
    '/prices/1/model/amount',
    '/prices/2/model/amount',
  ]);
  const floats = [buildPrice('float', flat(0.1)), buildPrice('unknown', { model: 'auction' })];
  expect(pathsOf(await send('POST', '/plans', buildPlan(productId, { prices: floats })))).toEqual([
    '/prices/0/model/amount',
    '/prices/1/model/model',
  ]);
});

test('flat prices that together exceed an amount, no price at all and too many are refused', async () => {
  const { send, productId } = await openShop(catalogue);
  const half = { model: 'flat', amount: '500000000000000000', timing: 'advance' };
  const create = async (prices: object[]) => pathsOf(await send('POST', '/plans', buildPlan(productId, { prices })));
  expect(await create([buildPrice('a', half), buildPrice('b', half)])).toEqual(['/prices/1/model/amount']);
  expect(await create([])).toEqual(['/prices']);
  expect(await create(Array.from({ length: 101 }, (_, index) => buildFee({ key: `fee-${index}` })))).toEqual([
    '/prices',
  ]);
});

test('unknown fields are named wherever they stand', async () => {
  const { send, productId } = await openShop(catalogue);
  const prices = [
    buildFee({ colour: 'red' }),
    buildPrice('t', { model: 'volume', tiers: [{ upTo: null, unitAmount: '1', upto: '3' }], meters: 'x' }),
  ];
  const changes = {
    prices,
    period: { ...month, anchor: 1 },
    draft: true,
    entitlements: [{ feature: 'f', value: true, x: 1 }],
  };
  expect(pathsOf(await send('POST', '/plans', buildPlan(productId, changes)))).toEqual([
    '/draft',
    '/entitlements/0/x',
    '/period/anchor',
    '/prices/0/colour',
    '/prices/1/model/meters',
    '/prices/1/model/tiers/0/upto',
  ]);
});

test('entitlements are kept in their order and have to fit the features of the product', async () => {
  const { send, productId } = await openShop(catalogue);
  const { body: other } = await send('POST', '/products', { key: 'other', name: 'Other' });
  const features = [
    { key: 'sso', productId, type: 'boolean' },
    { key: 'seats', productId, type: 'limit' },
    { key: 'calls', productId, type: 'metered', meter: 'api_call' },
    { key: 'foreign', productId: other.id, type: 'boolean' },
  ];
  for (const feature of features) await send('POST', '/features', { name: feature.key, ...feature });
  const entitlements = [
    { feature: 'seats', value: '5' },
    { feature: 'calls', value: '1000000.50' },
    { feature: 'sso', value: false },
  ];
  const { body: plan } = await send('POST', '/plans', buildPlan(productId, { entitlements }));
  const { body: found } = await send('GET', `/plans/${plan.id}`);
  expect(found.entitlements).toEqual(plan.entitlements);
  expect(found.entitlements).toMatchObject(entitlements);

  const wrong = [
    { feature: 'sso', value: '1' },
    { feature: 'seats', value: true },
    { feature: 'foreign', value: true },
    { feature: 'missing', value: true },
  ];
  const answer = await send('POST', '/plans', buildPlan(productId, { key: 'wrong', entitlements: wrong }));
  expect([answer.status, pathsOf(answer)]).toEqual([
    400,
    ['/entitlements/0/value', '/entitlements/1/value', '/entitlements/2/feature', '/entitlements/3/feature'],
  ]);
  const publish = (content: object[]) =>
    send('POST', `/plans/${plan.id}/versions`, { prices: [buildFee()], entitlements: content });
  expect(pathsOf(await publish([entitlements[0]!, entitlements[0]!]))).toEqual(['/entitlements/1/feature']);
  expect(pathsOf(await publish([{ feature: 'seats', value: 3 }]))).toEqual(['/entitlements/0/value']);
  expect((await send('GET', '/plans')).body.data).toHaveLength(1);
});

test('a plan is renamed and archived under its version; an archived one gets no new versions', async () => {
  const { send, productId } = await openShop(catalogue);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  const path = `/plans/${plan.id}`;
  const archive = { name: 'Old', archived: true };
  expect(await send('PATCH', path, archive, { 'if-match': '"1"' })).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { ...archive, planVersion: 1, prices: plan.prices },
  });
  expect((await send('PATCH', path, { archived: false }, { 'if-match': '"1"' })).status).toBe(412);
  expect(await send('POST', `${path}/versions`, { prices: [buildFee()] })).toMatchObject({
    status: 409,
    body: { code: 'plan.archived' },
  });
  expect(pathsOf(await send('PATCH', path, { prices: [], currency: 'USD' }))).toEqual(['/currency', '/prices']);
});

test('a plan key is taken once in a tenant', async () => {
  const { send, productId } = await openShop(catalogue);
  await send('POST', '/plans', buildPlan(productId));
  expect(await send('POST', '/plans', buildPlan(productId))).toMatchObject({
    status: 409,
    body: { code: 'resource.already_exists' },
  });
});

test('records the creation and each version of a plan in the audit trail', async () => {
  const { send, productId } = await openShop(catalogue);
  await catalogue.takeEvents();
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  await send('POST', `/plans/${plan.id}/versions`, { prices: [buildFee()] });
  await send('PATCH', `/plans/${plan.id}`, { name: 'New' });
  expect(await catalogue.takeEvents()).toMatchObject([
    { data: { action: 'plan.created', resourceId: plan.id } },
    { data: { action: 'plan.version_published', before: { planVersion: 1 }, after: { planVersion: 2 } } },
    { data: { action: 'plan.updated', before: { name: 'Basic' }, after: { name: 'New' } } },
  ]);
});

test('other services find a version, the newest one by default, in its own tenant only', async () => {
  const { send, productId, principal } = await openShop(catalogue);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  const { body: second } = await send('POST', `/plans/${plan.id}/versions`, { prices: [buildFee({ key: 'new' })] });
  const { findPlanVersion } = catalogue.instance.contract as ContractFunctions<typeof productContract>;
  const tenantId = principal.tenant!;
  const expected = {
    archived: false,
    planId: plan.id,
    planKey: 'basic',
    planName: 'Basic',
    kind: 'plan',
    family: null,
    addOnTo: null,
    currency: 'EUR',
    period: month,
    phases: [{ key: 'evergreen', kind: 'evergreen', length: null }],
    prorationBasis: 'day',
    taxInclusive: false,
    minimumSpend: null,
    maximumSpend: null,
    entitlements: [],
  };
  const pricesOf = ({ prices }: { prices: { models: object }[] }) =>
    prices.map(({ models: _models, ...price }) => price);
  expect(await findPlanVersion({ tenantId, planId: plan.id })).toEqual({
    ...expected,
    version: 2,
    prices: pricesOf(second),
  });
  expect(await findPlanVersion({ tenantId, planId: plan.id, version: 1 })).toEqual({
    ...expected,
    version: 1,
    prices: pricesOf(plan),
  });
  expect(await findPlanVersion({ tenantId, planId: plan.id, version: 3 })).toBeNull();
  expect(await findPlanVersion({ tenantId: newId(), planId: plan.id })).toBeNull();
});
