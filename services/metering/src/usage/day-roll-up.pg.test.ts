import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

const accountId = newId();
const principal = buildPrincipal();
const tenantId = principal.tenant as string;
const QUARTER_MS = 900_000;
const start = Date.UTC(2025, 0, 10);
const days = 6;
let metering: ServiceUnderTest;

beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    contracts: {
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
      account: {
        resolveAccounts: async ({ keys }: { keys: string[] }) => keys.map((key) => ({ key, accountId })),
      },
    },
  });
  for (const [key, aggregation, valueProperty] of [
    ['calls', 'count'],
    ['bytes', 'sum', 'bytes'],
    ['peak', 'max', 'bytes'],
    ['latest', 'last', 'bytes'],
    ['users', 'unique_count', 'user'],
  ]) {
    const body = { key, name: key, eventType: 'call', aggregation, valueProperty };
    expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  }
});
afterAll(() => metering.stop());

// The same numbers in each run.
let state = 7;
function random(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return state % below;
}

let sent = 0;
async function send(count: number): Promise<void> {
  const body = Array.from({ length: count }, () => {
    sent += 1;
    // No two events at one time: which of them is the last one must be certain.
    const time = new Date(start + random(days * 96) * QUARTER_MS + sent).toISOString();
    const data = { bytes: random(1000) / 4, user: `u${random(20)}` };
    return { specversion: '1.0', id: String(sent), source: 'urn:test', type: 'call', subject: 'acme', time, data };
  });
  const answer = await metering.request('POST', '/usage/events', {
    principal,
    body,
    headers: { 'content-type': 'application/cloudevents-batch+json' },
  });
  expect(answer.body).toMatchObject({ accepted: count });
}

const ranges = [
  [0, days * 96],
  [1, days * 96 - 1],
  [96, 192],
  [100, 110],
  [95, 97],
  [96, 97],
  ...Array.from({ length: 30 }, () => {
    const from = random(days * 96 - 1);
    return [from, from + 1 + random(days * 96 - from)];
  }),
] as [number, number][];

async function readAll(): Promise<unknown[]> {
  const answers = [];
  for (const [from, to] of ranges) {
    const time = (quarter: number): string => new Date(start + quarter * QUARTER_MS).toISOString();
    const query = `accountId=${accountId}&from=${time(from)}&to=${time(to)}`;
    answers.push((await metering.request('GET', `/usage?${query}`, { principal })).body.data);
  }
  return answers;
}

const rollUp = async (): Promise<void> => metering.instance.jobs?.[0]?.run({});
const countDays = async (): Promise<number> =>
  metering.database.transaction(
    tenantId,
    async (transaction) =>
      (await transaction.findRow<{ count: number }>('SELECT count(*)::int AS count FROM metering.usage_days'))?.count ??
      0,
  );
const forgetDays = async (): Promise<void> =>
  metering.database.transaction(tenantId, async (transaction) => {
    await transaction.execute('DELETE FROM metering.usage_days');
    await transaction.execute(`UPDATE metering.day_roll_ups SET rolled_until = '2000-01-01T00:00:00Z'`);
  });

test('days give the same usage as their windows, also with events that come late', async () => {
  await send(400);
  const byWindows = await readAll();
  await rollUp();
  expect(await countDays()).toBe(days * 5);
  expect(await readAll()).toEqual(byWindows);

  await send(150);
  const late = await readAll();
  expect(late).not.toEqual(byWindows);
  await forgetDays();
  expect(await readAll()).toEqual(late);
});

test('days and windows agree when events come while days are rolled up', async () => {
  await forgetDays();
  const work = Promise.all(Array.from({ length: 30 }, () => send(10)));
  await Promise.all([rollUp(), rollUp(), work]);
  await rollUp();
  const byDays = await readAll();
  expect(await countDays()).toBe(days * 5);
  await forgetDays();
  expect(await readAll()).toEqual(byDays);
});
