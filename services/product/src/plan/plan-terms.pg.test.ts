import type { ContractFunctions, productContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFee, buildPlan, buildPrice, month, openShop, pathsOf, metering } from '../../test/builders.ts';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
let contract: ContractFunctions<typeof productContract>;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service, { contracts: { metering } });
  contract = catalogue.instance.contract as ContractFunctions<typeof productContract>;
});
afterAll(() => catalogue.stop());

const flat = (amount: string) => ({ model: 'flat', amount, timing: 'advance' });
const wholeTerms = {
  currencies: ['USD', 'JPY'],
  phases: [
    { key: 'trial', kind: 'trial', length: { unit: 'day', count: 14 } },
    { key: 'evergreen', kind: 'evergreen', length: null },
  ],
  prorationBasis: 'second',
  taxInclusive: true,
  minimumSpend: '5',
  minimumSpends: { USD: '6', JPY: '700' },
  maximumSpend: '100.5',
  maximumSpends: { USD: '110.25', JPY: '12000' },
  prices: [
    {
      ...buildFee({ model: flat('10.00') }),
      models: { USD: flat('11.005'), JPY: flat('1500') },
      taxCategory: 'digital',
      phases: ['evergreen'],
    },
  ],
};

test.each([
  ['percentage', { model: 'percentage', meter: 'turnover', rate: '2.9', freeUnits: '100', maximumAmount: '50' }],
  [
    'graduated percentage',
    { model: 'graduated_percentage', meter: 'turnover', tiers: [{ upTo: null, rate: '1', flatAmount: '2' }] },
  ],
  [
    'matrix',
    {
      model: 'matrix',
      meter: 'calls',
      dimensions: ['region', 'size'],
      cells: [{ values: { region: 'eu', size: '1.0' }, unitAmount: '0.1' }],
      otherUnitAmount: '0.2',
    },
  ],
  [
    'bulk commitment',
    { model: 'bulk_commitment', meter: 'calls', quantity: '1000', amount: '90', overageUnitAmount: '0.1' },
  ],
  [
    'converted units',
    {
      model: 'per_unit',
      meter: 'bytes',
      unitAmount: '1',
      conversion: { divisor: '1000000000', rounding: 'up', digits: 2 },
    },
  ],
])('keeps a price by %s as it was given', async (_title, model) => {
  const { send, productId } = await openShop(catalogue);
  const created = await send('POST', '/plans', buildPlan(productId, { prices: [buildPrice('p', model)] }));
  expect(created).toMatchObject({ status: 201, body: { prices: [{ model }] } });
  expect((await send('GET', `/plans/${created.body.id}`)).body).toEqual(created.body);
  const listed = (await send('GET', '/tiers')).body.data as { key: string }[];
  expect(listed.map(({ key }) => key)).toEqual('tiers' in model ? ['p'] : []);
});

test('a plan and its versions name meters that there are, and a matrix dimensions of its meter', async () => {
  const { send, productId } = await openShop(catalogue);
  const matrix = (...dimensions: string[]) => {
    const cells = [{ values: Object.fromEntries(dimensions.map((name) => [name, 'x'])), unitAmount: '2' }];
    return buildPrice('m', { model: 'matrix', meter: 'calls', dimensions, cells, otherUnitAmount: '1' });
  };
  const unknown = buildPrice('u', { model: 'per_unit', unitAmount: '1', meter: 'mails' });
  const prices = [buildFee({ phases: ['intro'] }), unknown, matrix('region', 'zone')];
  const wrong = ['/prices/0/phases/0', '/prices/1/model/meter', '/prices/2/model/dimensions/1'];
  const refused = await send('POST', '/plans', buildPlan(productId, { prices }));
  expect([refused.status, pathsOf(refused)]).toEqual([400, wrong]);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId, { prices: [matrix('region')] }));
  expect(pathsOf(await send('POST', `/plans/${plan.id}/versions`, { prices }))).toEqual(wrong);
  expect(pathsOf(await send('POST', `/plans/${plan.id}/versions/preview`, { prices }))).toEqual(wrong);
  expect((await send('GET', `/plans/${plan.id}`)).body.planVersion).toBe(1);
});

test('keeps everything that a version says, and takes it over where the next one says nothing', async () => {
  const { send, productId } = await openShop(catalogue);
  const created = await send('POST', '/plans', buildPlan(productId, wholeTerms));
  expect(created).toMatchObject({ status: 201, body: wholeTerms });
  const path = `/plans/${created.body.id}`;
  expect((await send('GET', path)).body).toEqual(created.body);
  const second = await send('POST', `${path}/versions`, { prices: wholeTerms.prices });
  expect(second).toMatchObject({ status: 201, body: { ...wholeTerms, planVersion: 2 } });
  const plain = { currencies: [], minimumSpend: null, minimumSpends: {}, maximumSpend: null, maximumSpends: {} };
  const fee = { ...buildFee(), phases: null };
  const third = await send('POST', `${path}/versions`, { ...plain, taxInclusive: false, prices: [fee] });
  expect(third.body).toMatchObject({ ...plain, taxInclusive: false, prorationBasis: 'second', prices: [fee] });
  expect((await send('GET', `${path}/versions/1`)).body).toMatchObject(wholeTerms);
});

test('other services get a version in one currency, and none in a currency that it is not sold in', async () => {
  const { send, principal, productId } = await openShop(catalogue);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId, wholeTerms));
  const find = (currency?: string) =>
    contract.findPlanVersion({
      tenantId: principal.tenant!,
      planId: plan.id,
      ...(currency === undefined ? {} : { currency }),
    });
  const common = { taxInclusive: true, prorationBasis: 'second', phases: wholeTerms.phases };
  const euros = await find();
  expect(euros).toMatchObject({ ...common, currency: 'EUR', minimumSpend: '5', maximumSpend: '100.5' });
  expect(euros!.prices).toEqual([
    {
      id: plan.prices[0].id,
      key: 'fee',
      description: 'Fee',
      model: flat('10.00'),
      taxCategory: 'digital',
      phases: ['evergreen'],
    },
  ]);
  expect(await find('EUR')).toEqual(euros);
  expect(await find('JPY')).toMatchObject({
    ...common,
    currency: 'JPY',
    minimumSpend: '700',
    maximumSpend: '12000',
    prices: [{ id: plan.prices[0].id, model: flat('1500') }],
  });
  expect(await find('GBP')).toBeNull();
});

test('names every place where the parts of a version do not fit together', async () => {
  const { send, productId } = await openShop(catalogue);
  const faulty = {
    addOnTo: ['nothing'],
    family: { key: 'nothing', rank: 1 },
    currencies: ['USD'],
    phases: [{ key: 'trial', kind: 'trial', length: null }],
    minimumSpend: '5',
    maximumSpend: '4',
    prices: [{ ...buildFee(), phases: ['evergreen'] }],
    entitlements: [{ feature: 'missing', value: true }],
  };
  const paths = [
    '/addOnTo',
    '/entitlements/0/feature',
    '/maximumSpend',
    '/maximumSpends',
    '/minimumSpends',
    '/phases/0/kind',
    '/prices/0/models',
    '/prices/0/phases/0',
  ];
  const refused = await send('POST', '/plans', buildPlan(productId, faulty));
  expect([refused.status, pathsOf(refused)]).toEqual([400, [...paths, '/family/key'].sort()]);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  const { family: _family, ...version } = faulty;
  expect(pathsOf(await send('POST', `/plans/${plan.id}/versions`, version))).toEqual(paths);
  expect((await send('GET', '/plans')).body.data).toEqual([plan]);
});

test('faults of the models of further currencies are named beside those of the main one', async () => {
  const { send, productId } = await openShop(catalogue);
  const prices = [{ ...buildFee({ model: flat('-1') }), models: { USD: flat('-1'), euro: flat('1') } }];
  expect(pathsOf(await send('POST', '/plans', buildPlan(productId, { prices })))).toEqual([
    '/prices/0/model/amount',
    '/prices/0/models/USD/amount',
    '/prices/0/models/euro',
  ]);
});

test('an add-on is sold with the plans that it names', async () => {
  const { send, principal, productId } = await openShop(catalogue);
  await send('POST', '/plans', buildPlan(productId));
  const addOn = buildPlan(productId, { key: 'support', kind: 'add_on', addOnTo: ['basic'] });
  const { body: plan } = await send('POST', '/plans', addOn);
  expect(plan).toMatchObject({ kind: 'add_on', addOnTo: ['basic'] });
  const found = await contract.findPlanVersion({ tenantId: principal.tenant!, planId: plan.id });
  expect(found).toMatchObject({ kind: 'add_on', addOnTo: ['basic'], family: null });
  const second = await send('POST', `/plans/${plan.id}/versions`, { prices: [buildFee()], addOnTo: ['support'] });
  expect(pathsOf(second)).toEqual(['/addOnTo/0']);
});

test('a metered entitlement says when it begins anew, what it carries over and what comes after it', async () => {
  const { send, principal, productId } = await openShop(catalogue);
  const calls = { key: 'calls', name: 'Calls', productId, type: 'metered', meter: 'api_call' };
  await send('POST', '/features', calls);
  const quota = { reset: 'month', rollOver: '500', overage: 'allow', alertsAt: [80, 100, 150] };
  const entitlements = [{ feature: 'calls', value: '1000', ...quota }];
  const { body: plan } = await send('POST', '/plans', buildPlan(productId, { entitlements }));
  const expected = [{ feature: 'calls', type: 'metered', value: '1000', meter: 'api_call', ...quota }];
  expect(plan.entitlements).toEqual(expected);
  const { body: second } = await send('POST', `/plans/${plan.id}/versions`, { prices: [buildFee()] });
  expect(second.entitlements).toEqual(expected);
  const found = await contract.findPlanVersion({ tenantId: principal.tenant!, planId: plan.id });
  expect(found!.entitlements).toEqual(expected);
});

test('a version that was published before reads as the defaults', async () => {
  const { send, principal, productId } = await openShop(catalogue);
  const calls = { key: 'calls', name: 'Calls', productId, type: 'metered', meter: 'api_call' };
  const { body: feature } = await send('POST', '/features', calls);
  const [planId, priceId] = [newId(), newId()];
  // The columns that there were, and no other.
  await catalogue.database.transaction(principal.tenant, async (transaction) => {
    const { tenantId } = transaction;
    await transaction.execute(
      `INSERT INTO product.plans (id, tenant_id, product_id, key, name, created_at, updated_at) VALUES ($1, $2, $3, 'old', 'Old', now(), now())`,
      [planId, tenantId, productId],
    );
    await transaction.execute(
      `INSERT INTO product.plan_versions (tenant_id, plan_id, plan_version, currency, period, created_at) VALUES ($1, $2, 1, 'EUR', $3, now())`,
      [tenantId, planId, JSON.stringify(month)],
    );
    await transaction.execute(
      `INSERT INTO product.prices (id, tenant_id, plan_id, plan_version, position, key, description, model) VALUES ($1, $2, $3, 1, 1, 'fee', 'Fee', $4)`,
      [priceId, tenantId, planId, JSON.stringify(flat('10'))],
    );
    await transaction.execute(
      `INSERT INTO product.entitlements (tenant_id, plan_id, plan_version, position, feature_id, value) VALUES ($1, $2, 1, 1, $3, '"5"')`,
      [tenantId, planId, feature.id],
    );
  });
  const old = await contract.findPlanVersion({ tenantId: principal.tenant!, planId });
  const key = 'fee';
  const price = { id: priceId, key, description: 'Fee', model: flat('10'), taxCategory: 'standard', phases: null };
  expect(old).toEqual({
    planId,
    planKey: 'old',
    planName: 'Old',
    version: 1,
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
    prices: [price],
    entitlements: [
      {
        feature: 'calls',
        type: 'metered',
        value: '5',
        meter: 'api_call',
        reset: 'period',
        rollOver: null,
        overage: 'deny',
        alertsAt: [],
      },
    ],
    archived: false,
  });
  const { body: next } = await send('POST', `/plans/${planId}/versions`, { prices: [buildFee()] });
  expect(next).toMatchObject({ planVersion: 2, currencies: [], entitlements: old!.entitlements });
});

test('two versions are compared both ways, and a version with itself', async () => {
  const { send, productId } = await openShop(catalogue);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  const dearer = buildFee({ model: { model: 'flat', amount: '12', timing: 'arrears' } });
  await send('POST', `/plans/${plan.id}/versions`, { prices: [dearer, buildFee({ key: 'setup' })] });
  const compare = async (from: number, to: number) =>
    (await send('GET', `/plans/${plan.id}/compare?from=${from}&to=${to}`)).body;
  const setup = { ...buildFee({ key: 'setup' }), models: {}, taxCategory: 'standard', phases: null };
  const amount = { kind: 'price_changed', path: '/prices/fee/model/amount' };
  expect(await compare(1, 2)).toEqual({
    planId: plan.id,
    from: 1,
    to: 2,
    changes: [
      { ...amount, before: '10', after: '12' },
      { kind: 'price_added', path: '/prices/setup', before: null, after: setup },
    ],
  });
  expect((await compare(2, 1)).changes).toEqual([
    { ...amount, before: '12', after: '10' },
    { kind: 'price_removed', path: '/prices/setup', before: setup, after: null },
  ]);
  expect((await compare(2, 2)).changes).toEqual([]);
  expect((await send('GET', `/plans/${plan.id}/compare?from=1&to=3`)).status).toBe(404);
  expect(pathsOf(await send('GET', `/plans/${plan.id}/compare?from=0`))).toEqual(['/query/from', '/query/to']);
});
