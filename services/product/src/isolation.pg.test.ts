import { listOperations } from '@plinth/common';
import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCoupon, buildFee, buildPlan, openShop } from '../test/builders.ts';
import { service } from './index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service);
});
afterAll(() => catalogue.stop());

test("another tenant's ids are answered with 404 by every operation that takes one, and lists do not show them", async () => {
  const owner = await openShop(catalogue);
  const { productId } = owner;
  const feature = { key: 'sso', name: 'SSO', productId, type: 'boolean' };
  const { body: created } = await owner.send('POST', '/features', feature);
  const { body: plan } = await owner.send('POST', '/plans', buildPlan(productId));
  const family = { key: 'api', name: 'API' };
  const { body: ladder } = await owner.send('POST', '/plan-families', family);
  const { body: coupon } = await owner.send('POST', '/coupons', buildCoupon());
  const before = await readAll();
  const stranger = await openShop(catalogue);
  const attempts = [
    ['getProduct', 'GET', `/products/${productId}`],
    ['updateProduct', 'PATCH', `/products/${productId}`, { name: 'x' }],
    ['getFeature', 'GET', `/features/${created.id}`],
    ['updateFeature', 'PATCH', `/features/${created.id}`, { name: 'x' }],
    ['createFeature', 'POST', '/features', feature],
    ['createPlan', 'POST', '/plans', buildPlan(productId)],
    ['getPlan', 'GET', `/plans/${plan.id}`],
    ['updatePlan', 'PATCH', `/plans/${plan.id}`, { archived: true }],
    ['listPlanVersions', 'GET', `/plans/${plan.id}/versions`],
    ['getPlanVersion', 'GET', `/plans/${plan.id}/versions/1`],
    ['publishPlanVersion', 'POST', `/plans/${plan.id}/versions`, { prices: [buildFee()] }],
    ['previewPlanVersion', 'POST', `/plans/${plan.id}/versions/preview`, { prices: [buildFee()] }],
    ['comparePlanVersions', 'GET', `/plans/${plan.id}/compare?from=1&to=1`],
    ['getPlanFamily', 'GET', `/plan-families/${ladder.id}`],
    ['updatePlanFamily', 'PATCH', `/plan-families/${ladder.id}`, { name: 'x' }],
    ['getCoupon', 'GET', `/coupons/${coupon.id}`],
    ['updateCoupon', 'PATCH', `/coupons/${coupon.id}`, { archived: true }],
    ['getPrice', 'GET', `/prices/${plan.prices[0].id}`],
    ['listPrices', 'GET', `/prices?planId=${plan.id}`],
    ['listTiers', 'GET', `/tiers?planId=${plan.id}`],
  ] as const;
  for (const [operation, method, path, body] of attempts) {
    const answer = await stranger.send(method, path, body);
    expect([operation, answer.status, answer.body.code]).toEqual([operation, 404, 'resource.not_found']);
  }
  const lists = ['/features', '/plans', '/plan-families', '/prices', '/tiers', '/coupons'];
  for (const path of lists) expect((await stranger.send('GET', path)).body.data).toEqual([]);
  expect((await stranger.send('GET', '/products')).body.data).toMatchObject([{ id: stranger.productId }]);
  expect(await readAll()).toEqual(before);

  const exported = (await stranger.send('GET', '/products/catalogue')).body;
  expect(exported).toMatchObject({ products: [{ key: 'api' }], features: [], families: [], plans: [], coupons: [] });
  // An import sees its own tenant alone: the same keys are free, and nothing of the other is archived.
  const document = (await owner.send('GET', '/products/catalogue')).body;
  expect((await stranger.send('PUT', '/products/catalogue?archiveOthers=true', document)).status).toBe(200);
  expect(await readAll()).toEqual(before);
  expect((await owner.send('GET', '/products/catalogue')).body).toEqual(document);

  // What takes no id: creations, lists and the whole catalogue, of which the tests above see that they keep apart.
  const covered = new Set<string>([
    ...attempts.map(([operation]) => operation),
    'createProduct',
    'createPlanFamily',
    'createCoupon',
    'listProducts',
    'exportCatalogue',
    'importCatalogue',
  ]);
  const known = catalogue.instance.controllers.flatMap((controller) => listOperations(controller).map(({ id }) => id));
  expect(known.filter((id) => !covered.has(id)).sort()).toEqual([
    'listCoupons',
    'listFeatures',
    'listPlanFamilies',
    'listPlans',
  ]);

  async function readAll(): Promise<unknown[]> {
    const paths = ['/products', '/features', '/plans', '/plan-families', '/prices', '/coupons'];
    return Promise.all(paths.map(async (path) => (await owner.send('GET', path)).body));
  }
});

test("an entitlement cannot name another tenant's feature", async () => {
  const owner = await openShop(catalogue);
  await owner.send('POST', '/features', { key: 'sso', name: 'SSO', productId: owner.productId, type: 'boolean' });
  const stranger = await openShop(catalogue);
  const body = buildPlan(stranger.productId, { entitlements: [{ feature: 'sso', value: true }] });
  expect(await stranger.send('POST', '/plans', body)).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/entitlements/0/feature' }] },
  });
});
