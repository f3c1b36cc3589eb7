import { newId } from '@plinth/common';
import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFee, buildPlan, buildPrice, openShop, type Shop, metering } from '../../test/builders.ts';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service, { contracts: { metering } });
});
afterAll(() => catalogue.stop());

const tiers = [
  { upTo: '10', unitAmount: '1', flatAmount: '2' },
  { upTo: null, unitAmount: '0.5' },
];
const graduated = buildPrice('z-graduated', { model: 'graduated', tiers, meter: 'calls' });
const volume = buildPrice('a-volume', { model: 'volume', tiers });

async function listKeys(send: Shop['send'], path: string): Promise<string[]> {
  const { body } = await send('GET', path);
  return body.data.map((price: { key: string }) => price.key);
}

async function openShopWithTwoPlans() {
  const shop = await openShop(catalogue);
  const create = async (key: string, prices: object[]): Promise<string> =>
    (await shop.send('POST', '/plans', buildPlan(shop.productId, { key, prices }))).body.id;
  const first = await create('first', [graduated, buildFee(), volume]);
  const second = await create('second', [buildFee({ key: 'second-fee' }), { ...volume, key: 'second-volume' }]);
  return { ...shop, first, second };
}

test('lists the prices of the newest versions in the order of their plans, all or those of one plan', async () => {
  const { send, first, second } = await openShopWithTwoPlans();
  expect(await listKeys(send, '/prices')).toEqual(['z-graduated', 'fee', 'a-volume', 'second-fee', 'second-volume']);
  expect(await listKeys(send, `/prices?planId=${second}`)).toEqual(['second-fee', 'second-volume']);
  await send('POST', `/plans/${first}/versions`, { prices: [buildFee({ key: 'only' })] });
  expect(await listKeys(send, '/prices')).toEqual(['only', 'second-fee', 'second-volume']);
});

test('pages through prices across plans without losing or repeating one', async () => {
  const { send } = await openShopWithTwoPlans();
  const keys: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await send('GET', `/prices?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    keys.push(...body.data.map((price: { key: string }) => price.key));
    cursor = body.nextCursor;
  }
  expect(keys).toEqual(['z-graduated', 'fee', 'a-volume', 'second-fee', 'second-volume']);
});

test('lists tier tables only, with the plan and currency they belong to', async () => {
  const { send, first } = await openShopWithTwoPlans();
  expect(await listKeys(send, '/tiers')).toEqual(['z-graduated', 'a-volume', 'second-volume']);
  const place = { id: expect.any(String), planId: first, planVersion: 1, currency: 'EUR' };
  const common = { ...place, models: {}, taxCategory: 'standard', phases: null };
  expect((await send('GET', `/tiers?planId=${first}`)).body.data).toEqual([
    { ...graduated, ...common },
    { ...volume, ...common },
  ]);
});

test('a price is found by its id, also when its version is no longer the newest', async () => {
  const { send, first } = await openShopWithTwoPlans();
  const { body: page } = await send('GET', `/prices?planId=${first}`);
  await send('POST', `/plans/${first}/versions`, { prices: [buildFee()], currency: 'USD' });
  expect(await send('GET', `/prices/${page.data[0].id}`)).toMatchObject({ status: 200, body: page.data[0] });
  expect((await send('GET', `/prices/${newId()}`)).status).toBe(404);
});

test('a plan that does not exist has no prices to list', async () => {
  const { send } = await openShop(catalogue);
  expect((await send('GET', `/prices?planId=${newId()}`)).status).toBe(404);
  expect((await send('GET', `/tiers?planId=${newId()}`)).status).toBe(404);
});
