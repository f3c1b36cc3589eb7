import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCoupon, buildFee, buildPlan, openShop, type Shop } from '../test/builders.ts';
import { service } from './index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service);
});
afterAll(() => catalogue.stop());

const header = { 'idempotency-key': 'once' };

interface Creation {
  readonly path: string;
  readonly body: object;
  readonly other: object;
  /** The list in which what was created is found, and how many there are then. */
  readonly list: string;
  readonly count: number;
}

const creations: Record<string, (shop: Shop) => Promise<Creation>> = {
  'a product': async () => ({
    path: '/products',
    body: { key: 'web', name: 'Web' },
    other: { key: 'web', name: 'Other' },
    list: '/products',
    count: 2,
  }),
  'a feature': async ({ productId }) => {
    const body = { key: 'sso', name: 'SSO', productId, type: 'boolean' };
    return { path: '/features', body, other: { ...body, name: 'Other' }, list: '/features', count: 1 };
  },
  'a plan': async ({ productId }) => ({
    path: '/plans',
    body: buildPlan(productId),
    other: buildPlan(productId, { name: 'Other' }),
    list: '/plans',
    count: 1,
  }),
  'a plan family': async () => {
    const body = { key: 'api', name: 'API' };
    return { path: '/plan-families', body, other: { ...body, name: 'Other' }, list: '/plan-families', count: 1 };
  },
  'a coupon': async () => ({
    path: '/coupons',
    body: buildCoupon(),
    other: buildCoupon({ name: 'Other' }),
    list: '/coupons',
    count: 1,
  }),
  'a plan version': async ({ productId, send }) => {
    const { body: plan } = await send('POST', '/plans', buildPlan(productId));
    const path = `/plans/${plan.id}/versions`;
    return { path, body: { prices: [buildFee()] }, other: { prices: [buildFee({ key: 'x' })] }, list: path, count: 2 };
  },
};

test.each(Object.keys(creations))(
  'the same key gives %s once and the same answer; another body is refused',
  async (title) => {
    const shop = await openShop(catalogue);
    const { path, body, other, list, count } = await creations[title]!(shop);
    const first = await shop.send('POST', path, body, header);
    expect(first.status).toBe(201);
    const again = await shop.send('POST', path, body, header);
    expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    expect(again.body).toEqual(first.body);
    expect(await shop.send('POST', path, other, header)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.body_differs' },
    });
    expect((await shop.send('GET', list)).body.data).toHaveLength(count);
  },
);

test('a key whose request still runs is answered with 409, and with the stored answer afterwards', async () => {
  const { send, principal, productId } = await openShop(catalogue);
  const create = () => send('POST', '/plans', buildPlan(productId), header);
  const locked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  // A plan needs its product unchanged until it is stored, so that its request waits for this lock.
  const holder = catalogue.database.transaction(principal.tenant, async (transaction) => {
    await transaction.execute('SELECT 1 FROM product.products WHERE id = $1 FOR UPDATE', [productId]);
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  const first = create();
  await expect.poll(countWaiting).toBe(1);
  expect(await create()).toMatchObject({ status: 409, body: { code: 'idempotency.still_running' } });
  released.resolve();
  await holder;
  expect((await first).status).toBe(201);
  expect((await create()).body).toEqual((await first).body);
  expect((await send('GET', '/plans')).body.data).toHaveLength(1);
});

test('a request that failed leaves its key free', async () => {
  const { send, productId } = await openShop(catalogue);
  await send('PATCH', `/products/${productId}`, { archived: true });
  expect((await send('POST', '/plans', buildPlan(productId), header)).body.code).toBe('product.archived');
  await send('PATCH', `/products/${productId}`, { archived: false });
  expect((await send('POST', '/plans', buildPlan(productId), header)).status).toBe(201);
});

/** How many connections of this database wait for a lock. */
async function countWaiting(): Promise<number | undefined> {
  const row = await catalogue.database.transaction(undefined, (transaction) =>
    transaction.findRow<{ count: number }>(
      `SELECT count(*)::integer AS count FROM pg_stat_activity
       WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
    ),
  );
  return row?.count;
}
