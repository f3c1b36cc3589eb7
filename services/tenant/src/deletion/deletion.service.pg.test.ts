import { deletionCertificateSchema, type Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTenant, runJob, startTenants, type TenantsUnderTest } from '../../test/builders.ts';

const day = 24 * 3600 * 1000;
let now = new Date('2026-03-01T00:00:00Z');
let tenants: TenantsUnderTest;
const operator = buildPrincipal({ roles: ['platform_admin'] });

beforeAll(async () => {
  tenants = await startTenants({ now: () => now });
});
afterAll(() => tenants.stop());
beforeEach(() => {
  tenants.held.onStep = () => {};
  tenants.signed.length = 0;
});

const confirmation = { name: 'Acme', password: 'secret' };
const close = (tenantId: string, principal: Principal, body: object = confirmation) =>
  tenants.request('POST', `/tenants/${tenantId}/close`, { principal, body });
const statusOf = async (tenantId: string) =>
  (await tenants.request('GET', `/tenants/${tenantId}`, { principal: operator })).body.status as string;

test('the owner closes a tenant and takes it back within thirty days', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  expect(await close(tenantId, owner)).toMatchObject({
    status: 200,
    body: { status: 'closing', deletesAt: new Date(now.getTime() + 30 * day).toISOString() },
  });
  expect((await tenants.takeEvents()).map(({ type }) => type).sort()).toEqual([
    'audit.recorded',
    'tenant.status_changed',
  ]);
  now = new Date(now.getTime() + 29 * day);
  await runJob(tenants, 'tenant.deletions');
  expect(await tenants.request('POST', `/tenants/${tenantId}/reopen`, { principal: owner })).toMatchObject({
    status: 200,
    body: { status: 'active', deletesAt: null },
  });
  now = new Date(now.getTime() + 2 * day);
  await runJob(tenants, 'tenant.deletions');
  expect(await statusOf(tenantId)).toBe('active');
  // It can be closed again.
  expect((await close(tenantId, owner)).status).toBe(200);
  await tenants.request('POST', `/tenants/${tenantId}/reopen`, { principal: owner });
});

test('what was suspended is suspended again when its closing is taken back', async () => {
  const { tenantId } = await createTenant(tenants);
  tenants.passwords.set(operator.subject, 'secret');
  await tenants.request('POST', `/tenants/${tenantId}/suspend`, { principal: operator });
  expect((await close(tenantId, operator)).body.status).toBe('closing');
  const reopened = await tenants.request('POST', `/tenants/${tenantId}/reopen`, { principal: operator });
  expect(reopened.body.status).toBe('suspended');
});

test('attack: no member, other administrator, stranger or key has a tenant deleted', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  const administrator = buildPrincipal({ tenant: tenantId });
  tenants.passwords.set(administrator.subject, 'secret');
  const stranger = (await createTenant(tenants)).owner;
  const cases: [Principal, number, string][] = [
    [{ ...owner, roles: ['org_member'] }, 403, 'auth.permission_denied'],
    [administrator, 403, 'tenant.owner_required'],
    [stranger, 404, 'resource.not_found'],
    [
      buildPrincipal({ kind: 'api-key', tenant: tenantId, roles: [], scopes: ['tenant:delete'] }),
      403,
      'caller.not_a_user',
    ],
    [{ ...owner, actor: newId() }, 403, 'auth.impersonation_refused'],
  ];
  for (const [principal, status, code] of cases) {
    expect(await close(tenantId, principal)).toMatchObject({ status, body: { code } });
    const reopened = await tenants.request('POST', `/tenants/${tenantId}/reopen`, { principal });
    expect(reopened).toMatchObject({ status, body: { code } });
  }
  expect(await statusOf(tenantId)).toBe('active');
});

test('asks for the name and for a proof that it is the owner', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  expect((await close(tenantId, owner, { name: 'acme', password: 'secret' })).body.errors).toEqual([
    { path: '/name', message: 'is not the name of the tenant' },
  ]);
  for (const body of [{ name: 'Acme' }, { name: 'Acme', password: 'wrong' }])
    expect(await close(tenantId, owner, body)).toMatchObject({
      status: 403,
      body: { code: 'auth.recent_proof_required' },
    });
  const mixed = await close(tenantId, owner, { ...confirmation, dueAt: 'now', force: true });
  expect(mixed.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/dueAt', '/force']);
  expect(await statusOf(tenantId)).toBe('active');
});

test('after the grace period every service is emptied, and a certificate says so', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  const other = await createTenant(tenants);
  tenants.held.rows.set(tenantId, ['{"a":1}', '{"a":2}', '{"a":3}', '{"a":4}', '{"a":5}']);
  tenants.held.rows.set(other.tenantId, ['{"b":1}']);
  await close(tenantId, owner);
  await tenants.takeEvents();
  now = new Date(now.getTime() + 30 * day + 1000);
  await runJob(tenants, 'tenant.deletions');
  expect([tenants.held.of(tenantId), tenants.held.of(other.tenantId)]).toEqual([[], ['{"b":1}']]);
  const [certificate] = tenants.signed;
  expect(deletionCertificateSchema.parse(certificate)).toMatchObject({ tenantId, requestedBy: owner.subject });
  expect(certificate!.services.map(({ service }) => service)).toEqual([
    'iam',
    'subscription',
    'metering',
    'product',
    'account',
    'audit',
    'tenant',
  ]);
  expect(certificate!.services[2]).toMatchObject({
    deleted: { 'metering.events': 5 },
    remaining: { 'metering.events': 0 },
  });
  const answer = await tenants.request('GET', `/tenants/${tenantId}/certificate`, { principal: operator });
  expect(answer.body).toMatchObject({ id: certificate!.id, jws: `signed.${certificate!.id}` });
  expect((await tenants.request('GET', `/tenants/${tenantId}/certificate`, { principal: owner })).status).toBe(403);
  expect((await tenants.request('GET', `/tenants/${tenantId}`, { principal: operator })).body).toMatchObject({
    status: 'deleted',
    name: '',
  });
  const events = await tenants.takeEvents();
  expect(events.map(({ type }) => type).sort()).toEqual(['audit.recorded', 'tenant.deleted', 'tenant.status_changed']);
  // What is said of it afterwards belongs to no tenant.
  expect(events.every((event) => event.tenant === undefined)).toBe(true);
  expect(await tenants.request('POST', `/tenants/${tenantId}/reopen`, { principal: operator })).toMatchObject({
    status: 409,
  });
  // The event of its creation does not bring it back.
  await tenants.deliver(
    'organization.created',
    { organizationId: newId(), tenantId, name: 'Acme', ownerUserId: owner.subject },
    tenantId,
  );
  expect(await statusOf(tenantId)).toBe('deleted');
});

test('a deletion that breaks off goes on later, cannot be taken back any more, and counts what there was at its start', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  tenants.held.rows.set(
    tenantId,
    Array.from({ length: 9 }, (_, index) => `{"a":${index}}`),
  );
  await close(tenantId, owner);
  now = new Date(now.getTime() + 31 * day);
  let steps = 0;
  tenants.held.onStep = () => {
    steps += 1;
    if (steps === 3) throw new Error('the service is away');
  };
  await runJob(tenants, 'tenant.deletions');
  expect([tenants.held.of(tenantId).length, await statusOf(tenantId), tenants.signed.length]).toEqual([
    5,
    'closing',
    0,
  ]);
  expect(await tenants.request('POST', `/tenants/${tenantId}/reopen`, { principal: owner })).toMatchObject({
    status: 409,
    body: { code: 'tenant.deletion_started' },
  });
  await runJob(tenants, 'tenant.deletions');
  expect(tenants.held.of(tenantId)).toHaveLength(5);
  now = new Date(now.getTime() + 61_000);
  await runJob(tenants, 'tenant.deletions');
  expect(await statusOf(tenantId)).toBe('deleted');
  expect(tenants.signed[0]!.services[2]!.deleted).toEqual({ 'metering.events': 9 });
});

test('issues no certificate while rows are left', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  tenants.held.rows.set(tenantId, ['{"a":1}']);
  await close(tenantId, owner);
  now = new Date(now.getTime() + 31 * day);
  let late = false;
  tenants.held.onStep = () => {
    // A row that comes after its service was emptied.
    if (!late) queueMicrotask(() => queueMicrotask(() => tenants.held.rows.set(tenantId, ['{"late":1}'])));
    late = true;
  };
  await runJob(tenants, 'tenant.deletions');
  expect(tenants.held.of(tenantId)).toHaveLength(1);
  expect([tenants.signed.length, await statusOf(tenantId)]).toEqual([0, 'closing']);
  now = new Date(now.getTime() + 61_000);
  await runJob(tenants, 'tenant.deletions');
  expect([tenants.signed.length, await statusOf(tenantId)]).toEqual([1, 'deleted']);
});

test('two runs at the same time delete a tenant once', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  tenants.held.rows.set(tenantId, ['{"a":1}', '{"a":2}', '{"a":3}']);
  await close(tenantId, owner);
  now = new Date(now.getTime() + 31 * day);
  await Promise.all([runJob(tenants, 'tenant.deletions'), runJob(tenants, 'tenant.deletions')]);
  expect(tenants.signed.filter((certificate) => certificate.tenantId === tenantId)).toHaveLength(1);
});
