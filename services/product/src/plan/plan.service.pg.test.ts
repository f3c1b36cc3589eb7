import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service);
});
afterAll(() => catalogue.stop());

const month = { unit: 'month', count: 1 };
const fee = { key: 'fee', description: 'Fee', model: { model: 'flat', amount: '10', timing: 'arrears' } };
const models = [
  { model: 'flat', amount: '9.99', timing: 'advance' },
  { model: 'per_unit', unitAmount: '0.000000000001', meter: 'calls' },
  {
    model: 'graduated',
    meter: 'calls',
    tiers: [
      { upTo: '10', unitAmount: '1', flatAmount: '2' },
      { upTo: null, unitAmount: '0.5' },
    ],
  },
  {
    model: 'volume',
    tiers: [
      { upTo: '10', unitAmount: '1' },
      { upTo: null, unitAmount: '0.5' },
    ],
  },
  { model: 'package', packageSize: '100', packageAmount: '3', freeUnits: '50', rounding: 'up', meter: 'calls' },
];

async function createProduct(principal = buildPrincipal()) {
  const { body } = await catalogue.request('POST', '/products', { principal, body: { key: 'api', name: 'API' } });
  return { principal, productId: body.id as string };
}

const planOf = (productId: string, changes: object = {}) => ({
  key: 'basic',
  name: 'Basic',
  productId,
  currency: 'EUR',
  period: month,
  prices: [fee],
  ...changes,
});

test('keeps every kind of price as it was given', async () => {
  const { principal, productId } = await createProduct();
  const prices = models.map((model, index) => ({ key: `price-${index}`, description: 'Price', model }));
  const created = await catalogue.request('POST', '/plans', { principal, body: planOf(productId, { prices }) });
  expect(created.status).toBe(201);
  const read = await catalogue.request('GET', `/plans/${created.body.id}`, { principal });
  expect(read.body.prices.map((price: { model: object }) => price.model)).toEqual(models);
  expect((await catalogue.request('GET', `/tiers?planId=${created.body.id}`, { principal })).body.data).toHaveLength(2);
});

test('a new version leaves the old one as it was, and versions published at once get consecutive numbers', async () => {
  const { principal, productId } = await createProduct();
  const { body: plan } = await catalogue.request('POST', '/plans', { principal, body: planOf(productId) });
  const content = { currency: 'USD', period: month, prices: [{ ...fee, model: { ...fee.model, amount: '12' } }] };
  const published = await Promise.all(
    [1, 2, 3].map(() => catalogue.request('POST', `/plans/${plan.id}/versions`, { principal, body: content })),
  );
  expect(published.map((answer) => answer.body.planVersion).sort()).toEqual([2, 3, 4]);
  const first = await catalogue.request('GET', `/plans/${plan.id}/versions/1`, { principal });
  expect(first.body).toMatchObject({ currency: 'EUR', prices: plan.prices });
  expect((await catalogue.request('GET', `/plans/${plan.id}`, { principal })).body).toMatchObject({
    planVersion: 4,
    currency: 'USD',
  });
  const change = catalogue.database.transaction(principal.tenant, (transaction) =>
    transaction.execute(`UPDATE product.prices SET description = 'x'`),
  );
  await expect(change).rejects.toMatchObject({ code: '23000' });
});

test('reports every fault of the prices with its path', async () => {
  const { principal, productId } = await createProduct();
  const prices = [
    fee,
    {
      ...fee,
      model: {
        model: 'graduated',
        tiers: [
          { upTo: '10', unitAmount: '1' },
          { upTo: '5', unitAmount: '1' },
        ],
      },
    },
    { key: 'p', description: 'P', model: { model: 'package', packageSize: '0', packageAmount: '1' } },
  ];
  const answer = await catalogue.request('POST', '/plans', { principal, body: planOf(productId, { prices }) });
  expect(answer.status).toBe(400);
  const paths = answer.body.errors.map((fault: { path: string }) => fault.path);
  expect(paths).toContain('/prices/1/key');
  expect(paths.some((path: string) => path.startsWith('/prices/1/model/tiers'))).toBe(true);
  expect(paths).toContain('/prices/2/model/packageSize');
});

test('an Idempotency-Key gives one plan and the same answer; another body is refused', async () => {
  const { principal, productId } = await createProduct();
  const send = (changes: object = {}) =>
    catalogue.request('POST', '/plans', {
      principal,
      body: planOf(productId, changes),
      headers: { 'idempotency-key': 'once' },
    });
  const answers = await Promise.all([send(), send()]);
  const created = answers.filter((answer) => answer.status === 201);
  // The one that met the other while it ran is told so.
  expect(answers.every((answer) => answer.status === 201 || answer.body.code === 'idempotency.still_running')).toBe(
    true,
  );
  const again = await send();
  expect(again).toMatchObject({ status: 201, body: created[0]?.body });
  expect(await send({ name: 'Other' })).toMatchObject({ status: 422, body: { code: 'idempotency.body_differs' } });
  expect((await catalogue.request('GET', '/plans', { principal })).body.data).toHaveLength(1);
});

test("another tenant's products, features and plans do not exist", async () => {
  const { principal, productId } = await createProduct();
  const { body: plan } = await catalogue.request('POST', '/plans', { principal, body: planOf(productId) });
  const { body: feature } = await catalogue.request('POST', '/features', {
    principal,
    body: { key: 'sso', name: 'SSO', productId, type: 'boolean' },
  });
  const stranger = buildPrincipal();
  const attempts = [
    ['GET', `/products/${productId}`],
    ['PATCH', `/products/${productId}`, { name: 'x' }],
    ['GET', `/features/${feature.id}`],
    ['PATCH', `/features/${feature.id}`, { name: 'x' }],
    ['POST', '/features', { key: 'a', name: 'A', productId, type: 'boolean' }],
    ['POST', '/plans', planOf(productId)],
    ['GET', `/plans/${plan.id}`],
    ['PATCH', `/plans/${plan.id}`, { name: 'x' }],
    ['GET', `/plans/${plan.id}/versions/1`],
    ['POST', `/plans/${plan.id}/versions`, { currency: 'EUR', period: month, prices: [fee] }],
    ['GET', `/prices?planId=${plan.id}`],
    ['GET', `/tiers?planId=${plan.id}`],
  ] as const;
  for (const [method, path, body] of attempts) {
    expect([
      path,
      (await catalogue.request(method, path, { principal: stranger, ...(body === undefined ? {} : { body }) })).status,
    ]).toEqual([path, 404]);
  }
  expect((await catalogue.request('GET', '/plans', { principal: stranger })).body.data).toEqual([]);
  expect((await catalogue.request('GET', `/products/${newId()}`, { principal })).status).toBe(404);
});
