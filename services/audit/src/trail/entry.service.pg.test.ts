import type { AuditRecord, EventEnvelope, Principal } from '@plinth/contracts';
import { buildConsumers, newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifest } from '../../service.manifest.ts';
import { service } from '../index.ts';
import { verifyChain } from '../verify-chain.ts';
import { platformChainId } from './entry.ts';
import { parseJsonLine } from './export-format.ts';

let audit: ServiceUnderTest;
beforeAll(async () => {
  audit = await startServiceUnderTest(service);
});
afterAll(() => audit.stop());

function buildRecord(changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    action: 'plan.created',
    resourceType: 'plan',
    resourceId: newId(),
    service: 'product',
    occurredAt: '2026-03-01T10:00:00.123Z',
    actor: { kind: 'user', id: 'u1', email: 'ann@example.com' },
    context: { requestId: 'r-1', ip: '192.0.2.1' },
    after: { name: 'Basic' },
    ...changes,
  };
}

function buildEvent(tenant: string | undefined, data: AuditRecord): EventEnvelope<AuditRecord> {
  return {
    specversion: '1.0',
    id: newId(),
    source: '/services/product',
    type: 'audit.recorded',
    subject: tenant ?? 'platform',
    time: '2026-03-01T10:00:00.123Z',
    datacontenttype: 'application/json',
    data,
    ...(tenant === undefined ? {} : { tenant }),
  };
}

/** Delivers events together, as the broker does with a batch. */
async function deliver(events: readonly EventEnvelope<AuditRecord>[]): Promise<void> {
  const [consumer] = buildConsumers(manifest, audit.instance.useCases ?? {}, audit.database);
  await consumer!.handle(events.map((envelope) => ({ topic: 'audit.events', key: envelope.subject, envelope })));
}

async function append(principal: Principal, ...changes: Partial<AuditRecord>[]): Promise<void> {
  await deliver(changes.map((change) => buildEvent(principal.tenant, buildRecord(change))));
}

async function verify(principal: Principal, query = '') {
  return (await audit.request('GET', `/audit/verification${query}`, { principal })).body;
}

test('verifies what was written exactly, whatever JSON the records hold', async () => {
  const principal = buildPrincipal();
  const values: unknown[] = [
    { z: 1, a: { y: [1, 2, { x: null }], b: {} }, ключ: '😀 ünï', '': ' ', __proto__x: 1 },
    {
      floats: [0.1, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, -0, 123456789.000001],
      big: Number('9007199254740993'),
    },
    JSON.parse('{"__proto__":{"a":1},"bb":1,"a":2,"\\u20ac":"\\u2028\\"\\\\\\n"}'),
    null,
    [],
    {},
    'text',
    0,
    false,
    [[['deep']]],
  ];
  await append(principal, ...values.map((after, index) => ({ before: values[index - 1], after })), {
    context: undefined,
    after: undefined,
  });
  expect(await verify(principal)).toMatchObject({ valid: true, entries: values.length + 1 });
});

test('keeps microseconds and offsets of times', async () => {
  const principal = buildPrincipal();
  await append(principal, { occurredAt: '2026-03-01T12:00:00.123456+02:00' });
  const { body } = await audit.request('GET', '/audit', { principal });
  expect(body.data[0].occurredAt).toBe('2026-03-01T10:00:00.123456Z');
  expect(await verify(principal)).toMatchObject({ valid: true, entries: 1 });
});

test('appends 500 records at once and leaves no gap between concurrent batches', async () => {
  const principal = buildPrincipal();
  const batch = (size: number) => Array.from({ length: size }, () => buildEvent(principal.tenant, buildRecord()));
  await deliver(batch(500));
  await Promise.all([batch(20), batch(20), batch(20), batch(20)].map(deliver));
  expect(await verify(principal)).toMatchObject({ valid: true, entries: 580, last: { sequence: '580' } });
});

test('appends an event once, also when the inbox has forgotten it', async () => {
  const principal = buildPrincipal();
  const events = [buildEvent(principal.tenant, buildRecord()), buildEvent(principal.tenant, buildRecord())];
  await deliver([events[0]!]);
  await deliver([events[0]!]);
  await audit.database.transaction(undefined, (transaction) =>
    transaction.execute(`DELETE FROM audit.inbox WHERE event_id = $1`, [events[0]!.id]),
  );
  await deliver(events);
  expect(await verify(principal)).toMatchObject({ valid: true, entries: 2 });
});

test('lists newest first, page by page, and by every filter', async () => {
  const principal = buildPrincipal();
  const resourceId = newId();
  await append(
    principal,
    { action: 'plan.created', resourceId, occurredAt: '2026-03-01T00:00:00.000Z' },
    {
      action: 'plan.updated',
      resourceId,
      actor: { kind: 'api-key', id: 'k1' },
      occurredAt: '2026-03-02T00:00:00.000Z',
    },
    { action: 'product.created', resourceType: 'product', occurredAt: '2026-03-03T00:00:00.000Z' },
  );
  const first = await audit.request('GET', '/audit?limit=2', { principal });
  expect(first.body.data.map((entry: { sequence: string }) => entry.sequence)).toEqual(['3', '2']);
  const second = await audit.request('GET', `/audit?limit=2&cursor=${first.body.nextCursor}`, { principal });
  expect(second.body).toMatchObject({
    nextCursor: null,
    data: [
      { sequence: '1', action: 'plan.created', resource: { type: 'plan', id: resourceId }, after: { name: 'Basic' } },
    ],
  });
  const found = async (query: string) =>
    (await audit.request('GET', `/audit?${query}`, { principal })).body.data.map(
      (entry: { sequence: string }) => entry.sequence,
    );
  expect(await found('action=plan.updated')).toEqual(['2']);
  expect(await found('resourceType=product')).toEqual(['3']);
  expect(await found(`resourceId=${resourceId}`)).toEqual(['2', '1']);
  expect(await found('actorId=k1')).toEqual(['2']);
  expect(await found('from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z')).toEqual(['2']);
});

test('answers bad queries with every fault', async () => {
  const principal = buildPrincipal();
  const response = await audit.request('GET', '/audit?from=yesterday&colour=red&chain=mine', { principal });
  expect(response.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual([
    '/query/chain',
    '/query/colour',
    '/query/from',
  ]);
  expect(await audit.request('GET', '/audit?cursor=e30', { principal })).toMatchObject({
    status: 400,
    body: { code: 'request.invalid' },
  });
});

test("hides another tenant's entries", async () => {
  const [own, foreign] = [buildPrincipal(), buildPrincipal()];
  await append(own, {});
  const { body } = await audit.request('GET', '/audit', { principal: own });
  const path = `/audit/${body.data[0].id}`;
  expect((await audit.request('GET', path, { principal: own })).status).toBe(200);
  expect(await audit.request('GET', path, { principal: foreign })).toMatchObject({
    status: 404,
    body: { code: 'resource.not_found' },
  });
  expect((await audit.request('GET', '/audit', { principal: foreign })).body.data).toEqual([]);
  expect((await audit.request('GET', '/logs', { principal: foreign })).body).toBe('');
  expect((await audit.request('GET', '/audit', { principal: buildPrincipal({ roles: ['org_member'] }) })).status).toBe(
    403,
  );
  expect((await audit.request('GET', '/logs')).status).toBe(401);
});

test('keeps events without a tenant in the chain of the platform, for its operator', async () => {
  await deliver([buildEvent(undefined, buildRecord({ action: 'administrator.created' }))]);
  const operator = buildPrincipal({ roles: ['platform_admin'], tenant: undefined });
  const { body } = await audit.request('GET', '/audit?chain=platform', { principal: operator });
  expect(body.data).toMatchObject([{ action: 'administrator.created', sequence: '1' }]);
  expect(await verify(operator, '?chain=platform')).toMatchObject({ valid: true, entries: 1 });
  expect(await audit.request('GET', '/audit?chain=platform', { principal: buildPrincipal() })).toMatchObject({
    status: 403,
    body: { code: 'auth.permission_denied' },
  });
  expect(await audit.request('GET', '/audit', { principal: operator })).toMatchObject({
    status: 403,
    body: { code: 'auth.tenant_required' },
  });
  expect(platformChainId).toBe('00000000-0000-0000-0000-000000000000');
});

test('exports lines that can be verified without the platform', async () => {
  const principal = buildPrincipal();
  await append(principal, { after: { amount: 0.1, name: 'Ü,"x"\n' } }, { occurredAt: '2026-04-01T00:00:00.000Z' }, {});
  const response = await audit.request('GET', '/logs', { principal });
  expect(response.headers).toMatchObject({
    'content-type': 'application/jsonl',
    'content-disposition': 'attachment; filename="audit-trail.jsonl"',
  });
  const entries = (typeof response.body === 'string' ? response.body : '').trimEnd().split('\n').map(parseJsonLine);
  expect(await verifyChain(entries)).toMatchObject({ valid: true, entries: 3 });
  const april = await audit.request('GET', '/logs?format=csv&from=2026-04-01T00:00:00Z', { principal });
  expect(april.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(april.body.trimEnd().split('\r\n')).toHaveLength(2);
});

test('another service lists what was done to objects of one tenant, page by page', async () => {
  const principal = buildPrincipal();
  const [one, two, other] = [newId(), newId(), newId()];
  const of = (resourceId: string) => ({ resourceType: 'subscription', resourceId, action: 'subscription.changed' });
  await append(principal, of(one), of(two), of(other), { ...of(one), resourceType: 'plan' });
  const { listEntries } = audit.instance.contract as {
    listEntries(input: object): Promise<{ data: { resource: { id: string } }[]; nextCursor: string | null }>;
  };
  const list = (changes: object = {}) =>
    listEntries({ tenantId: principal.tenant, resourceType: 'subscription', resourceIds: [one, two], ...changes });
  const ids = (page: { data: { resource: { id: string } }[] }) => page.data.map(({ resource }) => resource.id);
  expect(ids(await list())).toEqual([two, one]);
  const first = await list({ limit: 1 });
  expect([ids(first), ids(await list({ limit: 1, cursor: first.nextCursor }))]).toEqual([[two], [one]]);
  expect((await list({ tenantId: newId() })).data).toEqual([]);
});
