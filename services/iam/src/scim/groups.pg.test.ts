import { newId } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTenant, signUp, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
let principal: Principal;
let administrator: Principal;
beforeAll(async () => {
  iam = await startIam();
  const owner = await signUp(iam);
  const { tenantId: tenant, organizationId: organization } = await createTenant(iam, owner.userId);
  principal = buildPrincipal({ kind: 'api-key', tenant, organization, roles: [], scopes: ['scim:write'] });
  administrator = buildPrincipal({ subject: owner.userId, tenant, organization });
});
afterAll(() => iam.stop());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const scim = (method: Method, path: string, body?: object, headers: Record<string, string> = {}) =>
  iam.request(method, `/scim/v2${path}`, {
    principal,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
const createUser = async () => (await scim('POST', '/Users', { userName: `${newId()}@example.test` })).body;
const patchOf = (...Operations: object[]) => ({ Operations });
const rolesOf = async (id: string) =>
  (await iam.request('GET', `/users/${id}`, { principal: administrator })).body.roles;

test('keeps groups, whose members have the roles that the tenant assigned', async () => {
  const [ann, bob] = [await createUser(), await createUser()];
  const { status, body } = await scim('POST', '/Groups', {
    displayName: 'Admins',
    externalId: 'g1',
    members: [{ value: ann.id }],
  });
  expect([status, body.members]).toEqual([
    201,
    [{ value: ann.id, type: 'User', $ref: expect.stringMatching(new RegExp(`/scim/v2/Users/${ann.id}$`)) }],
  ]);
  const assignment = { groupId: body.id, role: 'org_admin' };
  await iam.request('POST', '/roles/assignments', { principal: administrator, body: assignment });
  expect(await rolesOf(ann.id)).toEqual(['org_admin', 'org_member']);
  await scim(
    'PATCH',
    `/Groups/${body.id}`,
    patchOf(
      { op: 'Add', path: 'members', value: [{ value: bob.id }, { value: bob.id }] },
      { op: 'Remove', path: `members[value eq "${ann.id}"]` },
    ),
  );
  expect([await rolesOf(ann.id), await rolesOf(bob.id)]).toEqual([['org_member'], ['org_admin', 'org_member']]);
  expect((await scim('GET', `/Users/${bob.id}`)).body.groups).toMatchObject([{ value: body.id, display: 'Admins' }]);
  await scim('PATCH', `/Groups/${body.id}`, patchOf({ op: 'Remove', path: 'members', value: [{ value: bob.id }] }));
  expect(await rolesOf(bob.id)).toEqual(['org_member']);
  const replaced = await scim('PUT', `/Groups/${body.id}`, { displayName: 'Operators', members: [{ value: bob.id }] });
  expect(replaced.body).toMatchObject({ displayName: 'Operators', members: [{ value: bob.id }] });
  expect(replaced.body.externalId).toBeUndefined();
  expect((await scim('DELETE', `/Groups/${body.id}`)).status).toBe(204);
  expect(await rolesOf(bob.id)).toEqual(['org_member']);
});

test('finds groups by name, outer id and member, and leaves members out on demand', async () => {
  const ann = await createUser();
  const { body } = await scim('POST', '/Groups', {
    displayName: 'Readers',
    externalId: 'X1',
    members: [{ value: ann.id }],
  });
  const find = async (filter: string) =>
    (await scim('GET', `/Groups?filter=${encodeURIComponent(filter)}&excludedAttributes=members`)).body.Resources;
  for (const filter of [
    'displayName eq "readers"',
    'externalId eq "X1"',
    `members eq "${ann.id}"`,
    `members[value eq "${ann.id}"] and displayName pr`,
    `id eq "${body.id}" and members.value eq "${ann.id}"`,
  ]) {
    const found = await find(filter);
    expect([filter, found.length, found[0]?.id, found[0]?.members]).toEqual([filter, 1, body.id, undefined]);
  }
  expect(await find('externalId eq "x1"')).toEqual([]);
  const both = await scim('POST', '/.search', {
    filter: `meta.resourceType eq "Group" or userName eq "${ann.userName}"`,
  });
  expect(both.body.Resources.map((one: { id: string }) => one.id)).toContain(ann.id);
});

test('refuses a change of what somebody else has changed meanwhile', async () => {
  const ann = await createUser();
  const { body: group, headers } = await scim('POST', '/Groups', { displayName: `Group ${newId()}` });
  const etag = String(headers['etag']);
  const add = patchOf({ op: 'add', path: 'members', value: [{ value: ann.id }] });
  expect((await scim('PATCH', `/Groups/${group.id}`, add, { 'if-match': etag })).status).toBe(200);
  expect((await scim('DELETE', `/Groups/${group.id}`, undefined, { 'if-match': etag })).status).toBe(412);
  const read = await scim('GET', `/Groups/${group.id}`);
  expect(read.headers['etag']).toBe(read.body.meta.version);
  expect(
    (await scim('GET', `/Groups/${group.id}`, undefined, { 'if-none-match': read.body.meta.version })).status,
  ).toBe(304);
  const title = patchOf({ op: 'add', path: 'title', value: 'Dr' });
  expect((await scim('PATCH', `/Users/${ann.id}`, title, { 'if-match': 'W/"7"' })).status).toBe(412);
  expect((await scim('PATCH', `/Users/${ann.id}`, title, { 'if-match': 'W/"1"' })).headers['etag']).toBe('W/"2"');
});

test('tells what it is and what it cannot do', async () => {
  expect((await scim('GET', '/ServiceProviderConfig')).body).toMatchObject({
    patch: { supported: true },
    bulk: { supported: false },
  });
  expect((await scim('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User')).body.name).toBe('User');
  expect((await scim('POST', '/Bulk', { Operations: [] })).status).toBe(501);
  expect((await scim('GET', '/Me')).status).toBe(501);
  expect(await scim('GET', '/Nothing')).toMatchObject({ status: 404, body: { status: '404' } });
  expect(await scim('POST', '/Users', { userName: 5 })).toMatchObject({
    status: 400,
    body: { scimType: 'invalidValue' },
  });
  const wrong = await iam.request('POST', '/scim/v2/Users', {
    principal,
    body: '{',
    headers: { 'content-type': 'application/scim+json' },
  });
  expect(wrong).toMatchObject({ status: 400, body: { status: '400' } });
});
