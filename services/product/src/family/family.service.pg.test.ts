import type { ContractFunctions, productContract } from '@plinth/contracts';
import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPlan, openShop, pathsOf } from '../../test/builders.ts';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service);
});
afterAll(() => catalogue.stop());

async function openLadder() {
  const shop = await openShop(catalogue);
  const { body: family } = await shop.send('POST', '/plan-families', { key: 'api', name: 'API' });
  const create = async (key: string, rank: number) =>
    (await shop.send('POST', '/plans', buildPlan(shop.productId, { key, family: { key: 'api', rank } }))).body;
  const large = await create('large', 2);
  const small = await create('small', 1);
  return { ...shop, family, small, large };
}

test('upgrades take effect now and downgrades at the end of the period unless a family says otherwise', async () => {
  const { send } = await openShop(catalogue);
  expect(await send('POST', '/plan-families', { key: 'api', name: 'API' })).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: { key: 'api', upgrade: 'now', downgrade: 'period_end', version: 1 },
  });
  const other = { key: 'web', name: 'Web', upgrade: 'period_end', downgrade: 'now' };
  expect((await send('POST', '/plan-families', other)).body).toMatchObject(other);
  expect((await send('POST', '/plan-families', other)).body.code).toBe('resource.already_exists');
  expect((await send('GET', '/plan-families')).body.data.map(({ key }: { key: string }) => key)).toEqual([
    'api',
    'web',
  ]);
});

test('shows its plans by rank, and each plan its place', async () => {
  const { send, family, small, large } = await openLadder();
  const { body } = await send('GET', `/plan-families/${family.id}`);
  expect(body).toEqual({
    ...family,
    plans: [
      { planId: small.id, key: 'small', rank: 1, changesTo: null },
      { planId: large.id, key: 'large', rank: 2, changesTo: null },
    ],
  });
  expect(small.family).toEqual({ key: 'api', rank: 1, upgrade: 'now', downgrade: 'period_end', changesTo: null });
});

test('other services see what a family says now, also of versions that were sold before', async () => {
  const { send, principal, family, small } = await openLadder();
  const path = `/plan-families/${family.id}`;
  expect((await send('PATCH', path, { downgrade: 'now' }, { 'if-match': '"1"' })).body).toMatchObject({
    name: 'API',
    downgrade: 'now',
    version: 2,
  });
  expect((await send('PATCH', path, { name: 'Late' }, { 'if-match': '"1"' })).status).toBe(412);
  expect(pathsOf(await send('PATCH', path, { key: 'x', upgrade: 'later' }))).toEqual(['/key', '/upgrade']);
  const { findPlanVersion } = catalogue.instance.contract as ContractFunctions<typeof productContract>;
  const found = await findPlanVersion({ tenantId: principal.tenant!, planId: small.id });
  expect(found!.family).toEqual({ key: 'api', rank: 1, upgrade: 'now', downgrade: 'now', changesTo: null });
});

test('a plan allows changes to plans of its family only, changes its place and leaves the family', async () => {
  const { send, productId, family, small, large } = await openLadder();
  await send('POST', '/plans', buildPlan(productId, { key: 'alone' }));
  const path = `/plans/${small.id}`;
  expect((await send('PATCH', path, { family: { changesTo: ['large'] } })).body.family).toMatchObject({
    rank: 1,
    changesTo: ['large'],
  });
  expect(pathsOf(await send('PATCH', path, { family: { changesTo: ['alone', 'small'] } }))).toEqual([
    '/family/changesTo/0',
    '/family/changesTo/1',
  ]);
  expect(pathsOf(await send('PATCH', path, { family: { key: 'nothing', rank: 1 } }))).toEqual(['/family/key']);
  const { body: other } = await send('POST', '/plan-families', { key: 'other', name: 'Other' });
  await send('PATCH', `/plans/${large.id}`, { family: { key: 'other', rank: 1 } });
  expect((await send('GET', path)).body.family.changesTo).toEqual([]);
  expect((await send('GET', `/plan-families/${family.id}`)).body.plans).toMatchObject([{ changesTo: [] }]);
  expect((await send('GET', `/plan-families/${other.id}`)).body.plans).toMatchObject([{ key: 'large' }]);
  await send('PATCH', `/plans/${large.id}`, { family: { key: 'api', rank: 2 } });
  const moved = await send('PATCH', path, { family: { rank: 3 } });
  expect(moved.body).toMatchObject({ planVersion: 1, family: { rank: 3, changesTo: ['large'] } });
  expect((await send('PATCH', path, { family: null })).body.family).toBeNull();
  expect(pathsOf(await send('PATCH', path, { family: { rank: 3 } }))).toEqual(['/family/key']);
});

test('records creation and change in the audit trail', async () => {
  const { send } = await openShop(catalogue);
  await catalogue.takeEvents();
  const { body } = await send('POST', '/plan-families', { key: 'api', name: 'API' });
  await send('PATCH', `/plan-families/${body.id}`, { name: 'Interfaces' });
  expect(await catalogue.takeEvents()).toMatchObject([
    { data: { action: 'plan_family.created', resourceId: body.id } },
    { data: { action: 'plan_family.updated', before: { name: 'API' }, after: { name: 'Interfaces' } } },
  ]);
});
