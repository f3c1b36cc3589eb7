import type { Principal } from '@plinth/contracts';
import { buildPrincipal } from '@plinth/testing';
import { newId } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAuthorizationWorld, type AuthorizationWorld, type Owner } from '../../test/authorization-world.ts';

// The certification scenario of AuthZEN 1.0 (levels Basic, Batch and Search): its fixture in terms of roles, and what
// its harness sends and expects.
let world: AuthorizationWorld;
let owner: Owner;
let caller: Principal;
beforeAll(async () => {
  world = await startAuthorizationWorld();
  owner = await world.createOwner();
  caller = owner.principal;
  for (const action of ['read', 'write', 'delete'])
    await world.post(caller, '/permissions', { name: `record:${action}` });
  await world.createRole(owner, 'reader', ['record:read']);
  await world.createRole(
    owner,
    'author',
    [],
    [
      {
        permission: 'record:write',
        conditions: [{ attribute: 'resource.status', operator: 'not_equals', value: 'archived' }],
      },
      { permission: 'record:delete', conditions: [{ attribute: 'action.soft', operator: 'equals', value: true }] },
    ],
  );
  await world.createRole(
    owner,
    'archivist',
    [],
    [
      {
        permission: 'record:write',
        conditions: [
          { attribute: 'subject.role', operator: 'equals', value: 'admin' },
          { attribute: 'resource.status', operator: 'equals', value: 'archived' },
        ],
      },
    ],
  );
  const put = (path: string, body: object) =>
    world.iam.request('PUT', `/access/entities/${path}`, { principal: caller, body });
  for (const [name, role] of [
    ['alice', 'author'],
    ['bob', 'archivist'],
  ] as const) {
    const { userId } = await world.addMember(owner, 'reader');
    await world.post(caller, '/roles/assignments', { userId, role });
    await put(`user/${name}`, { userId, properties: name === 'bob' ? { role: 'admin' } : {} });
  }
  await put('record/record-1', { properties: { status: 'active' } });
  await put('record/record-2', { properties: { status: 'archived' } });
});
afterAll(() => world.iam.stop());

const subject = (id: string, properties?: object) => ({ type: 'user', id, ...(properties && { properties }) });
const record = (id: string, properties?: object) => ({ type: 'record', id, ...(properties && { properties }) });
const ask = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  world.iam.request('POST', `/access/v1/${path}`, { principal: caller, body, headers });
const admin = { role: 'admin' };
const archived = { status: 'archived' };

test.each([
  ['rule 1', subject('alice'), { name: 'read' }, record('record-1'), true],
  ['rule 2', subject('alice'), { name: 'write' }, record('record-1'), true],
  ['rule 3', subject('bob'), { name: 'read' }, record('record-1'), true],
  ['rule 4', subject('bob'), { name: 'write' }, record('record-1'), false],
  ['rule 5', subject('alice'), { name: 'write' }, record('record-2', archived), false],
  ['rule 6', subject('bob', admin), { name: 'write' }, record('record-2', archived), true],
  ['rule 7', subject('alice'), { name: 'delete', properties: { soft: true } }, record('record-1'), true],
  ['rule 8', subject('alice'), { name: 'delete', properties: { soft: false } }, record('record-1'), false],
  [
    'further properties',
    subject('alice', { department: 'Sales' }),
    { name: 'read', properties: { method: 'GET' } },
    record('record-1', { owner: 'bob' }),
    true,
  ],
])('certification of AuthZEN, one evaluation: %s', async (_rule, who, action, resource, expected) => {
  for (const extra of [
    {},
    { context: { time: '2025-06-27T18:03-07:00' } },
    { foo: 'bar', futureField: { nested: true } },
  ]) {
    const answer = await ask(
      'evaluation',
      { subject: who, action, resource, ...extra },
      { 'x-request-id': 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716' },
    );
    expect(answer).toMatchObject({ status: 200, body: { decision: expected } });
  }
});

const complete = { subject: subject('alice'), action: { name: 'read' }, resource: record('record-1') };

test.each([
  ['no subject', { ...complete, subject: undefined }],
  ['no action', { ...complete, action: undefined }],
  ['no resource', { ...complete, resource: undefined }],
  ['no type of the subject', { ...complete, subject: { id: 'alice' } }],
  ['no id of the subject', { ...complete, subject: { type: 'user' } }],
  ['no name of the action', { ...complete, action: {} }],
  ['no type of the resource', { ...complete, resource: { id: 'record-1' } }],
  ['no id of the resource', { ...complete, resource: { type: 'record' } }],
  ['a text as subject', { ...complete, subject: 'alice' }],
  ['a number as name', { ...complete, action: { name: 123 } }],
  ['malformed JSON', '{"subject": '],
])('certification of AuthZEN, what is answered with 400: %s', async (_case, body) => {
  expect((await ask('evaluation', body)).status).toBe(400);
});

test('certification of AuthZEN, what is answered with 400: another content type, or no body', async () => {
  const send = (headers: Record<string, string>, body?: string) =>
    world.iam.request('POST', '/access/v1/evaluation', {
      principal: caller,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  expect((await send({ 'content-type': 'text/plain' }, JSON.stringify(complete))).status).toBe(400);
  expect((await send({ 'content-type': 'application/json' })).status).toBe(400);
});

const decisionsOf = (answer: { body: { evaluations: { decision: boolean }[] } }) =>
  answer.body.evaluations.map(({ decision }) => decision);

test.each([
  [
    'a default subject and action',
    {
      subject: subject('alice'),
      action: { name: 'read' },
      evaluations: [{ resource: record('record-1') }, { resource: record('record-2') }],
    },
    [true, true],
  ],
  [
    'a default resource',
    {
      subject: subject('bob'),
      resource: record('record-1'),
      evaluations: [{ action: { name: 'read' } }, { action: { name: 'write' } }],
    },
    [true, false],
  ],
  [
    'properties of each resource',
    {
      subject: subject('alice'),
      action: { name: 'write' },
      evaluations: [{ resource: record('record-1', { status: 'active' }) }, { resource: record('record-2', archived) }],
    },
    [true, false],
  ],
  [
    'properties of each subject',
    {
      action: { name: 'write' },
      resource: record('record-2', archived),
      evaluations: [{ subject: subject('alice') }, { subject: subject('bob', admin) }],
    },
    [false, true],
  ],
  [
    'no defaults',
    { evaluations: [complete, { ...complete, subject: subject('bob'), action: { name: 'write' } }] },
    [true, false],
  ],
  [
    'a part of a default',
    {
      subject: subject('alice'),
      action: { name: 'write' },
      resource: { type: 'record' },
      evaluations: [
        { resource: { id: 'record-1', properties: { status: 'active' } } },
        { resource: record('record-2', archived) },
      ],
    },
    [true, false],
  ],
  [
    'one that is incomplete',
    { subject: subject('alice'), action: { name: 'read' }, evaluations: [{ resource: record('record-1') }, {}] },
    [true, false],
  ],
])('certification of AuthZEN, several evaluations: %s', async (_case, body, expected) => {
  const answer = await ask('evaluations', body);
  expect(answer.status).toBe(200);
  expect(decisionsOf(answer)).toEqual(expected);
});

test('certification of AuthZEN, several evaluations: none are one', async () => {
  for (const evaluations of [undefined, []])
    expect(await ask('evaluations', { ...complete, evaluations })).toMatchObject({
      status: 200,
      body: { decision: true },
    });
  expect((await ask('evaluations', { subject: subject('alice') })).status).toBe(400);
});

test('stops at the first denial or permission when asked to', async () => {
  const questions = [{ action: { name: 'read' } }, { action: { name: 'delete' } }, { action: { name: 'write' } }];
  const send = (semantic: string) =>
    ask('evaluations', {
      subject: subject('alice'),
      resource: record('record-1'),
      evaluations: questions,
      options: { evaluations_semantic: semantic },
    });
  expect(decisionsOf(await send('execute_all'))).toEqual([true, false, true]);
  expect(decisionsOf(await send('deny_on_first_deny'))).toEqual([true, false]);
  expect(decisionsOf(await send('permit_on_first_permit'))).toEqual([true]);
  expect((await send('guess')).status).toBe(400);
});

const ids = (answer: { body: { results: { id: string }[] } }) => answer.body.results.map(({ id }) => id).toSorted();

test('certification of AuthZEN, search of subjects', async () => {
  const read = { subject: { type: 'user' }, action: { name: 'read' }, resource: record('record-1') };
  const found = await ask('search/subject', read);
  expect(found).toMatchObject({ status: 200, body: { page: { next_token: '' } } });
  expect(ids(found)).toEqual(['alice', 'bob']);
  expect(found.body.results.every(({ type }: { type: string }) => type === 'user')).toBe(true);
  const write = { ...read, action: { name: 'write' }, resource: record('record-2', archived) };
  expect(ids(await ask('search/subject', write))).toEqual(['bob']);
  const first = await ask('search/subject', { ...read, page: { limit: 1 } });
  const second = await ask('search/subject', { ...read, page: { limit: 1, token: first.body.page.next_token } });
  expect([...ids(first), ...ids(second)].toSorted()).toEqual(['alice', 'bob']);
  expect(second.body.page.next_token).toBe('');
  expect((await ask('search/subject', { ...read, subject: { type: 'spaceship' } })).body.results).toEqual([]);
  expect((await ask('search/subject', { ...read, action: undefined })).status).toBe(400);
  expect((await ask('search/subject', { ...read, resource: { type: 'record' } })).status).toBe(400);
  expect((await ask('search/subject', { ...read, page: { token: 'x' } })).status).toBe(400);
});

test('certification of AuthZEN, search of resources', async () => {
  const read = { subject: subject('alice'), action: { name: 'read' }, resource: { type: 'record' } };
  expect(ids(await ask('search/resource', read))).toEqual(['record-1', 'record-2']);
  expect(ids(await ask('search/resource', { ...read, action: { name: 'write' } }))).toEqual(['record-1']);
  expect(
    ids(await ask('search/resource', { ...read, subject: subject('bob', admin), action: { name: 'write' } })),
  ).toEqual(['record-2']);
  expect((await ask('search/resource', { ...read, subject: { type: 'user' } })).status).toBe(400);
  expect(ids(await ask('search/resource', { ...read, subject: subject('nobody') }))).toEqual([]);
});

test('certification of AuthZEN, search of actions', async () => {
  const names = (answer: { body: { results: { name: string }[] } }) => answer.body.results.map(({ name }) => name);
  expect(
    names(await ask('search/action', { subject: subject('alice'), resource: record('record-1'), context: {} })),
  ).toEqual(['read', 'write']);
  expect(
    names(await ask('search/action', { subject: subject('bob', admin), resource: record('record-2', archived) })),
  ).toEqual(['read', 'write']);
  expect(
    names(await ask('search/action', { subject: subject('nonexistent-user'), resource: record('record-1') })),
  ).toEqual([]);
  expect((await ask('search/action', { subject: subject('alice') })).status).toBe(400);
});

test("decides about the platform's own resources, by id, address or registered name of a user, and in the tree", async () => {
  const division = world.addDivision(owner);
  const below = world.addDivision(owner, division);
  await world.createRole(owner, 'manager', ['division:read', 'division:write']);
  const manager = await world.addMember(owner, 'manager', { divisionId: division });
  const decide = async (id: string, resource: object) =>
    (await ask('evaluation', { subject: subject(id), action: { name: 'write' }, resource })).body.decision;
  for (const id of [manager.userId, manager.email, manager.email.toUpperCase()])
    expect(await decide(id, { type: 'division', id: below })).toBe(true);
  expect(await decide(manager.userId, { type: 'division', id: world.addDivision(owner) })).toBe(false);
  const found = await ask('search/resource', {
    subject: subject(manager.userId),
    action: { name: 'write' },
    resource: { type: 'division' },
  });
  expect(ids(found)).toEqual([division, below].toSorted());
});

test('attack: deciding about or finding anything of another tenant', async () => {
  const foreign = await world.createOwner();
  const division = world.addDivision(foreign);
  const decide = async (who: string, resource: object) =>
    (await ask('evaluation', { subject: subject(who), action: { name: 'read' }, resource })).body;
  // The owner of this tenant may read every division of it, and the other tenant's is none.
  expect(await decide(owner.user.userId, { type: 'division', id: division })).toMatchObject({
    decision: false,
    context: { reason: 'resource_unknown' },
  });
  expect(await decide(foreign.user.userId, record('record-1'))).toMatchObject({
    decision: false,
    context: { reason: 'subject_unknown' },
  });
  expect(await decide(foreign.user.email, record('record-1'))).toMatchObject({
    decision: false,
    context: { reason: 'subject_unknown' },
  });
  const stranger = { ...foreign.principal };
  const there = await world.post(stranger, '/access/v1/search/subject', {
    subject: { type: 'user' },
    action: { name: 'read' },
    resource: record('record-1'),
  });
  expect(there.body.results).toEqual([]);
  expect(
    (await world.iam.request('GET', '/access/decisions', { principal: stranger })).body.data.map(
      (row: { subject: { id: string } }) => row.subject.id,
    ),
  ).toEqual([]);
});

test('attack: asking without the permission to read policies, and letting a name stand for somebody else', async () => {
  const member = await world.addMember(owner);
  for (const path of ['evaluation', 'evaluations', 'search/subject', 'search/resource', 'search/action'])
    expect((await world.post(member.principal, `/access/v1/${path}`, complete)).status).toBe(403);
  expect((await world.iam.request('GET', '/access/decisions', { principal: member.principal })).status).toBe(403);
  const foreign = await world.createOwner();
  const put = (principal: Principal, id: string, body: object) =>
    world.iam.request('PUT', `/access/entities/user/${id}`, { principal, body });
  expect((await put(member.principal, 'x', {})).status).toBe(403);
  expect(await put(caller, 'x', { userId: foreign.user.userId })).toMatchObject({
    status: 400,
    body: { code: 'group.not_a_member_of_tenant' },
  });
  for (const id of [owner.user.userId, owner.user.email])
    expect((await put(caller, id, { userId: member.userId })).status).toBe(400);
  const reader = buildPrincipal({
    ...caller,
    roles: [],
    grants: [{ permissions: ['policy:read'], division: newId() }],
  });
  expect((await world.post(reader, '/access/v1/evaluation', complete)).status).toBe(403);
});
