import type { Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAuthorizationWorld, type AuthorizationWorld, type Owner } from '../../test/authorization-world.ts';

let world: AuthorizationWorld;
let owner: Owner;
let caller: Principal;
beforeAll(async () => {
  world = await startAuthorizationWorld();
});
afterAll(() => world.iam.stop());

async function newTenant(): Promise<void> {
  owner = await world.createOwner();
  caller = owner.principal;
}

async function explain(id: string, permission: string, object?: object, type = 'user') {
  const answer = await world.post(caller, '/permissions/explain', {
    subject: { type, id },
    permission,
    ...(object === undefined ? {} : { object }),
  });
  expect(answer.status).toBe(200);
  return answer.body;
}
const outcomes = (explanation: { checks: { check: string; outcome: string }[] }) =>
  Object.fromEntries(explanation.checks.map(({ check, outcome }) => [check, outcome]));

test('explains every role of a user: the direct one, the one by a group, and the one that holds elsewhere', async () => {
  await newTenant();
  const [division, other] = [world.addDivision(owner), world.addDivision(owner)];
  await world.createRole(owner, 'manager', ['division:write']);
  await world.createRole(owner, 'planner', ['plan:write']);
  const member = await world.addMember(owner, 'manager', { divisionId: division });
  const group = (await world.post(caller, '/groups', { name: 'Planners' })).body.id;
  await world.post(caller, '/roles/assignments', { groupId: group, role: 'planner' });
  await world.iam.request('PUT', `/groups/${group}/members/${member.userId}`, { principal: caller });
  const granted = await explain(member.email, 'division:write', { divisionId: world.addDivision(owner, division) });
  expect(granted).toMatchObject({
    allowed: true,
    reason: { code: 'role', role: 'manager' },
    remedies: [],
    assignments: [
      { role: 'manager', scope: { divisionId: division }, groupId: null, gives: true, why: 'gives' },
      { role: 'planner', scope: null, groupId: group, gives: false, why: 'has_not_the_permission' },
    ],
  });
  expect(outcomes(granted)).toEqual({
    subject: 'passed',
    tenant: 'passed',
    second_factor: 'passed',
    object: 'passed',
    role: 'passed',
  });
  const refused = await explain(member.userId, 'division:write', { divisionId: other });
  expect(refused).toMatchObject({ allowed: false, reason: { code: 'permission_missing' } });
  expect(refused.assignments.map(({ why }: { why: string }) => why)).toEqual([
    'holds_elsewhere',
    'has_not_the_permission',
  ]);
  expect(refused.remedies).toEqual([
    'Give manager where the object lies, or in the whole tenant.',
    'Give a role with division:write, for example org_admin.',
  ]);
  expect((await explain(member.userId, 'division:write')).allowed).toBe(false);
  expect((await explain(owner.user.userId, 'tenant:suspend')).remedies).toEqual([
    'No role of a tenant gives tenant:suspend: only a platform administrator may use it.',
  ]);
});

test('explains conditions that are not met, and permissions that do not exist', async () => {
  await newTenant();
  await world.post(caller, '/permissions', { name: 'todo:finish' });
  const conditions = [{ attribute: 'resource.ownerId', operator: 'equals', otherAttribute: 'subject.id' }];
  await world.createRole(owner, 'doer', [], [{ permission: 'todo:finish', conditions }]);
  const { userId } = await world.addMember(owner, 'doer');
  expect((await explain(userId, 'todo:finish', { id: '1', properties: { ownerId: userId } })).allowed).toBe(true);
  const refused = await explain(userId, 'todo:finish', { id: '1', properties: { ownerId: newId() } });
  expect(refused.assignments[0].why).toBe('conditions_not_met');
  expect(refused.remedies[0]).toBe('Meet the conditions under which doer gives todo:finish.');
  const unknown = await explain(userId, 'todo:eat');
  expect(unknown.remedies[0]).toContain('There is no permission todo:eat');
});

test('explains the scopes of a key beside the roles of its creator', async () => {
  await newTenant();
  const key = (await world.post(caller, '/api-keys', { name: 'CI', scopes: ['plan:read'] })).body.id;
  expect((await explain(key, 'plan:read', undefined, 'api-key')).allowed).toBe(true);
  const refused = await explain(key, 'plan:write', undefined, 'api-key');
  expect(refused).toMatchObject({
    allowed: false,
    reason: { code: 'scope_missing' },
    remedies: ['Make a key with the scope plan:write.'],
  });
  expect(outcomes(refused)).toMatchObject({ role: 'passed', scopes: 'failed' });
  await world.iam.request('DELETE', `/api-keys/${key}`, { principal: caller });
  expect((await explain(key, 'plan:read', undefined, 'api-key')).reason.code).toBe('subject_unknown');
});

test('explains a suspended tenant, a second factor, a disabled user and a stranger', async () => {
  await newTenant();
  const member = await world.addMember(owner);
  await world.iam.database.transaction(owner.tenantId, (transaction) =>
    transaction.execute(
      `INSERT INTO iam.sign_in_policies (tenant_id, second_factor_required, updated_at) VALUES ($1, true, now())`,
      [owner.tenantId],
    ),
  );
  expect(outcomes(await explain(member.userId, 'plan:read'))).toMatchObject({
    second_factor: 'depends',
    role: 'passed',
  });
  world.tenantStatus.set(owner.tenantId, 'suspended');
  const suspended = await explain(member.userId, 'plan:read');
  expect(suspended).toMatchObject({ allowed: false, remedies: ['Activate the tenant again.'] });
  world.tenantStatus.delete(owner.tenantId);
  await world.iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET disabled_at = now() WHERE id = $1`, [member.userId]),
  );
  expect((await explain(member.userId, 'plan:read')).reason.code).toBe('subject_disabled');
  const foreign = await world.createOwner();
  for (const id of [foreign.user.userId, foreign.user.email, newId()]) {
    const stranger = await explain(id, 'plan:read');
    expect(stranger).toMatchObject({ allowed: false, assignments: [], reason: { code: 'subject_unknown' } });
  }
  const place = await explain(owner.user.userId, 'plan:read', { divisionId: world.addDivision(foreign) });
  expect(outcomes(place).object).toBe('failed');
});

test('keeps decisions with their reasons, filters them, and forgets them after thirty days', async () => {
  await newTenant();
  const member = await world.addMember(owner);
  const evaluate = (name: string) =>
    world.post(caller, '/access/v1/evaluation', {
      subject: { type: 'user', id: member.userId },
      action: { name },
      resource: { type: 'plan', id: 'p1' },
    });
  await evaluate('read');
  const denied = await evaluate('write');
  await explain(member.userId, 'plan:write');
  await world.post(member.principal, '/permissions/check', { permissions: ['plan:read', 'plan:write'] });
  const list = async (query = '') =>
    (await world.iam.request('GET', `/access/decisions${query}`, { principal: caller })).body.data;
  expect((await list()).map(({ source, allowed }: { source: string; allowed: boolean }) => [source, allowed])).toEqual([
    ['check', false],
    ['explain', false],
    ['authzen', false],
    ['authzen', true],
  ]);
  expect(await list('?source=authzen&allowed=true')).toMatchObject([
    {
      askedBy: caller.subject,
      subject: { type: 'user', id: member.userId },
      permission: 'plan:read',
      resource: { type: 'plan', id: 'p1' },
      reason: { code: 'role', role: 'org_member', assignmentId: expect.any(String) },
    },
  ]);
  expect((await list('?resourceId=p1&permission=plan:write')).map(({ id }: { id: string }) => id)).toEqual([
    denied.body.context.id,
  ]);
  expect(await list(`?subjectId=${newId()}`)).toEqual([]);
  expect(await list(`?from=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
  const first = (await world.iam.request('GET', '/access/decisions?limit=3', { principal: caller })).body;
  expect(await list(`?cursor=${first.nextCursor}`)).toHaveLength(1);
  await world.iam.database.transaction(owner.tenantId, (transaction) =>
    transaction.execute(`UPDATE iam.decisions SET time = now() - interval '31 days' WHERE source = 'authzen'`),
  );
  await world.iam.instance.jobs!.find(({ name }) => name === 'iam.remove-old-decisions')!.run({});
  expect((await list()).map(({ source }: { source: string }) => source)).toEqual(['check', 'explain']);
});

test('attack: explaining without the permission to read policies', async () => {
  await newTenant();
  const member = await world.addMember(owner);
  const body = { subject: { id: owner.user.userId }, permission: 'plan:read' };
  expect((await world.post(member.principal, '/permissions/explain', body)).status).toBe(403);
  expect((await world.post(caller, '/permissions/explain', { ...body, tenantId: newId() })).body.errors).toMatchObject([
    { path: '/tenantId' },
  ]);
});

test('explains and gives roles to service accounts of the own tenant, and of no other', async () => {
  await newTenant();
  const made = await world.post(caller, '/service-accounts', { name: 'importer' });
  expect(made.status).toBe(201);
  const id: string = made.body.id;
  expect((await explain(id, 'usage:write', undefined, 'service-account')).allowed).toBe(false);
  await world.createRole(owner, 'importer', ['usage:write']);
  const body = { serviceAccountId: id, role: 'importer' };
  const given = await world.post(caller, '/roles/assignments', body);
  expect(given).toMatchObject({
    status: 201,
    body: { serviceAccountId: id, userId: null, groupId: null, role: 'importer' },
  });
  expect(await explain(id, 'usage:write', undefined, 'service-account')).toMatchObject({
    allowed: true,
    reason: { role: 'importer' },
  });
  const foreign = await world.createOwner();
  expect(
    (await world.post(foreign.principal, '/roles/assignments', { ...body, role: 'org_member' })).body.errors,
  ).toMatchObject([{ path: '/serviceAccountId' }]);
  const there = await world.post(foreign.principal, '/permissions/explain', {
    subject: { type: 'service-account', id },
    permission: 'usage:write',
  });
  expect(there.body).toMatchObject({ allowed: false, reason: { code: 'subject_unknown' } });
  await world.post(caller, `/service-accounts/${id}/disable`, {});
  expect((await explain(id, 'usage:write', undefined, 'service-account')).reason.code).toBe('subject_disabled');
});
