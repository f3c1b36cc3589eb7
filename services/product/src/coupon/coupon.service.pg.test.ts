import type { ContractFunctions, productContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCoupon, buildPlan, openShop, pathsOf, metering } from '../../test/builders.ts';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service, { contracts: { metering } });
});
afterAll(() => catalogue.stop());

const amount = (value: string) => ({ kind: 'amount', amount: value, currency: 'JPY' });
const percent = (value: string) => ({ kind: 'percent', percent: value });

test('a coupon without limits lowers every invoice, once for an account', async () => {
  const { send } = await openShop(catalogue);
  const created = await send('POST', '/coupons', buildCoupon({ code: ' welcome-10 ' }));
  expect(created).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: {
      ...buildCoupon(),
      code: 'WELCOME-10',
      periods: null,
      plans: null,
      prices: null,
      redeemableUntil: null,
      maximumRedemptions: null,
      oncePerAccount: true,
      archived: false,
    },
  });
  expect((await send('GET', `/coupons/${created.body.id}`)).body).toEqual(created.body);
});

test('keeps everything that limits a coupon', async () => {
  const { send, productId } = await openShop(catalogue);
  await send('POST', '/plans', buildPlan(productId));
  const limits = {
    discount: amount('500'),
    periods: 3,
    plans: ['basic'],
    prices: ['fee'],
    maximumRedemptions: 100,
    oncePerAccount: false,
  };
  const coupon = buildCoupon({ ...limits, redeemableUntil: '2030-01-01T01:00:00+01:00' });
  const { body } = await send('POST', '/coupons', coupon);
  expect(body).toMatchObject({ ...limits, redeemableUntil: '2030-01-01T00:00:00.000Z' });
});

test.each(['0', '-1', '100.000000000001', '101'])('refuses a discount of %s percent', async (value) => {
  const { send } = await openShop(catalogue);
  const answer = await send('POST', '/coupons', buildCoupon({ discount: percent(value) }));
  expect(pathsOf(answer)).toEqual(['/discount/percent']);
});

test('takes percents up to the whole, and amounts above zero', async () => {
  const { send } = await openShop(catalogue);
  for (const [code, discount] of [
    ['ALL', percent('100')],
    ['BIT', percent('0.000000000001')],
    ['YEN', amount('0.5')],
  ] as const)
    expect((await send('POST', '/coupons', buildCoupon({ code, discount }))).status).toBe(201);
  expect(pathsOf(await send('POST', '/coupons', buildCoupon({ discount: amount('0') })))).toEqual(['/discount/amount']);
});

test('names every fault at once, and keys that lead nowhere once the body is sound', async () => {
  const { send } = await openShop(catalogue);
  const faulty = { code: 'no spaces', discount: { kind: 'amount', amount: '5' }, periods: 0, plans: [], colour: 'red' };
  expect(pathsOf(await send('POST', '/coupons', buildCoupon(faulty)))).toEqual([
    '/code',
    '/colour',
    '/discount/currency',
    '/periods',
    '/plans',
  ]);
  expect(pathsOf(await send('POST', '/coupons', buildCoupon({ plans: ['a', 'a'], discount: percent('0') })))).toEqual([
    '/discount/percent',
    '/plans/1',
  ]);
  expect(pathsOf(await send('POST', '/coupons', buildCoupon({ plans: ['a'], prices: ['b'] })))).toEqual([
    '/plans/0',
    '/prices/0',
  ]);
});

test('a code is taken once in a tenant, however it is written', async () => {
  const { send } = await openShop(catalogue);
  await send('POST', '/coupons', buildCoupon());
  expect(await send('POST', '/coupons', buildCoupon({ code: 'Welcome' }))).toMatchObject({
    status: 409,
    body: { code: 'resource.already_exists' },
  });
  const stranger = await openShop(catalogue);
  expect((await stranger.send('POST', '/coupons', buildCoupon())).status).toBe(201);
});

test('is renamed and archived under its version; its discount never changes', async () => {
  const { send } = await openShop(catalogue);
  const { body } = await send('POST', '/coupons', buildCoupon());
  const path = `/coupons/${body.id}`;
  const change = { name: 'Old', archived: true };
  await catalogue.takeEvents();
  expect((await send('PATCH', path, change, { 'if-match': '"1"' })).body).toMatchObject({ ...change, version: 2 });
  expect((await send('PATCH', path, change, { 'if-match': '"1"' })).status).toBe(412);
  expect(pathsOf(await send('PATCH', path, { discount: percent('20'), code: 'X' }))).toEqual(['/code', '/discount']);
  expect(await catalogue.takeEvents()).toMatchObject([
    { data: { action: 'coupon.updated', before: { archived: false }, after: { archived: true } } },
  ]);
});

test('is found by its code as people type it, archived or not, in its own tenant only', async () => {
  const { send, principal } = await openShop(catalogue);
  const { body } = await send('POST', '/coupons', buildCoupon());
  await send('PATCH', `/coupons/${body.id}`, { archived: true });
  await send('POST', '/coupons', buildCoupon({ code: 'OTHER' }));
  const { findCoupon } = catalogue.instance.contract as ContractFunctions<typeof productContract>;
  const { id, version: _version, createdAt: _created, updatedAt: _updated, ...rest } = body;
  const expected = { couponId: id, ...rest, archived: true };
  expect(await findCoupon({ tenantId: principal.tenant!, code: ' welcome' })).toEqual(expected);
  expect(await findCoupon({ tenantId: principal.tenant!, code: 'nothing' })).toBeNull();
  expect(await findCoupon({ tenantId: principal.tenant!, code: 'no code at all' })).toBeNull();
  expect(await findCoupon({ tenantId: newId(), code: 'WELCOME' })).toBeNull();
  expect((await send('GET', '/coupons?code=other')).body.data).toMatchObject([{ code: 'OTHER' }]);
});

test('members of an organization see no coupons', async () => {
  const { principal } = await openShop(catalogue);
  const member = buildPrincipal({ tenant: principal.tenant!, roles: ['org_member'] });
  const answer = await catalogue.request('GET', '/coupons', { principal: member });
  expect([answer.status, answer.body.code]).toEqual([403, 'auth.permission_denied']);
});
