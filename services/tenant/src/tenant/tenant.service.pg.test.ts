import type { ContractFunctions, Principal, tenantContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

let tenants: ServiceUnderTest;
beforeAll(async () => {
  tenants = await startServiceUnderTest(service);
});
afterAll(() => tenants.stop());

async function createTenant(): Promise<string> {
  const tenantId = newId();
  await tenants.deliver(
    'organization.created',
    { organizationId: newId(), tenantId, name: 'Acme', ownerUserId: newId() },
    tenantId,
  );
  return tenantId;
}

test('an organization gets one tenant, also when the event is delivered three times', async () => {
  const tenantId = newId();
  const data = { organizationId: newId(), tenantId, name: 'Acme', ownerUserId: newId() };
  const envelope = await tenants.deliver('organization.created', data, tenantId);
  await tenants.deliver('organization.created', data, tenantId, envelope);
  await tenants.deliver('organization.created', data, tenantId);
  const page = await tenants.request('GET', '/tenants', { principal: buildPrincipal({ tenant: tenantId }) });
  expect(page.body.data).toMatchObject([{ id: tenantId, name: 'Acme', status: 'active' }]);
  const events = await tenants.takeEvents();
  expect(events.filter((event) => event.type === 'audit.recorded')).toHaveLength(1);
});

test("answers 404 for another tenant's id", async () => {
  const [own, foreign] = [await createTenant(), await createTenant()];
  const response = await tenants.request('GET', `/tenants/${foreign}`, { principal: buildPrincipal({ tenant: own }) });
  expect(response).toMatchObject({ status: 404, body: { code: 'resource.not_found' } });
  const patch = await tenants.request('PATCH', `/tenants/${foreign}`, {
    principal: buildPrincipal({ tenant: own }),
    body: { name: 'Mine' },
  });
  expect(patch.status).toBe(404);
});

test('suspends for the operator of the platform only and says so in an event', async () => {
  const tenantId = await createTenant();
  await tenants.takeEvents();
  const refused = await tenants.request('POST', `/tenants/${tenantId}/suspend`, {
    principal: buildPrincipal({ tenant: tenantId }),
  });
  expect(refused).toMatchObject({ status: 403, body: { code: 'auth.permission_denied' } });
  const operator = buildPrincipal({ roles: ['platform_admin'] });
  const done = await tenants.request('POST', `/tenants/${tenantId}/suspend`, { principal: operator });
  expect(done).toMatchObject({ status: 200, body: { status: 'suspended', version: 2 } });
  const events = await tenants.takeEvents();
  expect(events.map((event) => event.type).sort()).toEqual(['audit.recorded', 'tenant.status_changed']);
});

test('refuses an update that was made from an older version', async () => {
  const tenantId = await createTenant();
  const principal = buildPrincipal({ tenant: tenantId });
  const path = `/tenants/${tenantId}`;
  expect(
    (await tenants.request('PATCH', path, { principal, body: { name: 'A' }, headers: { 'if-match': '"1"' } })).headers[
      'etag'
    ],
  ).toBe('"2"');
  const stale = await tenants.request('PATCH', path, {
    principal,
    body: { name: 'B' },
    headers: { 'if-match': '"1"' },
  });
  expect(stale).toMatchObject({ status: 412, body: { code: 'request.version_mismatch' } });
});

test('names every mistake of a request with its path', async () => {
  const response = await tenants.request('PATCH', '/tenants/nonsense', {
    principal: buildPrincipal(),
    body: { name: '', colour: 'red' },
  });
  expect(response).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  expect(response.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual([
    '/colour',
    '/name',
    '/params/tenantId',
  ]);
});

test('the operator alone limits a tenant, and says so in an event', async () => {
  const tenantId = await createTenant();
  await tenants.takeEvents();
  const path = `/tenants/${tenantId}/limits`;
  const change = (principal: Principal, body: object) => tenants.request('PUT', path, { principal, body });
  expect((await change(buildPrincipal({ tenant: tenantId }), { members: 1000 })).status).toBe(403);
  const operator = buildPrincipal({ roles: ['platform_admin'] });
  expect(await change(operator, { members: 5, apiKeys: 0 })).toMatchObject({
    status: 200,
    body: { limits: { members: 5, apiKeys: 0 }, version: 2 },
  });
  const contract = tenants.instance.contract as ContractFunctions<typeof tenantContract>;
  expect(await contract.getLimits({ tenantId })).toEqual({ members: 5, apiKeys: 0 });
  expect(await contract.getLimits({ tenantId: newId() })).toEqual({});
  expect((await tenants.takeEvents()).map(({ type }) => type).sort()).toEqual([
    'audit.recorded',
    'tenant.limits_changed',
  ]);
  expect((await change(operator, { members: 5, apiKeys: 0 })).body.version).toBe(2);
  expect((await change(operator, {})).body.limits).toEqual({});
  const wrong = await change(operator, { members: -1, tenants: 3, divisions: 1.5 });
  expect(wrong.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual([
    '/divisions',
    '/members',
    '/tenants',
  ]);
});

test('attack: a tenant cannot change its own limits, status or region by renaming', async () => {
  const tenantId = await createTenant();
  const response = await tenants.request('PATCH', `/tenants/${tenantId}`, {
    principal: buildPrincipal({ tenant: tenantId }),
    body: { name: 'A', limits: {}, status: 'active', region: 'eu', deletesAt: null },
  });
  expect(response.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual([
    '/deletesAt',
    '/limits',
    '/region',
    '/status',
  ]);
});
