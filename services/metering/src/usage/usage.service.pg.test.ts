import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import type { Principal } from '@plinth/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

const accounts = new Map<string, string>();
let metering: ServiceUnderTest;
beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    contracts: {
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
      account: {
        resolveAccounts: async ({ tenantId, keys }: { tenantId: string; keys: string[] }) =>
          keys.flatMap((key) =>
            accounts.has(tenantId + key) ? [{ key, accountId: accounts.get(tenantId + key) }] : [],
          ),
      },
    },
  });
});
afterAll(() => metering.stop());

const batch = { 'content-type': 'application/cloudevents-batch+json' };
const event = (id: string, changes: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'call',
  subject: 'acme',
  time: '2025-01-10T10:00:00Z',
  data: { bytes: 10, user: 'ada' },
  ...changes,
});

async function createTenant(): Promise<{ principal: Principal; accountId: string }> {
  const principal = buildPrincipal();
  const accountId = newId();
  accounts.set(`${principal.tenant}acme`, accountId);
  for (const [key, aggregation, valueProperty] of [
    ['calls', 'count'],
    ['bytes', 'sum', 'bytes'],
    ['largest', 'max', 'bytes'],
    ['latest', 'last', 'bytes'],
    ['users', 'unique_count', 'user'],
  ]) {
    const body = {
      key,
      name: key,
      eventType: 'call',
      aggregation,
      ...(valueProperty === undefined ? {} : { valueProperty }),
    };
    expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  }
  return { principal, accountId };
}

const send = (principal: Principal, events: unknown, headers: Record<string, string> = batch) =>
  metering.request('POST', '/usage/events', { principal, body: events, headers });

async function usage(
  principal: Principal,
  accountId: string,
  from = '2025-01-01T00:00:00Z',
  to = '2025-02-01T00:00:00Z',
): Promise<Record<string, string>> {
  const { body } = await metering.request('GET', `/usage?accountId=${accountId}&from=${from}&to=${to}`, { principal });
  return Object.fromEntries(
    body.data.map((entry: { meter: string; quantity: string }) => [entry.meter, entry.quantity]),
  );
}

test('counts each event once, whatever is repeated in a batch, between batches and at the same time', async () => {
  const { principal, accountId } = await createTenant();
  const events = [event('1'), event('2'), event('2'), event('3')];
  expect((await send(principal, events)).body).toMatchObject({ accepted: 3, duplicates: 1, rejected: [] });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => send(principal, [event('3'), event('4'), event('5')])),
  );
  expect(answers.reduce((sum, answer) => sum + answer.body.accepted, 0)).toBe(2);
  expect((await send(principal, event('5'), { 'content-type': 'application/cloudevents+json' })).body).toMatchObject({
    accepted: 0,
    duplicates: 1,
  });
  const binary = {
    'ce-specversion': '1.0',
    'ce-id': '5',
    'ce-source': 'urn:test',
    'ce-type': 'call',
    'ce-subject': 'acme',
    'ce-time': '2025-01-10T10:00:00Z',
  };
  expect((await send(principal, { bytes: 10, user: 'ada' }, binary)).body).toMatchObject({
    accepted: 0,
    duplicates: 1,
  });
  expect(await usage(principal, accountId)).toMatchObject({ calls: '5', bytes: '50' });
});

test('aggregates exactly, each meter in its way, over any order of events', async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [
    event('a', { time: '2025-01-20T00:00:00Z', data: { bytes: '0.1', user: 'ada' } }),
    event('b', { time: '2025-01-10T00:00:00Z', data: { bytes: '0.2', user: 'bob' } }),
    event('c', { time: '2025-01-15T00:00:00Z', data: { bytes: 7, user: 'ada' } }),
    event('d', { time: '2025-01-20T00:01:00Z', data: { bytes: '-0.3', user: 'cy' } }),
  ]);
  expect(await usage(principal, accountId)).toEqual({
    calls: '4',
    bytes: '7',
    largest: '7',
    latest: '-0.3',
    users: '3',
  });
  await send(principal, [
    event('late', { time: '2025-01-12T00:00:00Z', data: { bytes: '0.000000000001', user: 'dan' } }),
  ]);
  expect(await usage(principal, accountId)).toEqual({
    calls: '5',
    bytes: '7.000000000001',
    largest: '7',
    latest: '-0.3',
    users: '4',
  });
});

test('an event on a boundary belongs to the period that it opens', async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [
    event('last', { time: '2025-01-31T23:59:59.999Z' }),
    event('first', { time: '2025-02-01T00:00:00.000Z' }),
  ]);
  expect((await usage(principal, accountId)).calls).toBe('1');
  expect((await usage(principal, accountId, '2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z')).calls).toBe('1');
});

test('keeps the good events of a batch and names each bad one with its reason', async () => {
  const { principal, accountId } = await createTenant();
  const answer = await send(principal, [
    event('good'),
    event('bad-time', { time: 'yesterday' }),
    { id: 'x' },
    event('bad-value', { data: { bytes: '1e5', user: 'ada' } }),
    7,
    event('nul\u0000'),
  ]);
  expect(answer.body.accepted).toBe(1);
  expect(answer.body.rejected.map((fault: { index: number }) => fault.index)).toEqual([1, 2, 3, 4, 5]);
  expect(answer.body.rejected[2]).toMatchObject({ id: 'bad-value', reason: expect.stringContaining('data.bytes') });
  expect((await usage(principal, accountId)).calls).toBe('1');
  expect(
    (await send(principal, event('single', { time: 'yesterday' }), { 'content-type': 'application/cloudevents+json' }))
      .status,
  ).toBe(400);
});

test('keeps events of unknown accounts and types, and counts them once when both exist', async () => {
  const { principal } = await createTenant();
  const accountId = newId();
  expect((await send(principal, [event('u1', { subject: 'new' }), event('u2', { type: 'mail' })])).body).toMatchObject({
    accepted: 2,
    unmatched: 2,
  });
  expect((await send(principal, [event('u1', { subject: 'new' })])).body).toMatchObject({ accepted: 0, duplicates: 1 });
  const listed = await metering.request('GET', '/usage/unmatched', { principal });
  expect(listed.body.data.map((entry: { count: number }) => entry.count)).toEqual([1, 1]);
  accounts.set(`${principal.tenant}new`, accountId);
  const replays = await Promise.all(
    [1, 2].map(() => metering.request('POST', '/usage/unmatched/replay', { principal })),
  );
  expect(replays.reduce((sum, answer) => sum + answer.body.counted, 0)).toBe(1);
  expect((await usage(principal, accountId)).calls).toBe('1');
});

test('asks for each account once, and whether the tenant has a time of its own', async () => {
  const { principal } = await createTenant();
  const own = () => metering.calls.filter(({ input }) => (input as { tenantId: string }).tenantId === principal.tenant);
  await send(principal, [event('1'), event('2'), event('3', { subject: 'nobody' })]);
  expect(own()).toEqual([
    { service: 'tenant', procedure: 'findClock', input: { tenantId: principal.tenant } },
    {
      service: 'account',
      procedure: 'resolveAccounts',
      input: { tenantId: principal.tenant, keys: ['acme', 'nobody'] },
    },
  ]);
  await send(principal, [event('4'), event('5')]);
  expect(own()).toHaveLength(2);
});

test('answers the contract in the order of its requests', async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [event('1'), event('2')]);
  const contract = metering.instance.contract as {
    listQuantities(input: object): Promise<string[]>;
    listMeters(input: object): Promise<{ key: string; dimensions: string[] }[]>;
  };
  const range = { from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' };
  const requests = [
    ['calls', accountId],
    ['nothing', accountId],
    ['bytes', accountId],
    ['calls', newId()],
    ['users', accountId],
  ].map(([meter, id]) => ({ accountId: id, meter, ...range }));
  expect(await contract.listQuantities({ tenantId: principal.tenant, requests })).toEqual(['2', '0', '20', '0', '1']);
  expect(await contract.listMeters({ tenantId: principal.tenant, keys: ['calls', 'nothing'] })).toEqual([
    { key: 'calls', dimensions: [] },
  ]);
});

test("another tenant's meters and usage do not exist", async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [event('1')]);
  const meter = (await metering.request('GET', '/metering/meters', { principal })).body.data[0];
  const stranger = (await createTenant()).principal;
  expect((await metering.request('GET', `/metering/meters/${meter.id}`, { principal: stranger })).status).toBe(404);
  expect(
    (await metering.request('PATCH', `/metering/meters/${meter.id}`, { principal: stranger, body: { name: 'x' } }))
      .status,
  ).toBe(404);
  expect(await usage(stranger, accountId)).toMatchObject({ calls: '0' });
  expect((await send(stranger, [event('1')])).body).toMatchObject({ accepted: 1 });
});

test('partitions cannot be reached but through the table that isolates tenants', async () => {
  const { principal } = await createTenant();
  await send(principal, [event('1')]);
  const direct = metering.database.transaction(undefined, (transaction) =>
    transaction.rows('SELECT 1 FROM metering_partitions.events_2025_01'),
  );
  await expect(direct).rejects.toMatchObject({ code: '42501' });
});

test('one event that cannot be stored is refused alone, whatever else is written with it', async () => {
  const { principal, accountId } = await createTenant();
  const bad = event('bad', { data: { bytes: 1, user: 'a', note: 'x\u0000' } });
  const lone = event('lone', { data: { bytes: 1, user: 'a', note: '\ud800' } });
  const answers = await Promise.all([
    send(principal, [event('1')]),
    send(principal, [bad, lone, event('2')]),
    send(principal, [event('3')]),
  ]);
  expect(answers.map((answer) => [answer.status, answer.body.accepted])).toEqual([
    [200, 1],
    [200, 1],
    [200, 1],
  ]);
  expect((await usage(principal, accountId)).calls).toBe('3');
  expect((await send(principal, [event('feb', { time: '2025-02-30T00:00:00Z' })])).body.rejected).toHaveLength(1);
});
