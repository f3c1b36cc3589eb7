import type { ContractFunctions, subscriptionContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFee, buildPlan, openShop, pathsOf } from '../../test/builders.ts';
import { service } from '../index.ts';

type Preview = ContractFunctions<typeof subscriptionContract>['previewPlanVersion'];

const accountId = newId();
const subscriptionId = newId();
/** One subscription in each currency, whose flat fees are its cost, in whole units. */
const previewPlanVersion: Preview = async ({ plan, limit }) => {
  const newMinor = `${plan.prices.map(({ model }) => (model.model === 'flat' ? model.amount : '0')).join('')}00`;
  const period = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' };
  const sample = { subscriptionId, accountId, ...period, currentMinor: '1000', newMinor };
  return { subscriptions: 1, accounts: 1, rated: 1, currentMinor: '1000', newMinor, samples: [sample].slice(0, limit) };
};

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service, { contracts: { subscription: { previewPlanVersion } } });
});
afterAll(() => catalogue.stop());

const flat = (amount: string) => ({ model: 'flat', amount, timing: 'arrears' });

test('asks what the version would cost in each currency, and publishes nothing', async () => {
  const { send, productId } = await openShop(catalogue);
  const prices = [{ ...buildFee(), models: { USD: flat('11') } }];
  const { body: plan } = await send('POST', '/plans', buildPlan(productId, { currencies: ['USD'], prices }));
  await catalogue.takeEvents();
  const content = {
    currencies: ['GBP'],
    prices: [{ ...buildFee({ model: flat('12') }), models: { GBP: flat('13') } }],
  };
  const answer = await send('POST', `/plans/${plan.id}/versions/preview?limit=1`, content);
  const cost = { subscriptions: 1, accounts: 1, rated: 1, currentMinor: '1000' };
  expect(answer).toMatchObject({
    status: 200,
    body: {
      planId: plan.id,
      planVersion: 2,
      currencies: [
        { currency: 'EUR', ...cost, newMinor: '1200', samples: [{ subscriptionId, newMinor: '1200' }] },
        { currency: 'GBP', ...cost, newMinor: '1300', samples: [{ subscriptionId, newMinor: '1300' }] },
      ],
      droppedCurrencies: ['USD'],
    },
  });
  expect(answer.body.changes.map(({ path }: { path: string }) => path)).toEqual([
    '/currencies/0',
    '/prices/fee/model/amount',
    '/prices/fee/models/GBP',
    '/prices/fee/models/USD',
  ]);
  expect((await send('GET', `/plans/${plan.id}`)).body).toEqual(plan);
  expect(await catalogue.takeEvents()).toEqual([]);
});

test('finds the faults that publishing would', async () => {
  const { send, productId } = await openShop(catalogue);
  const { body: plan } = await send('POST', '/plans', buildPlan(productId));
  const path = `/plans/${plan.id}/versions`;
  const faulty = { prices: [{ ...buildFee(), phases: ['trial'] }], currencies: ['USD'] };
  const refused = pathsOf(await send('POST', path, faulty));
  expect(refused).toEqual(['/prices/0/models', '/prices/0/phases/0']);
  expect(pathsOf(await send('POST', `${path}/preview`, faulty))).toEqual(refused);
  await send('PATCH', `/plans/${plan.id}`, { archived: true });
  expect((await send('POST', `${path}/preview`, { prices: [buildFee()] })).body.code).toBe('plan.archived');
});
