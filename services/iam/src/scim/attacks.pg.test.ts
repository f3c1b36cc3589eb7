import { newId } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, signUp, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
const owners = new Set<string>();
beforeAll(async () => {
  iam = await startIam({
    contracts: {
      account: {
        findMembership: async ({ userId }: { userId: string }) => (owners.has(userId) ? { isOwner: true } : null),
      },
    },
  });
});
afterAll(() => iam.stop());

interface Directory {
  readonly principal: Principal;
  readonly owner: Awaited<ReturnType<typeof signUp>>;
}

async function createDirectory(): Promise<Directory> {
  const owner = await signUp(iam);
  const { tenantId: tenant, organizationId: organization } = await createTenant(iam, owner.userId);
  const principal = buildPrincipal({ kind: 'api-key', tenant, organization, roles: [], scopes: ['scim:write'] });
  return { principal, owner };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const scim = (principal: Principal | undefined, method: Method, path: string, body?: unknown) =>
  iam.request(method, `/scim/v2${path}`, {
    ...(principal === undefined ? {} : { principal }),
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/scim+json' } }),
  });
const patchOf = (...Operations: object[]) => ({ Operations });
const address = () => `${newId()}@example.test`;
const createUser = async (principal: Principal, userName = address(), more: object = {}) =>
  (await scim(principal, 'POST', '/Users', { userName, ...more })).body;
const emailOf = async (userId: string) =>
  (
    await iam.database.transaction(undefined, (transaction) =>
      transaction.findRow<{ email: string }>(`SELECT email FROM auth.users WHERE id = $1`, [userId]),
    )
  )?.email;
const verifyDomain = (tenantId: string, domain: string) =>
  iam.database.transaction(tenantId, (transaction) =>
    transaction.execute(`INSERT INTO iam.email_domains (domain, tenant_id, verified_at) VALUES ($1, $2, now())`, [
      domain,
      tenantId,
    ]),
  );

test('takes over nobody who is no member, and only people of a domain that the tenant verified', async () => {
  const { principal } = await createDirectory();
  const stranger = await signUp(iam);
  for (const user of [
    { userName: stranger.email },
    { userName: stranger.email.toUpperCase() },
    { userName: 'x', emails: [{ value: address() }, { value: stranger.email, primary: true }] },
  ]) {
    expect(await scim(principal, 'POST', '/Users', user)).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
  }
  await expect(
    contractOf(iam).authenticateSession({ cookie: stranger.cookie, requestedTenant: principal.tenant! }),
  ).rejects.toMatchObject({ code: 'tenant.not_a_member' });
  const domain = `${newId()}.test`;
  const { userId } = await renamed(stranger, `sam@${domain}`);
  expect((await scim(principal, 'POST', '/Users', { userName: `sam@${domain}` })).status).toBe(409);
  await verifyDomain(principal.tenant!, domain);
  expect(await scim(principal, 'POST', '/Users', { userName: `sam@${domain}` })).toMatchObject({
    status: 201,
    body: { id: userId },
  });
  async function renamed(user: typeof stranger, email: string): Promise<typeof stranger> {
    await iam.database.transaction(undefined, (transaction) =>
      transaction.execute(`UPDATE auth.users SET email = $2 WHERE id = $1`, [user.userId, email]),
    );
    return user;
  }
});

test('moves the address of no account that its person uses or another tenant knows', async () => {
  const { principal } = await createDirectory();
  const member = await signUp(iam);
  const { tenant, organization } = principal;
  const grant = { tenantId: tenant!, organizationId: organization!, role: 'org_member' };
  await contractOf(iam).grantRole({ ...grant, userId: member.userId });
  const known = await createUser(principal, member.email);
  await scim(principal, 'PUT', `/Users/${known.id}`, { userName: address(), displayName: 'Mallory' });
  expect(await emailOf(member.userId)).toBe(member.email);

  const made = await createUser(principal);
  const corrected = address();
  await scim(principal, 'PATCH', `/Users/${made.id}`, patchOf({ op: 'replace', path: 'userName', value: corrected }));
  expect(await emailOf(made.id)).toBe(corrected);
  const other = await createDirectory();
  await contractOf(iam).grantRole({
    userId: made.id,
    tenantId: other.principal.tenant!,
    organizationId: other.principal.organization!,
    role: 'org_admin',
  });
  await scim(principal, 'PATCH', `/Users/${made.id}`, patchOf({ op: 'replace', path: 'userName', value: address() }));
  expect(await emailOf(made.id)).toBe(corrected);

  const victim = await signUp(iam);
  const second = await createUser(principal);
  const stolen = patchOf({ op: 'replace', path: 'userName', value: victim.email });
  expect((await scim(principal, 'PATCH', `/Users/${second.id}`, stolen)).status).toBe(409);
});

test("reaches no other tenant's people and groups by any operation", async () => {
  const [own, foreign] = [(await createDirectory()).principal, (await createDirectory()).principal];
  const user = await createUser(foreign);
  const group = (await scim(foreign, 'POST', '/Groups', { displayName: 'Theirs', members: [{ value: user.id }] })).body;
  for (const path of [`/Users/${user.id}`, `/Groups/${group.id}`]) {
    expect((await scim(own, 'GET', path)).status).toBe(404);
    expect((await scim(own, 'DELETE', path)).status).toBe(404);
    expect((await scim(own, 'PUT', path, { userName: 'x', displayName: 'x' })).status).toBe(404);
    expect((await scim(own, 'PATCH', path, patchOf({ op: 'replace', path: 'displayName', value: 'x' }))).status).toBe(
      404,
    );
  }
  for (const filter of ['id pr', `id eq "${user.id}"`, `userName eq "${user.userName}" or userName pr`])
    expect((await scim(own, 'GET', `/Users?filter=${encodeURIComponent(filter)}`)).body.totalResults).toBe(0);
  expect((await scim(own, 'POST', '/.search', {})).body.totalResults).toBe(0);
  const members = { displayName: 'Ours', members: [{ value: user.id }] };
  expect(await scim(own, 'POST', '/Groups', members)).toMatchObject({
    status: 400,
    body: { scimType: 'invalidValue' },
  });
  expect((await scim(foreign, 'GET', `/Groups/${group.id}`)).body.members).toHaveLength(1);
});

test('takes the credential of a directory alone', async () => {
  const { principal, owner } = await createDirectory();
  const tenant = principal.tenant!;
  for (const [caller, status] of [
    [undefined, 401],
    [buildPrincipal({ subject: owner.userId, tenant }), 403],
    [{ ...principal, scopes: ['user:write', 'group:write'] }, 403],
    [{ ...principal, tenant: undefined }, 403],
    [buildPrincipal({ kind: 'service-account', tenant, roles: ['org_member'] }), 403],
    [buildPrincipal({ kind: 'service-account', tenant, roles: ['org_admin'] }), 200],
    [principal, 200],
  ] as const) {
    const answer = await scim(caller as Principal | undefined, 'GET', '/Users');
    expect(answer.status).toBe(status);
    if (status !== 200)
      expect(answer.body).toMatchObject({ schemas: [expect.stringContaining('Error')], status: String(status) });
  }
});

test('takes nothing that a directory may not set (mass assignment)', async () => {
  const { principal } = await createDirectory();
  const [id, groupId] = [newId(), newId()];
  const created = await scim(
    principal,
    'POST',
    '/Users',
    `{"userName":"${address()}","id":"${id}","tenantId":"${newId()}","roles":[{"value":"org_admin"}],"emailVerified":true,
      "groups":[{"value":"${groupId}"}],"meta":{"version":"W/\\"9\\"","location":"https://evil.test"},"madeAccount":false,
      "password":"a password of the directory","constructor":{"name":"x"},"schemas":["urn:evil"]}`,
  );
  expect(created.status).toBe(201);
  const { meta, ...rest } = created.body;
  expect(rest.id).not.toBe(id);
  expect(Object.keys(rest).sort()).toEqual(['active', 'id', 'schemas', 'userName']);
  expect(meta).toMatchObject({ version: 'W/"1"', location: expect.stringContaining(rest.id) });
  const members = await iam.request('GET', `/users/${rest.id}`, {
    principal: buildPrincipal({ tenant: principal.tenant! }),
  });
  expect(members.body).toMatchObject({ roles: ['org_member'], emailVerified: false });
  const replaced = await scim(
    principal,
    'PATCH',
    `/Users/${rest.id}`,
    patchOf({ op: 'add', value: { id, groups: [], roles: ['org_admin'] } }),
  );
  expect(replaced.body.id).toBe(rest.id);
  for (const poison of ['"__proto__":{"active":false}', '"constructor":{"prototype":{"active":false}}'])
    expect((await scim(principal, 'POST', '/Users', `{"userName":"a@b.test",${poison}}`)).status).toBe(400);
});

test('holds SQL in filters, sort orders and paths for what it is: text', async () => {
  const { principal } = await createDirectory();
  const user = await createUser(principal, address(), { title: `x'; DROP TABLE iam.scim_users; --` });
  const find = (query: Record<string, string>) => scim(principal, 'GET', `/Users?${new URLSearchParams(query)}`);
  for (const text of [
    `' OR '1'='1`,
    `x'; DROP TABLE iam.scim_users; --`,
    `%' OR TRUE --`,
    '\\',
    `"]}'::jsonb`,
    '$1',
    '$99',
  ])
    for (const op of ['eq', 'co', 'sw', 'ew', 'gt']) {
      const { status, body } = await find({ filter: `title ${op} ${JSON.stringify(text)}` });
      expect([text, op, status]).toEqual([text, op, 200]);
      if (op !== 'gt') expect(body.totalResults).toBe(Number(user.title === text));
    }
  for (const filter of [
    `title' = '' OR 'a eq "b"`,
    `title) OR (TRUE eq "b"`,
    `name.givenName'}' eq "x"`,
    `emails[type' eq "x"]`,
  ])
    expect(await find({ filter })).toMatchObject({ status: 400, body: { scimType: 'invalidFilter' } });
  for (const sortBy of [`title; DROP TABLE iam.scim_users`, '1,2', 'pg_sleep(9)', '__proto__'])
    expect((await find({ sortBy })).status).toBe(200);
  expect((await find({ sortBy: 'title', sortOrder: 'ASC; DROP TABLE x' })).status).toBe(400);
  expect((await find({ startIndex: '1; SELECT 1' })).status).toBe(400);
  expect((await find({ attributes: `title'--,__proto__.x,constructor` })).body.Resources[0]).toEqual({
    schemas: expect.any(Array),
    id: user.id,
  });
  expect((await find({})).body.totalResults).toBe(1);
});

test('answers filters that are made to take long at once', async () => {
  const { principal } = await createDirectory();
  await createUser(principal, address(), { title: 'a'.repeat(1900) });
  const started = performance.now();
  const [quote, backslash] = ['"', '\\'];
  for (const filter of [
    `title eq ${quote}${backslash.repeat(4000)}`,
    `title eq ${quote}${'a'.repeat(4080)}`,
    `${'not ('.repeat(500)}title pr${')'.repeat(500)}`,
    `title co ${quote}${'a'.repeat(1500)}b${quote}`,
    `${' '.repeat(4000)}title`,
    `${'('.repeat(4000)}`,
    `${'emails[type eq "a" and '.repeat(100)}`,
    `${'a.'.repeat(2000)} eq 1`,
    `${'urn:'.repeat(1000)}x eq 1`,
    'x'.repeat(1_000_000),
  ])
    expect((await scim(principal, 'POST', '/Users/.search', { filter })).status).toBeLessThan(401);
  const paths = Array.from({ length: 150 }, () => ({ op: 'replace', path: `emails[${'('.repeat(400)}`, value: 1 }));
  const user = await createUser(principal);
  expect((await scim(principal, 'PATCH', `/Users/${user.id}`, patchOf(...paths))).status).toBe(400);
  expect(await scim(principal, 'PATCH', `/Users/${user.id}`, patchOf(...paths, ...paths))).toMatchObject({
    status: 400,
    body: { scimType: 'tooMany' },
  });
  const many = Array.from({ length: 500 }, () => ({ value: address() }));
  expect((await scim(principal, 'POST', '/Users', { userName: address(), emails: many })).body.scimType).toBe(
    'tooMany',
  );
  expect(performance.now() - started).toBeLessThan(2000);
});

test('leaves groups alone that the tenant keeps by itself', async () => {
  const { principal, owner } = await createDirectory();
  const administrator = buildPrincipal({
    ...principal,
    kind: 'user',
    subject: owner.userId,
    roles: ['org_admin'],
    scopes: undefined,
  });
  const { body: local } = await iam.request('POST', '/groups', { principal: administrator, body: { name: 'Local' } });
  expect((await scim(principal, 'GET', `/Groups/${local.id}`)).status).toBe(404);
  expect((await scim(principal, 'DELETE', `/Groups/${local.id}`)).status).toBe(404);
  expect(await scim(principal, 'POST', '/Groups', { displayName: 'Local' })).toMatchObject({
    status: 409,
    body: { scimType: 'uniqueness' },
  });
  const { body: kept } = await scim(principal, 'POST', '/Groups', { displayName: 'Kept' });
  expect(await iam.request('DELETE', `/groups/${kept.id}`, { principal: administrator })).toMatchObject({
    status: 409,
    body: { code: 'group.of_directory' },
  });
});

test('deprovisions neither the last administrator nor the owner', async () => {
  const { principal, owner } = await createDirectory();
  const known = await createUser(principal, owner.email);
  expect(known.id).toBe(owner.userId);
  const inactive = patchOf({ op: 'replace', path: 'active', value: false });
  for (const attempt of [
    () => scim(principal, 'PATCH', `/Users/${known.id}`, inactive),
    () => scim(principal, 'DELETE', `/Users/${known.id}`),
    () => scim(principal, 'PUT', `/Users/${known.id}`, { userName: owner.email, active: false }),
  ])
    expect((await attempt()).status).toBe(409);
  const second = await signUp(iam);
  const { tenant, organization } = principal;
  await contractOf(iam).grantRole({
    userId: second.userId,
    tenantId: tenant!,
    organizationId: organization!,
    role: 'org_admin',
  });
  owners.add(owner.userId);
  expect((await scim(principal, 'PATCH', `/Users/${known.id}`, inactive)).status).toBe(409);
  owners.delete(owner.userId);
  expect((await scim(principal, 'PATCH', `/Users/${known.id}`, inactive)).status).toBe(200);
});
