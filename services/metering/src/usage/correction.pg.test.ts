import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import type { Principal } from '@plinth/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

let metering: ServiceUnderTest;
const accounts = new Map<string, string>();
beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    contracts: {
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
      account: {
        resolveAccounts: async ({ tenantId, keys }: { tenantId: string; keys: string[] }) =>
          keys.map((key) => ({ key, accountId: accounts.get(tenantId)! })),
      },
    },
  });
});
afterAll(() => metering.stop());

const batch = { 'content-type': 'application/cloudevents-batch+json' };
const place = { source: 'urn:test', id: '1', reason: 'sent twice by a faulty client' };
const event = (id: string, changes: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'call',
  subject: 'acme',
  time: '2025-01-10T10:00:00Z',
  data: { bytes: 10 },
  ...changes,
});

async function createTenant(meters: object[] = [{ key: 'bytes', aggregation: 'sum', valueProperty: 'bytes' }]) {
  const principal = buildPrincipal();
  const accountId = newId();
  accounts.set(principal.tenant!, accountId);
  for (const meter of meters) await createMeter(principal, meter);
  return { principal, accountId };
}

async function createMeter(principal: Principal, meter: object): Promise<string> {
  const body = { name: 'meter', eventType: 'call', ...meter };
  const answer = await metering.request('POST', '/metering/meters', { principal, body });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const send = (principal: Principal, events: unknown) =>
  metering.request('POST', '/usage/events', { principal, body: events, headers: batch });

async function usage(principal: Principal, accountId: string, meter: string): Promise<string> {
  const query = `accountId=${accountId}&from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z&meter=${meter}`;
  return (await metering.request('GET', `/usage?${query}`, { principal })).body.data[0].quantity;
}

const list = (principal: Principal, accountId: string, query = '') =>
  metering.request(
    'GET',
    `/usage/events?accountId=${accountId}&from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z${query}`,
    { principal },
  );

const reAggregate = async (): Promise<void> =>
  metering.instance.jobs?.find(({ name }) => name === 'metering.re-aggregation')?.run({});

const contract = () =>
  metering.instance.contract as {
    listLateChanges(input: object): Promise<{ meter: string; from: string; to: string; sequence: number }[]>;
  };

test('a retracted event counts no more, stays listed with the reason, and its identity stays taken', async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [event('1'), event('2', { data: { bytes: 5 } })]);
  const body = { ...place, accountId };
  await metering.takeEvents();
  expect(await metering.request('POST', '/usage/events/retract', { principal, body })).toMatchObject({
    status: 200,
    body: {
      id: '1',
      retracted: true,
      corrections: [{ kind: 'retracted', reason: place.reason, correctedBy: principal.subject }],
    },
  });
  const audited = (await metering.takeEvents()) as unknown as { type: string; data: { action: string } }[];
  expect(audited.map(({ data }) => data.action)).toEqual(['usage_event.retracted']);
  expect(await usage(principal, accountId, 'bytes')).toBe('5');
  expect((await send(principal, [event('1')])).body).toMatchObject({ accepted: 0, duplicates: 1 });
  expect(await metering.request('POST', '/usage/events/retract', { principal, body })).toMatchObject({
    status: 409,
    body: { code: 'usage.event_retracted' },
  });
  const listed = (await list(principal, accountId)).body.data;
  expect(listed.map((one: { id: string; retracted: boolean }) => [one.id, one.retracted]).sort()).toEqual([
    ['1', true],
    ['2', false],
  ]);
});

test('a replaced event counts with its new data and shows the old ones; what no meter can count is refused', async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [event('1')]);
  const body = { ...place, accountId, time: '2025-01-10T10:00:00Z' };
  const refused = { ...body, data: { bytes: 'many' } };
  expect((await metering.request('POST', '/usage/events/replace', { principal, body: refused })).status).toBe(400);
  const answer = await metering.request('POST', '/usage/events/replace', {
    principal,
    body: { ...body, data: { bytes: '2.5' } },
  });
  expect(answer.body).toMatchObject({
    data: { bytes: '2.5' },
    retracted: false,
    corrections: [{ kind: 'replaced', previousData: { bytes: 10 } }],
  });
  expect(await usage(principal, accountId, 'bytes')).toBe('2.5');
  const stranger = (await createTenant()).principal;
  expect(
    (await metering.request('POST', '/usage/events/retract', { principal: stranger, body: { ...place, accountId } }))
      .status,
  ).toBe(404);
});

test('corrections need a permission of their own', async () => {
  const { principal, accountId } = await createTenant();
  const ingester: Principal = { ...principal, kind: 'api-key', roles: [], scopes: ['usage:write'] };
  const answer = await metering.request('POST', '/usage/events/retract', {
    principal: ingester,
    body: { ...place, accountId },
  });
  expect(answer.status).toBe(403);
});

test('lists events in pages, in both orders, and those alone that a meter counts', async () => {
  const { principal, accountId } = await createTenant([
    { key: 'calls', aggregation: 'count' },
    { key: 'failed', aggregation: 'count', filters: [{ property: 'status', operator: 'in', values: ['500', '503'] }] },
  ]);
  const times = ['10:00', '10:00', '10:00', '09:00', '11:00'].map((time) => `2025-01-10T${time}:00Z`);
  await send(
    principal,
    times.map((time, index) => event(String(index), { time, data: { status: index % 2 === 0 ? 200 : 500 } })),
  );
  const read = async (query: string): Promise<string[]> => {
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await list(principal, accountId, `&limit=2${query}${cursor}`);
      ids.push(...body.data.map(({ id }: { id: string }) => id));
      if (body.nextCursor === null) return ids;
      cursor = `&cursor=${body.nextCursor}`;
    }
  };
  const newest = await read('');
  expect([newest[0], newest.slice(1, 4).sort(), newest[4]]).toEqual(['4', ['0', '1', '2'], '3']);
  expect(await read('&order=oldest')).toEqual(newest.toReversed());
  expect(await read('&meter=failed')).toEqual(['1', '3']);
});

test('late events and corrections are listed for billing once for each day, in the order of the last change', async () => {
  const { principal, accountId } = await createTenant();
  const tenantId = principal.tenant;
  await send(principal, [event('1'), event('now', { time: new Date().toISOString() })]);
  const first = await contract().listLateChanges({ tenantId, after: 0, limit: 10 });
  expect(first).toMatchObject([
    { accountId, meter: 'bytes', from: '2025-01-10T00:00:00.000Z', to: '2025-01-11T00:00:00.000Z' },
  ]);
  await send(principal, [event('2', { time: '2025-01-09T23:59:59.999Z' })]);
  await metering.request('POST', '/usage/events/retract', { principal, body: { ...place, accountId } });
  const after = await contract().listLateChanges({ tenantId, after: first[0]!.sequence, limit: 10 });
  expect(after.map(({ from }) => from)).toEqual(['2025-01-09T00:00:00.000Z', '2025-01-10T00:00:00.000Z']);
  expect(await contract().listLateChanges({ tenantId, after: after[1]!.sequence, limit: 10 })).toEqual([]);
});

test('a new meter counts stored and unmatched events when it is asked to, and none of them otherwise', async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [event('1'), event('2'), event('mail', { type: 'mail' })]);
  await createMeter(principal, { key: 'plain', aggregation: 'count' });
  const full = await createMeter(principal, { key: 'full', aggregation: 'count', backfill: true });
  const mail = await createMeter(principal, { key: 'mails', aggregation: 'count', eventType: 'mail', backfill: true });
  await send(principal, [event('3'), event('mail2', { type: 'mail' })]);
  expect(await usage(principal, accountId, 'full')).toBe('1');
  expect((await metering.request('GET', `/metering/meters/${full}`, { principal })).body.building).toMatchObject({
    revision: 2,
    countedEvents: 0,
  });
  await reAggregate();
  expect(await usage(principal, accountId, 'plain')).toBe('1');
  expect(await usage(principal, accountId, 'full')).toBe('3');
  expect(await usage(principal, accountId, 'mails')).toBe('2');
  expect((await metering.request('GET', `/metering/meters/${mail}`, { principal })).body).toMatchObject({
    revision: 2,
    building: null,
  });
});

test('events that came while a meter was archived are not counted by a later change either', async () => {
  const { principal, accountId } = await createTenant([
    { key: 'calls', aggregation: 'count' },
    { key: 'other', aggregation: 'count' },
  ]);
  const { body } = await metering.request('GET', '/metering/meters', { principal });
  const { id } = body.data.find(({ key }: { key: string }) => key === 'calls');
  const patch = (change: object) => metering.request('PATCH', `/metering/meters/${id}`, { principal, body: change });
  await send(principal, [event('1')]);
  await patch({ archived: true });
  await send(principal, [event('2')]);
  await patch({ archived: false });
  await send(principal, [event('3')]);
  await patch({ aggregation: 'sum', valueProperty: 'bytes' });
  await reAggregate();
  expect(await usage(principal, accountId, 'calls')).toBe('20');
  await metering.request('POST', '/usage/events/retract', { principal, body: { ...place, id: '2', accountId } });
  expect(await usage(principal, accountId, 'calls')).toBe('20');
  expect(await usage(principal, accountId, 'other')).toBe('2');
});

test('refused events are listed with reason and count, and are accepted when sent again corrected', async () => {
  const { principal, accountId } = await createTenant();
  const bad = event('bad', { data: { bytes: 'x', note: '\u0000' } });
  await send(principal, [event('1'), bad, event('odd', { data: { bytes: 'x' } }), 7]);
  await send(principal, [event('odd', { data: { bytes: 'x' } })]);
  const reasons = (await metering.request('GET', '/usage/rejected', { principal })).body.data;
  expect(
    Object.fromEntries(reasons.map((one: { reason: string; count: number }) => [one.reason.slice(0, 10), one.count])),
  ).toEqual({
    'data.bytes': 2,
    'data holds': 1,
    'is not an ': 1,
  });
  const kept = (await metering.request('GET', '/usage/rejected/events?limit=10', { principal })).body.data;
  expect(kept).toHaveLength(4);
  const odd = kept.find(({ event: one }: { event: { id?: string } }) => one.id === 'odd');
  const resend = (body: object) =>
    metering.request('POST', `/usage/rejected/events/${odd.id}/resend`, { principal, body });
  expect((await resend({})).status).toBe(400);
  expect((await resend({ event: { ...odd.event, data: { bytes: 4 } } })).body).toMatchObject({ accepted: 1 });
  expect((await resend({})).status).toBe(404);
  expect(await usage(principal, accountId, 'bytes')).toBe('14');
});

test('meters refuse definitions whose parts do not fit, with every mistake', async () => {
  const { principal } = await createTenant();
  const create = (meter: object) =>
    metering.request('POST', '/metering/meters', {
      principal,
      body: { key: 'm', name: 'm', eventType: 'call', ...meter },
    });
  for (const meter of [
    { aggregation: 'count', valueProperty: 'bytes' },
    { aggregation: 'sum' },
    { aggregation: 'percentile', valueProperty: 'bytes' },
    { aggregation: 'percentile', valueProperty: 'bytes', percentile: '100.1' },
    { aggregation: 'sum', valueProperty: 'bytes', percentile: '50' },
    { aggregation: 'count', dimensions: ['a', 'a'] },
    { aggregation: 'count', dimensions: ['a', 'b', 'c', 'd', 'e', 'f'] },
    { aggregation: 'count', filters: [{ property: 'a', operator: 'equals', values: ['1', '2'] }] },
  ])
    expect([meter, (await create(meter)).status]).toEqual([meter, 400]);
});

test('an unmatched event is corrected under its identity and counts once', async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [event('1', { type: 'cal' }), event('2', { type: 'cal' })]);
  const listed = (await metering.request('GET', '/usage/unmatched/events?limit=1', { principal })).body;
  expect([listed.data.length, listed.nextCursor === null, listed.data[0].event.type]).toEqual([1, false, 'cal']);
  const correct = (changed: object) =>
    metering.request('POST', '/usage/unmatched/correct', { principal, body: { event: changed } });
  expect((await correct(event('1', { data: { bytes: 'x' } }))).status).toBe(400);
  expect((await correct(event('1'))).body).toEqual({ counted: 1, unmatched: 0 });
  expect((await correct(event('1'))).status).toBe(404);
  expect((await send(principal, [event('1')])).body).toMatchObject({ accepted: 0, duplicates: 1 });
  expect(await usage(principal, accountId, 'bytes')).toBe('10');
});

test('another service corrects an event by the contract, with a reason and a name', async () => {
  const { principal, accountId } = await createTenant();
  await send(principal, [event('1'), event('2')]);
  const { correctEvent } = metering.instance.contract as { correctEvent(input: object): Promise<object> };
  const correct = (id: string, data?: object) =>
    correctEvent({
      tenantId: principal.tenant,
      accountId,
      source: 'urn:test',
      id,
      reason: 'disputed',
      correctedBy: 'ada',
      data,
    });
  expect(await correct('1')).toMatchObject({
    retracted: true,
    corrections: [{ kind: 'retracted', correctedBy: 'ada' }],
  });
  expect(await correct('2', { bytes: 3 })).toMatchObject({ retracted: false, data: { bytes: 3 } });
  expect(await usage(principal, accountId, 'bytes')).toBe('3');
  await expect(correct('1')).rejects.toMatchObject({ code: 'usage.event_retracted' });
});
