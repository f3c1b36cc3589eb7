import { newId } from '@plinth/common';
import { permissions, type Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, signUp, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

test('shows the members of the own tenant and nobody else', async () => {
  const [ann, bob, eve] = [await signUp(iam), await signUp(iam), await signUp(iam)];
  const { tenantId, organizationId } = await createTenant(iam, ann.userId);
  await createTenant(iam, eve.userId);
  await contractOf(iam).grantRole({ userId: bob.userId, tenantId, organizationId, role: 'org_member' });
  const principal = buildPrincipal({ tenant: tenantId, roles: ['org_member'] });
  const page = await iam.request('GET', '/users', { principal });
  expect(page.body.data).toMatchObject([
    { id: ann.userId, email: ann.email, emailVerified: false, name: 'Ann', roles: ['org_admin'] },
    { id: bob.userId, roles: ['org_member'] },
  ]);
  expect((await iam.request('GET', `/users/${bob.userId}`, { principal })).body).toMatchObject({ id: bob.userId });
  expect(await iam.request('GET', `/users/${eve.userId}`, { principal })).toMatchObject({
    status: 404,
    body: { code: 'resource.not_found' },
  });
  const first = await iam.request('GET', '/users?limit=1', { principal });
  const second = await iam.request('GET', `/users?limit=1&cursor=${first.body.nextCursor}`, { principal });
  expect([first.body.data[0].id, second.body.data[0].id, second.body.nextCursor]).toEqual([
    ann.userId,
    bob.userId,
    null,
  ]);
});

test('shows a user without a tenant to themselves', async () => {
  const ann = await signUp(iam);
  const principal = (await contractOf(iam).authenticateSession({ cookie: ann.cookie }))!;
  expect(principal).toEqual({
    kind: 'user',
    subject: ann.userId,
    email: ann.email,
    session: expect.any(String),
    roles: [],
  });
  const own = await iam.request('GET', '/users/me', { principal });
  expect(own.body).toMatchObject({ id: ann.userId, tenant: null, organization: null, roles: [], tenants: [] });
  expect(await iam.request('GET', '/users', { principal })).toMatchObject({
    status: 403,
    body: { code: 'auth.tenant_required' },
  });
  expect(await iam.request('GET', '/users/me')).toMatchObject({ status: 401, body: { code: 'auth.required' } });
});

test('shows every tenant of a user, the oldest first, and acts in the one asked for', async () => {
  const ann = await signUp(iam);
  const first = await createTenant(iam, ann.userId);
  const second = await createTenant(iam, ann.userId);
  const contract = contractOf(iam);
  const byDefault = (await contract.authenticateSession({ cookie: ann.cookie }))!;
  expect(byDefault).toMatchObject({ tenant: first.tenantId, organization: first.organizationId, roles: ['org_admin'] });
  const requested = (await contract.authenticateSession({ cookie: ann.cookie, requestedTenant: second.tenantId }))!;
  expect(requested.tenant).toBe(second.tenantId);
  const own = await iam.request('GET', '/users/me', { principal: requested });
  expect(own.body).toMatchObject({
    tenant: second.tenantId,
    tenants: [{ tenantId: first.tenantId }, { tenantId: second.tenantId }],
  });
  const foreign = contract.authenticateSession({ cookie: ann.cookie, requestedTenant: newId() });
  await expect(foreign).rejects.toMatchObject({ code: 'tenant.not_a_member', kind: 'forbidden' });
});

test('lets a user change their own name, and nothing else of themselves', async () => {
  const ann = await signUp(iam);
  const { tenantId } = await createTenant(iam, ann.userId);
  const principal = (await contractOf(iam).authenticateSession({ cookie: ann.cookie }))!;
  const rename = (body: object, caller: Principal = principal) =>
    iam.request('PATCH', '/users/me', { principal: caller, body });
  await iam.takeEvents();
  const renamed = await rename({ name: ' Anna ' });
  expect(renamed).toMatchObject({ status: 200, body: { id: ann.userId, email: ann.email, name: 'Anna' } });
  expect((await rename({ name: 'Anna' })).status).toBe(200);
  expect((await iam.request('GET', '/users/me', { principal })).body.name).toBe('Anna');
  const recorded = (await iam.takeEvents()).filter(({ type }) => type === 'audit.recorded');
  expect(recorded).toMatchObject([
    { tenant: tenantId, data: { action: 'user.updated', before: { name: 'Ann' }, after: { name: 'Anna' } } },
  ]);
  for (const body of [{}, { name: ' ' }, { name: 'x'.repeat(201) }])
    expect((await rename(body)).body.errors).toMatchObject([{ path: '/name' }]);
  expect((await rename({ name: 'Anna', email: 'other@example.test' })).body.errors).toMatchObject([{ path: '/email' }]);
});

test('attack: changing the name of a user as an API key, an application or support staff who act as them', async () => {
  const ann = await signUp(iam);
  const principal = (await contractOf(iam).authenticateSession({ cookie: ann.cookie }))!;
  for (const caller of [
    buildPrincipal({ kind: 'api-key', roles: ['org_admin'], scopes: ['user:write'] }),
    { ...principal, scopes: ['user:write'] },
    { ...principal, actor: { subject: newId() } },
  ] as Principal[])
    expect((await iam.request('PATCH', '/users/me', { principal: caller, body: { name: 'Eve' } })).status).toBe(403);
  const stranger = buildPrincipal({ subject: newId() });
  expect((await iam.request('PATCH', '/users/me', { principal: stranger, body: { name: 'Eve' } })).status).toBe(404);
  expect((await iam.request('GET', '/users/me', { principal })).body.name).toBe('Ann');
});

test('has no own user for an API key', async () => {
  const principal = buildPrincipal({ kind: 'api-key', roles: [], scopes: ['user:read'] });
  expect((await iam.request('GET', '/users/me', { principal })).status).toBe(404);
});

test('lists permissions and answers whether the caller holds one or several', async () => {
  const principal = buildPrincipal({ roles: ['org_member'] });
  expect((await iam.request('GET', '/permissions', { principal })).body.data).toEqual([...permissions]);
  const check = (body: unknown) => iam.request('POST', '/permissions/check', { principal, body });
  expect((await check({ permission: 'plan:read' })).body).toEqual({
    allowed: true,
    results: [{ permission: 'plan:read', allowed: true }],
  });
  expect((await check({ permissions: ['plan:read', 'plan:write'] })).body).toEqual({
    allowed: false,
    results: [
      { permission: 'plan:read', allowed: true },
      { permission: 'plan:write', allowed: false },
    ],
  });
  expect((await check({})).body.errors).toMatchObject([{ path: '/permission' }]);
  expect((await check({ permission: 'plan:eat' })).body.errors).toMatchObject([{ path: '/permission' }]);
});
