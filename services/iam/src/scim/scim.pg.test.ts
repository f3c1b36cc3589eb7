import { newId } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, signUp, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A tenant with its directory's credential. */
async function createDirectory(): Promise<{ principal: Principal; owner: Awaited<ReturnType<typeof signUp>> }> {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  const principal = buildPrincipal({
    kind: 'api-key',
    tenant: tenantId,
    organization: organizationId,
    roles: [],
    scopes: ['scim:write'],
  });
  return { principal, owner };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const scim = (principal: Principal, method: Method, path: string, body?: object, headers = {}) =>
  iam.request(method, `/scim/v2${path}`, {
    principal,
    ...(body === undefined ? {} : { body }),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }), ...headers },
  });
const person = (changes: object = {}) => {
  const userName = `${newId()}@example.test`;
  return { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, ...changes };
};
const patchOf = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const sessionIn = (cookie: string, tenant: string) =>
  contractOf(iam).authenticateSession({ cookie, requestedTenant: tenant });

test('provisions a person with the enterprise extension, and makes them a member', async () => {
  const { principal } = await createDirectory();
  const input = person({
    externalId: 'E-1',
    NAME: { givenname: 'Bea', familyName: 'Bee' },
    emails: [{ value: `${newId()}@example.test`, type: 'work', primary: true }],
    [enterprise]: { department: 'Sales', manager: { value: 'm1', displayName: 'ignored' } },
  });
  const created = await scim(principal, 'POST', '/Users', input);
  expect(created).toMatchObject({
    status: 201,
    headers: { 'content-type': expect.stringContaining('application/scim+json'), etag: 'W/"1"' },
    body: {
      userName: input.userName,
      externalId: 'E-1',
      active: true,
      name: { givenName: 'Bea', familyName: 'Bee' },
      [enterprise]: { department: 'Sales', manager: { value: 'm1' } },
      meta: { resourceType: 'User', version: 'W/"1"' },
    },
  });
  expect(created.headers['location']).toBe(created.body.meta.location);
  expect(created.body[enterprise].manager).toEqual({ value: 'm1' });
  const members = await iam.request('GET', '/users', { principal: buildPrincipal({ tenant: principal.tenant! }) });
  expect(members.body.data).toContainEqual(
    expect.objectContaining({ id: created.body.id, name: 'Bea Bee', roles: ['org_member'] }),
  );
  const again = await scim(principal, 'POST', '/Users', { ...input, userName: input.userName.toUpperCase() });
  expect(again).toMatchObject({ status: 409, body: { scimType: 'uniqueness', status: '409' } });
});

test('takes access away at once from somebody who is made inactive, and gives it back with their roles', async () => {
  const { principal } = await createDirectory();
  const tenant = principal.tenant!;
  const ann = await signUp(iam);
  await contractOf(iam).grantRole({
    userId: ann.userId,
    tenantId: tenant,
    organizationId: principal.organization!,
    role: 'org_admin',
  });
  const { body } = await scim(principal, 'POST', '/Users', person({ userName: ann.email }));
  expect(body.id).toBe(ann.userId);
  expect((await sessionIn(ann.cookie, tenant))!.roles).toContain('org_admin');
  await iam.takeEvents();
  const inactive = await scim(
    principal,
    'PATCH',
    `/Users/${body.id}`,
    patchOf({ op: 'Replace', path: 'active', value: 'False' }),
  );
  expect(inactive).toMatchObject({ status: 200, body: { active: false } });
  await expect(sessionIn(ann.cookie, tenant)).rejects.toMatchObject({ code: 'tenant.not_a_member' });
  expect((await iam.takeEvents()).map(({ type }) => type)).toContain('member.left');
  await scim(principal, 'PATCH', `/Users/${body.id}`, patchOf({ op: 'replace', value: { active: true } }));
  expect((await sessionIn(ann.cookie, tenant))!.roles).toContain('org_admin');
});

test('ends every key that somebody made when they are deprovisioned, and brings the same person back', async () => {
  const { principal } = await createDirectory();
  const tenant = principal.tenant!;
  const ann = await signUp(iam);
  const grant = { userId: ann.userId, tenantId: tenant, organizationId: principal.organization!, role: 'org_admin' };
  await contractOf(iam).grantRole(grant);
  const { body } = await scim(principal, 'POST', '/Users', person({ userName: ann.email }));
  const key = await iam.request('POST', '/api-keys', {
    principal: buildPrincipal({ subject: ann.userId, tenant }),
    body: { name: 'CI', scopes: ['usage:read'] },
  });
  expect((await scim(principal, 'DELETE', `/Users/${body.id}`)).status).toBe(204);
  expect(await contractOf(iam).authenticateApiKey({ key: key.body.key })).toBeNull();
  await expect(sessionIn(ann.cookie, tenant)).rejects.toMatchObject({ code: 'tenant.not_a_member' });
  expect((await scim(principal, 'GET', `/Users/${body.id}`)).status).toBe(404);
  const back = await scim(principal, 'POST', '/Users', person({ userName: ann.email }));
  expect(back).toMatchObject({ status: 201, body: { id: ann.userId } });
  expect((await sessionIn(ann.cookie, tenant))!.roles).toEqual(['org_member']);
});

test('changes by paths as directories send them', async () => {
  const { principal } = await createDirectory();
  const { body } = await scim(principal, 'POST', '/Users', person());
  const patch = (...operations: object[]) => scim(principal, 'PATCH', `/Users/${body.id}`, patchOf(...operations));
  await patch(
    { op: 'Add', path: 'emails[type eq "work"].value', value: 'w@example.test' },
    { op: 'Add', path: 'emails', value: [{ value: 'h@example.test', type: 'home', primary: true }] },
    { op: 'Add', path: 'name.givenName', value: 'Bo' },
    { op: 'Add', path: `${enterprise}:department`, value: 'Tools' },
    { op: 'Add', value: { 'name.familyName': 'Berg', title: 'Dr', [enterprise]: { costCenter: '7' } } },
  );
  const read = await scim(principal, 'GET', `/Users/${body.id}`);
  expect(read.body).toMatchObject({
    name: { givenName: 'Bo', familyName: 'Berg' },
    title: 'Dr',
    emails: [
      { type: 'work', value: 'w@example.test' },
      { type: 'home', value: 'h@example.test', primary: true },
    ],
    [enterprise]: { department: 'Tools', costCenter: '7' },
  });
  const second = await patch(
    { op: 'replace', path: 'emails[type eq "home" and value sw "h@"].display', value: 'Home' },
    { op: 'remove', path: 'emails[type eq "work"]' },
    { op: 'remove', path: 'name.familyName' },
    { op: 'remove', path: enterprise },
  );
  expect(second.body).toMatchObject({ name: { givenName: 'Bo' }, emails: [{ type: 'home', display: 'Home' }] });
  expect([second.body.emails.length, second.body[enterprise], second.body.name.familyName]).toEqual([
    1,
    undefined,
    undefined,
  ]);
  for (const [operation, scimType] of [
    [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'x@example.test' }, 'noTarget'],
    [{ op: 'replace', path: 'nothing', value: 1 }, 'invalidPath'],
    [{ op: 'replace', path: 'id', value: newId() }, 'mutability'],
    [{ op: 'remove' }, 'noTarget'],
    [{ op: 'remove', path: 'userName' }, 'mutability'],
    [{ op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    [{ op: 'twist', path: 'title' }, 'invalidSyntax'],
  ] as const)
    expect(await patch(operation)).toMatchObject({ status: 400, body: { scimType } });
});

test('finds by every operator, sorts, pages and shows the attributes asked for', async () => {
  const { principal } = await createDirectory();
  const names = ['anna', 'Bert', 'chris'];
  for (const [index, name] of names.entries())
    await scim(principal, 'POST', '/Users', {
      userName: name,
      title: index === 0 ? "O'Neil % _" : undefined,
      active: index !== 2,
      emails: [
        { value: `${newId()}@a.test`, type: 'work', primary: true },
        { value: `${name}@home.test`, type: 'home' },
      ],
    });
  const find = async (filter: string) => {
    const { status, body } = await scim(
      principal,
      'GET',
      `/Users?filter=${encodeURIComponent(filter)}&sortBy=userName`,
    );
    expect([filter, status]).toEqual([filter, 200]);
    return body.Resources.map((user: { userName: string }) => user.userName);
  };
  expect(await find('userName eq "BERT"')).toEqual(['Bert']);
  expect(await find('USERNAME NE "bert"')).toEqual(['anna', 'chris']);
  expect(await find('userName co "R" and not (userName sw "B")')).toEqual(['chris']);
  expect(await find('userName ew "a" or userName ge "C"')).toEqual(['anna', 'chris']);
  expect(await find('title eq "o\'neil % _"')).toEqual(['anna']);
  expect(await find('title co "%"')).toEqual(['anna']);
  expect(await find('title pr')).toEqual(['anna']);
  expect(await find('title eq null')).toEqual(['Bert', 'chris']);
  expect(await find('active eq false')).toEqual(['chris']);
  expect(await find('emails.value eq "Bert@home.test"')).toEqual(['Bert']);
  expect(await find('emails eq "Bert@home.test"')).toEqual(['Bert']);
  expect(await find('emails.display pr')).toEqual([]);
  expect(await find('emails pr and not (addresses pr)')).toHaveLength(3);
  expect(await find('emails[type eq "work" and value co "home"]')).toEqual([]);
  expect(await find('emails[type eq "home" and value co "home"]')).toEqual(['anna', 'Bert', 'chris']);
  expect(await find('meta.created gt "2020-01-01T00:00:00Z" and meta.resourceType eq "User"')).toHaveLength(3);
  expect(await find('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "anna"')).toEqual(['anna']);
  expect(await find(`${enterprise}:department pr`)).toEqual([]);
  expect(await find('groups.display eq "x"')).toEqual([]);
  const page = await scim(
    principal,
    'GET',
    '/Users?sortBy=userName&sortOrder=descending&startIndex=2&count=1&attributes=username,emails.type',
  );
  expect(page.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 });
  expect(page.body.Resources).toEqual([
    {
      schemas: expect.any(Array),
      id: expect.any(String),
      userName: 'Bert',
      emails: [{ type: 'work' }, { type: 'home' }],
    },
  ]);
  for (const sortBy of ['emails', 'emails.type', 'addresses', 'schemas', 'name', 'meta.created', 'groups', 'nothing'])
    expect((await scim(principal, 'GET', `/Users?sortBy=${sortBy}`)).body).toMatchObject({ totalResults: 3 });
  const searched = await scim(principal, 'POST', '/Users/.search', {
    filter: 'userName eq "anna"',
    excludedAttributes: ['emails', 'meta'],
  });
  expect(Object.keys(searched.body.Resources[0]).sort()).toEqual(['active', 'id', 'schemas', 'title', 'userName']);
  expect((await scim(principal, 'GET', '/Users?count=0')).body).toMatchObject({ totalResults: 3, Resources: [] });
});

test('answers mistakes in filters with their place, and never with an error of its own', async () => {
  const { principal } = await createDirectory();
  const deep = `${'('.repeat(40)}userName pr${')'.repeat(40)}`;
  const filters = {
    'userName eq': 'at character 12',
    'userName xx "a"': 'at character 10',
    'userName eq "a': 'at character 13',
    'userName eq "a" and': 'at character 20',
    'userName eq "a")': 'at character 16',
    'nothing eq "a"': 'at character 1',
    'userName eq "a\u0000"': 'scim',
    'userName eq 5': 'at character 1',
    'active gt true': 'at character 1',
    'emails[type eq "a"': 'at character 19',
    'userName[type eq "a"]': 'has brackets after',
    'emails[type[a eq "b"]]': 'brackets within brackets',
    'meta.created gt "yesterday"': 'needs a time',
    '__proto__ eq "a"': 'scim',
    'constructor.name eq "a"': 'constructor',
    [deep]: 'nested deeper',
    [`userName eq "${'a'.repeat(5000)}"`]: 'longer than',
    [Array.from({ length: 80 }, () => 'title pr').join(' or ')]: 'filter',
    [Array.from({ length: 80 }, () => 'title eq "a"').join(' or ')]: 'more than 50',
  };
  for (const [filter, text] of Object.entries(filters)) {
    const { status, body } = await scim(principal, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect([filter.slice(0, 60), status, body.scimType]).toEqual([filter.slice(0, 60), 400, 'invalidFilter']);
    if (text !== 'scim' && text !== 'filter') expect(body.detail).toContain(text);
  }
});
