import { newId, systemClock, TenantClock, type Transaction } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { service } from '../index.ts';
import {
  groupKey,
  referenceGroups,
  referenceQuantity,
  type ReferenceEvent,
  type ReferenceMeter,
  type ReferenceRange,
} from '../../test/reference-usage.ts';
import { ReAggregation } from './re-aggregation.ts';
import { UsageCounter } from './usage-counter.ts';

// Thousands of readings of one database.
vi.setConfig({ testTimeout: 60_000 });

const principal = buildPrincipal();
const tenantId = principal.tenant as string;
const accountIds = [newId(), newId()] as const;
const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
const days = 5;
const start = Date.UTC(2025, 0, 10);
const end = start + days * 24 * HOUR_MS;
let metering: ServiceUnderTest;

const dimensions = ['region', 'tier'];
const eu = { property: 'region', operator: 'equals', values: ['eu'] };
let meters: ReferenceMeter[] = [
  { key: 'count', aggregation: 'count' },
  { key: 'sum', aggregation: 'sum', valueProperty: 'size' },
  { key: 'max', aggregation: 'max', valueProperty: 'size' },
  { key: 'min', aggregation: 'min', valueProperty: 'size' },
  { key: 'last', aggregation: 'last', valueProperty: 'size' },
  { key: 'users', aggregation: 'unique_count', valueProperty: 'user' },
  { key: 'held', aggregation: 'weighted_sum', valueProperty: 'size' },
  { key: 'p7', aggregation: 'percentile', valueProperty: 'size', percentile: '7' },
  { key: 'eu-sum', aggregation: 'sum', valueProperty: 'size', filters: [eu] },
  {
    key: 'rest',
    aggregation: 'count',
    filters: [
      { ...eu, operator: 'not_equals' },
      { property: 'tier', operator: 'in', values: ['1', '2'] },
    ],
  },
  ...['count', 'sum', 'max', 'min', 'last', 'weighted_sum', 'percentile', 'unique_count'].map((aggregation) => ({
    key: `by-${aggregation}`,
    aggregation,
    ...(aggregation === 'count' ? {} : { valueProperty: aggregation === 'unique_count' ? 'user' : 'size' }),
    ...(aggregation === 'percentile' ? { percentile: '50' } : {}),
    dimensions,
  })),
];

beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    contracts: {
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
      account: {
        resolveAccounts: async ({ keys }: { keys: string[] }) =>
          keys.map((key) => ({ key, accountId: accountIds[Number(key)] })),
      },
    },
  });
  for (const meter of meters) {
    const body = { ...meter, name: meter.key, eventType: 'call' };
    expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  }
});
afterAll(() => metering.stop());

// The same numbers in each run.
let state = 11;
function random(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 8) % below;
}
const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;

const known: [Map<string, ReferenceEvent>, Map<string, ReferenceEvent>] = [new Map(), new Map()];
let sent = 0;

function randomData(): ReferenceEvent['data'] {
  const region = pick(['eu', 'us', undefined]);
  return {
    size: random(800) / 4 - 20,
    user: `u${random(12)}`,
    tier: random(3),
    ...(region === undefined ? {} : { region }),
  };
}

async function send(count: number): Promise<void> {
  const made = Array.from({ length: count }, () => ({
    account: random(2) as 0 | 1,
    // Few different times, so that several events share one now and then.
    event: { id: String((sent += 1)), time: start + random(days * 24 * 240) * 15_000, data: randomData() },
  }));
  const body = made.map(({ account, event: { id, time, data } }) => {
    const envelope = { specversion: '1.0', source: 'urn:test', type: 'call', subject: String(account) };
    return { ...envelope, id, time: iso(time), data };
  });
  const headers = { 'content-type': 'application/cloudevents-batch+json' };
  const answer = await metering.request('POST', '/usage/events', { principal, body, headers });
  expect(answer.body).toMatchObject({ accepted: count, rejected: [] });
  for (const { account, event } of made) known[account].set(event.id, event);
}

/** Corrects events that were sent already; no event twice. */
const corrected = new Set<string>();
async function correct(count: number): Promise<void> {
  const work = Array.from({ length: count }, async () => {
    const account = random(2) as 0 | 1;
    const event = pick([...known[account].values()].filter(({ id }) => !corrected.has(id)));
    corrected.add(event.id);
    const place = { source: 'urn:test', id: event.id, accountId: accountIds[account], reason: 'wrong' };
    const isRetracted = random(2) === 0;
    const data = randomData();
    if (isRetracted) known[account].delete(event.id);
    else known[account].set(event.id, { ...event, data });
    const path = `/usage/events/${isRetracted ? 'retract' : 'replace'}`;
    const body = isRetracted ? place : { ...place, time: new Date(event.time).toISOString(), data };
    const answer = await metering.request('POST', path, { principal, body });
    expect(answer).toMatchObject({ status: 200, body: { retracted: isRetracted } });
  });
  await Promise.all(work);
}

const ranges = [
  [0, days * 96],
  [1, days * 96 - 1],
  [96, 192],
  [95, 97],
  [130, 131],
  ...Array.from({ length: 8 }, () => {
    const from = random(days * 96 - 1);
    return [from, from + 1 + random(days * 96 - from)];
  }),
].map(([from = 0, to = 0]) => ({ from: start + from * QUARTER_MS, to: start + to * QUARTER_MS, now: end + HOUR_MS }));

const eventsOf = (account: 0 | 1): ReferenceEvent[] => [...known[account].values()];
const iso = (time: number): string => new Date(time).toISOString();

async function expectExact(): Promise<void> {
  for (const account of [0, 1] as const) {
    for (const range of ranges) {
      const query = `accountId=${accountIds[account]}&from=${iso(range.from)}&to=${iso(range.to)}`;
      const { body } = await metering.request('GET', `/usage?${query}`, { principal });
      const found = Object.fromEntries(
        body.data.map((row: { meter: string; quantity: string }) => [row.meter, row.quantity]),
      );
      const expected = meters.map((meter) => [meter.key, referenceQuantity(meter, eventsOf(account), range)]);
      expect(found).toEqual(Object.fromEntries(expected));
    }
    for (const range of ranges.slice(0, 3)) await expectGroups(account, range);
  }
  await expectSeries(0);
}

async function expectGroups(account: 0 | 1, range: ReferenceRange): Promise<void> {
  const contract = metering.instance.contract as {
    listGroupedQuantities(input: object): Promise<{ values: Record<string, string>; quantity: string }[][]>;
  };
  const asked = meters
    .filter((meter) => meter.dimensions !== undefined)
    .flatMap((meter) => [['region'], ['tier', 'region']].map((groupBy) => ({ meter, groupBy })));
  const answers = await contract.listGroupedQuantities({
    tenantId,
    requests: asked.map(({ meter, groupBy }) => ({
      accountId: accountIds[account],
      meter: meter.key,
      from: iso(range.from),
      to: iso(range.to),
      groupBy,
    })),
  });
  for (const [index, { meter, groupBy }] of asked.entries()) {
    const found = answers[index]!.map(({ values, quantity }) => [groupKey(groupBy, values), quantity]);
    expect({ [meter.key]: Object.fromEntries(found) }).toEqual({
      [meter.key]: referenceGroups(meter, eventsOf(account), range, groupBy),
    });
  }
}

/** Days of a zone with another offset, each beside the quantity of its range alone. */
async function expectSeries(account: 0 | 1): Promise<void> {
  const query = `accountId=${accountIds[account]}&from=${iso(start)}&to=${iso(end)}&windowSize=day&timeZone=Asia/Kolkata`;
  for (const meter of meters) {
    const { body } = await metering.request('GET', `/usage?${query}&meter=${meter.key}`, { principal });
    expect(body.data.length).toBeGreaterThan(days - 1);
    for (const row of body.data as { from: string; to: string; quantity: string }[]) {
      const range = { from: Date.parse(row.from), to: Date.parse(row.to), now: end + HOUR_MS };
      expect([meter.key, row]).toEqual([
        meter.key,
        { ...row, quantity: referenceQuantity(meter, eventsOf(account), range) },
      ]);
    }
  }
}

const runJob = async (name: string): Promise<void> => metering.instance.jobs?.find((job) => job.name === name)?.run({});
const reAggregate = (): Promise<void> => runJob('metering.re-aggregation');
const rollUp = async (): Promise<void> => runJob('metering.day-roll-up');
const forgetDays = async (): Promise<void> =>
  metering.database.transaction(tenantId, async (transaction) => {
    await transaction.execute('DELETE FROM metering.usage_days');
    await transaction.execute(`UPDATE metering.day_roll_ups SET rolled_until = '2000-01-01T00:00:00Z'`);
  });

test('every aggregation equals a computation from the events, in windows and in days', async () => {
  await send(600);
  await expectExact();
  await rollUp();
  await expectExact();
});

test('late events and corrections at the same time leave every quantity exact', async () => {
  await Promise.all([send(60), correct(40), send(60), rollUp(), send(60), correct(20)]);
  await expectExact();
  await forgetDays();
  await expectExact();
  await Promise.all([correct(20), rollUp(), send(60), rollUp(), correct(20)]);
  await expectExact();
});

/** Stops in the middle of every other step, as a process does that is killed: after writing, before the commit. */
class FailingCounter extends UsageCounter {
  #calls = 0;
  override async add(...input: Parameters<UsageCounter['add']>): Promise<void> {
    await super.add(...input);
    if ((this.#calls += 1) % 2 === 0) throw new Error('killed');
  }
}

const building = async (): Promise<string[]> =>
  metering.database.transaction(tenantId, async (transaction: Transaction) =>
    (
      await transaction.rows<{ id: string }>(
        `SELECT id FROM metering.meter_revisions WHERE status = 'building' ORDER BY id`,
      )
    ).map(({ id }) => id),
  );

const startReAggregation = (): ReAggregation =>
  new ReAggregation({
    database: metering.database,
    clock: systemClock,
    counter: new FailingCounter(new TenantClock(systemClock, async () => ({ sandbox: false, testClock: null }))),
    replay: async () => undefined,
    eventsPerTransaction: 70,
  });

/** One step of each revision, whether it fails or not. */
async function advanceAll(reAggregation: ReAggregation): Promise<boolean> {
  let isMore = false;
  for (const id of await building()) isMore = (await reAggregation.advance(tenantId, id).catch(() => true)) || isMore;
  return isMore;
}

async function redefine(key: string, change: object): Promise<void> {
  const { body } = await metering.request('GET', '/metering/meters?limit=200', { principal });
  const { id } = body.data.find((meter: { key: string }) => meter.key === key);
  const answer = await metering.request('PATCH', `/metering/meters/${id}`, { principal, body: change });
  expect(answer.status).toBe(200);
}

const changes: Record<string, Partial<ReferenceMeter>> = {
  count: { filters: [eu] },
  sum: { dimensions: ['tier', 'region'] },
  max: { aggregation: 'min' },
  min: { aggregation: 'last' },
  last: { aggregation: 'percentile', percentile: '93' },
  users: { valueProperty: 'region', filters: [{ property: 'region', operator: 'in', values: ['eu', 'us'] }] },
  held: { aggregation: 'max', filters: [eu] },
  p7: { aggregation: 'weighted_sum', dimensions: ['region', 'tier'] },
  'by-unique_count': { filters: [{ property: 'tier', operator: 'not_equals', values: ['0'] }] },
};

test('changed meters answer as before until they are made anew of the events, and lose nothing when that is killed', async () => {
  const redefineAll = async (): Promise<void> => {
    for (const [key, change] of Object.entries(changes)) {
      const percentile = key === 'p7' ? { percentile: null } : {};
      await redefine(key, { ...change, ...percentile });
    }
  };
  const sendOften = async (): Promise<void> => {
    for (let round = 0; round < 20; round += 1) await send(4);
  };
  await Promise.all([redefineAll(), sendOften(), sendOften(), correct(10)]);
  expect(await building()).toHaveLength(Object.keys(changes).length);
  await Promise.all([send(80), advanceAll(startReAggregation()), correct(20)]);
  // A new process each time, and everything else goes on meanwhile.
  for (let round = 0; round < 3; round += 1)
    await Promise.all([
      advanceAll(startReAggregation()),
      advanceAll(startReAggregation()),
      send(40),
      correct(15),
      rollUp(),
    ]);
  await expectExact();

  const { body } = await metering.request('GET', '/metering/meters?limit=1', { principal });
  const meter = (await metering.request('GET', `/metering/meters/${body.data[0].id}`, { principal })).body;
  expect(meter).toMatchObject({ revision: 1, filters: [], building: { revision: 2, filters: [eu] } });
  expect(meter.building.countedEvents).toBeGreaterThan(0);

  const reAggregation = startReAggregation();
  while (await advanceAll(reAggregation)) await Promise.all([correct(3), send(5)]);
  await Promise.all([reAggregate(), send(40), correct(10)]);
  expect(await building()).toEqual([]);
  meters = meters.map((before) => {
    const { percentile: _, ...rest } = { ...before, ...changes[before.key] };
    return rest.aggregation === 'percentile'
      ? { ...rest, percentile: changes[before.key]?.percentile ?? before.percentile! }
      : rest;
  });
  await expectExact();
  await forgetDays();
  await expectExact();
  await Promise.all([rollUp(), correct(20), send(40)]);
  await expectExact();
});

test('what replaced revisions have counted is deleted, and nothing else', async () => {
  const replaced = Object.keys(changes).length;
  const count = (table: string): Promise<number> =>
    metering.database.transaction(tenantId, async (transaction) => {
      const sql = `SELECT count(*)::int AS count FROM metering.${table} t WHERE series_id IN (
        SELECT r.id FROM metering.meter_revisions r WHERE r.number = 1 AND r.status <> 'active'
        UNION SELECT g.series_id FROM metering.usage_groups g JOIN metering.meter_revisions r ON r.id = g.revision_id WHERE r.number = 1 AND r.status <> 'active')`;
      return (await transaction.findRow<{ count: number }>(sql))?.count ?? 0;
    });
  expect(await count('usage_windows')).toBeGreaterThan(0);
  await metering.database.transaction(tenantId, (transaction) =>
    transaction.execute(`UPDATE metering.meter_revisions SET superseded_at = superseded_at - interval '11 minutes'`),
  );
  await Promise.all([reAggregate(), rollUp(), send(20)]);
  for (const table of ['usage_windows', 'usage_days', 'unique_values', 'samples', 'usage_groups'])
    expect([table, await count(table)]).toEqual([table, 0]);
  const statuses = await metering.database.transaction(tenantId, (transaction) =>
    transaction.rows(`SELECT status, count(*)::int AS count FROM metering.meter_revisions GROUP BY 1 ORDER BY 1`),
  );
  expect(statuses).toEqual([
    { status: 'active', count: meters.length },
    { status: 'removed', count: replaced },
  ]);
  await expectExact();
});
