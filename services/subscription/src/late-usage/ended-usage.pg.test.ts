import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildLateUsageTenant } from '../../test/late-usage.builders.ts';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
/** What happens between the reading of quantities and the writing of what they cost. */
let afterQuantities = async () => {};
beforeAll(async () => {
  const { metering, ...others } = platform.contracts;
  const listQuantities: typeof metering.listQuantities = async (input) => {
    const quantities = await metering.listQuantities(input);
    await afterQuantities();
    return quantities;
  };
  subscriptions = await startServiceUnderTest(service, {
    contracts: { ...others, metering: { ...metering, listQuantities } },
    clock,
  });
});
beforeEach(() => {
  platform.quantityCallsLeft = Number.POSITIVE_INFINITY;
});
afterAll(() => subscriptions.stop());

/** A subscription of April and May that has had its last invoice. */
async function buildEnded(changes = {}, body = {}) {
  const tenant = buildLateUsageTenant({ platform, clock, subscriptions }, changes);
  const id = await tenant.subscribe({ endsOn: '2024-06-01', ...body });
  tenant.meter('2024-05-10T00:00:00Z', 80);
  await tenant.billAt('2024-06-01T02:00:00Z');
  return { ...tenant, id };
}

const countNotes = (tenantId: string) =>
  subscriptions.database.transaction(tenantId, (transaction) =>
    transaction.rows('SELECT FROM subscription.ended_usage'),
  );

test('usage of the last period that comes after the last invoice is billed on one of its own, at what it adds, and once', async () => {
  const { id, tenantId, get, meterLate, runAt, billAt } = await buildEnded();
  meterLate('2024-05-20', 40);
  expect(await billAt('2024-06-03T00:00:00Z')).toEqual([['usage', '1', '1', '40', '300']]);
  expect(await billAt('2024-06-03T01:00:00Z')).toEqual([]);
  const { data } = await get('/invoices');
  expect(data[0]).toMatchObject({
    subscriptionId: id,
    status: 'finalized',
    billedAt: '2024-06-03T00:00:00.000Z',
    totalMinor: '300',
  });
  meterLate('2024-05-21', 20);
  const runs = await Promise.all([runAt('2024-06-04T00:00:00Z'), runAt('2024-06-04T00:00:00Z')]);
  expect(runs.reduce((sum, { invoices }) => sum + invoices, 0)).toBe(1);
  expect(await billAt('2024-06-05T00:00:00Z')).toEqual([]);
  expect(await countNotes(tenantId)).toEqual([]);
});

test('a correction downwards is given back, with what a minimum makes up for', async () => {
  const { meterLate, billAt } = await buildEnded({ minimumSpend: '5' });
  meterLate('2024-05-20', -60);
  expect(await billAt('2024-06-03T00:00:00Z')).toEqual([
    ['usage', '1', '1', '-60', '-600'],
    ['minimum', '1', '0', '1', '300'],
  ]);
});

test('a run that breaks off leaves it to the next one', async () => {
  const { meterLate, runAt, billAt } = await buildEnded();
  meterLate('2024-05-20', 40);
  platform.quantityCallsLeft = 0;
  expect((await runAt('2024-06-03T00:00:00Z')).code).toBe('internal');
  platform.quantityCallsLeft = Number.POSITIVE_INFINITY;
  expect(await billAt('2024-06-03T01:00:00Z')).toEqual([['usage', '1', '1', '40', '300']]);
});

test('usage that was on its way when the last invoice was made is looked for once, although metering does not list it', async () => {
  const tenant = buildLateUsageTenant({ platform, clock, subscriptions });
  await tenant.subscribe({ endsOn: '2024-06-01' });
  await tenant.billAt('2024-06-01T00:00:00Z');
  tenant.meter('2024-05-31T23:59:30Z', 5);
  expect(await tenant.billAt('2024-06-01T01:00:00Z')).toEqual([]);
  expect(await tenant.billAt('2024-06-01T02:00:00Z')).toEqual([['usage', '1', '1', '5', '50']]);
  tenant.meter('2024-05-31T23:59:40Z', 5);
  expect(await tenant.billAt('2024-06-01T03:00:00Z')).toEqual([]);
});

test('each of several ended subscriptions gets what belongs to its own last period', async () => {
  const { subscribe, meterLate, billAt, get } = await buildEnded();
  const second = await subscribe({ startsOn: '2024-06-01', endsOn: '2024-06-11' });
  await billAt('2024-06-11T02:00:00Z');
  meterLate('2024-05-20', 10);
  meterLate('2024-06-05', 7);
  expect((await billAt('2024-06-12T00:00:00Z')).toSorted()).toEqual([
    ['usage', '0', '1', '7', '70'],
    ['usage', '1', '1', '10', '100'],
  ]);
  const own = await get(`/invoices?subscriptionId=${second}`);
  expect(own.data.map(({ totalMinor }: { totalMinor: string }) => totalMinor)).toEqual(['70', '0']);
});

test('goes one closed period back and no further, also when a run was left out', async () => {
  const late = await buildEnded();
  // Read by the first run after the next period, which it may have come in.
  late.meterLate('2024-05-20', 10);
  expect(await late.billAt('2024-07-05T00:00:00Z')).toEqual([['usage', '1', '1', '10', '100']]);
  late.meterLate('2024-05-21', 10);
  expect(await late.billAt('2024-07-06T00:00:00Z')).toEqual([]);
  expect(await countNotes(late.tenantId)).toEqual([]);
  const earlier = await buildEnded();
  earlier.meterLate('2024-04-20', 10);
  expect(await earlier.billAt('2024-06-03T00:00:00Z')).toEqual([]);
});

test('counts toward the commitment that the end has settled', async () => {
  const commitment = { amount: '24', term: { unit: 'month', count: 2 } };
  const { meterLate, billAt } = await buildEnded({}, { commitment });
  meterLate('2024-05-20', 10);
  expect(await billAt('2024-06-03T00:00:00Z')).toEqual([
    ['usage', '1', '1', '10', '100'],
    ['minimum', '1', '1', '0', '-100'],
  ]);
  meterLate('2024-05-20', -90);
  expect(await billAt('2024-06-04T00:00:00Z')).toEqual([
    ['usage', '1', '2', '-90', '-900'],
    ['minimum', '1', '2', '0', '900'],
  ]);
});

test('usage that comes between the reading and the writing of the last billing is not lost', async () => {
  const tenant = buildLateUsageTenant({ platform, clock, subscriptions });
  await tenant.subscribe({ endsOn: '2024-06-01' });
  await tenant.billAt('2024-05-01T02:00:00Z');
  afterQuantities = async () => {
    afterQuantities = async () => {};
    tenant.meterLate('2024-05-20', 40);
    // Reads the list while the subscription has not ended yet, and bills nothing.
    await tenant.runUntil('2024-05-15T00:00:00Z');
  };
  expect((await tenant.billAt('2024-06-01T02:00:00Z')).toSorted()).toEqual([
    ['usage', '1', '0', '0', '0'],
    ['usage', '1', '1', '40', '400'],
  ]);
  expect(await countNotes(tenant.tenantId)).toEqual([]);
});

test('who has read the usage before more of it came writes nothing, and leaves it to the next run', async () => {
  const tenant = await buildEnded();
  tenant.meterLate('2024-05-20', 10);
  afterQuantities = async () => {
    afterQuantities = async () => {};
    tenant.meterLate('2024-05-20', 30);
    await tenant.runUntil('2024-05-15T00:00:00Z');
  };
  expect(await tenant.billAt('2024-06-03T00:00:00Z')).toEqual([]);
  expect(await tenant.billAt('2024-06-03T01:00:00Z')).toEqual([['usage', '1', '1', '40', '300']]);
});
