import type { Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { contractOf, createOrganization, startAccount, type AccountUnderTest } from '../../test/builders.ts';

let account: AccountUnderTest;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(() => account.stop());
beforeEach(() => {
  account.neighbours.onCall = async () => {};
  account.neighbours.removals.length = 0;
});

async function addMember(organization: { id: string; tenantId: string; principal: Principal }): Promise<Principal> {
  const userId = newId();
  await contractOf(account).ensureMember({ tenantId: organization.tenantId, organizationId: organization.id, userId });
  return { ...organization.principal, subject: userId, roles: ['org_member'] };
}

const listMembers = async (principal: Principal, id: string) =>
  (await account.request('GET', `/organizations/${id}/members`, { principal })).body.data as {
    userId: string;
    isOwner: boolean;
  }[];

test('a member sees the organization among theirs, however often they are told to have joined', async () => {
  const organization = await createOrganization(account);
  const member = await addMember(organization);
  const joined = { tenantId: organization.tenantId, organizationId: organization.id, userId: member.subject };
  expect(await contractOf(account).ensureMember(joined)).toEqual({ created: false });
  await account.deliver('member.joined', joined);
  const own = await account.request('GET', '/organizations', { principal: { ...member, tenant: undefined } });
  expect(own.body.data.map(({ id }: { id: string }) => id)).toEqual([organization.id]);
  expect(await listMembers(organization.principal, organization.id)).toHaveLength(2);
});

test('nobody becomes a member of an organization of another tenant', async () => {
  const [own, foreign] = [await createOrganization(account), await createOrganization(account)];
  const joined = { tenantId: own.tenantId, organizationId: foreign.id, userId: newId() };
  expect(await contractOf(account).ensureMember(joined)).toEqual({ created: false });
  expect(await listMembers(foreign.principal, foreign.id)).toHaveLength(1);
});

test('a member leaves, and an administrator removes one; iam ends what they may do first', async () => {
  const organization = await createOrganization(account);
  const [first, second] = [await addMember(organization), await addMember(organization)];
  const left = await account.request('POST', `/organizations/${organization.id}/leave`, { principal: first });
  expect(left.status).toBe(204);
  const path = `/organizations/${organization.id}/members/${second.subject}`;
  expect((await account.request('DELETE', path, { principal: organization.principal })).status).toBe(204);
  expect(account.neighbours.removals).toMatchObject([
    { userId: first.subject },
    { userId: second.subject, by: { subject: organization.principal.subject } },
  ]);
  expect(await listMembers(organization.principal, organization.id)).toMatchObject([{ isOwner: true }]);
  expect((await account.request('DELETE', path, { principal: organization.principal })).status).toBe(404);
});

test('nothing changes here when iam refuses', async () => {
  const organization = await createOrganization(account);
  const member = await addMember(organization);
  account.neighbours.onCall = async () => {
    throw new Error('refused');
  };
  const path = `/organizations/${organization.id}/members/${member.subject}`;
  expect((await account.request('DELETE', path, { principal: organization.principal })).status).toBe(500);
  expect(await listMembers(organization.principal, organization.id)).toHaveLength(2);
});

test('the owner neither leaves nor is removed, also by a late event, until another member is the owner', async () => {
  const organization = await createOrganization(account);
  const { principal, id, tenantId } = organization;
  const member = await addMember(organization);
  const leave = () => account.request('POST', `/organizations/${id}/leave`, { principal });
  expect(await leave()).toMatchObject({ status: 409, body: { code: 'organization.owner_stays' } });
  const administrator = { ...principal, subject: member.subject };
  const removal = await account.request('DELETE', `/organizations/${id}/members/${principal.subject}`, {
    principal: administrator,
  });
  expect(removal).toMatchObject({ status: 409, body: { code: 'organization.owner_stays' } });
  await account.deliver('member.left', { tenantId, userId: principal.subject });
  expect(await listMembers(principal, id)).toHaveLength(2);
  const transfer = (caller: Principal, userId: string) =>
    account.request('POST', `/organizations/${id}/transfer`, { principal: caller, body: { userId } });
  expect(await transfer(administrator, member.subject)).toMatchObject({
    status: 403,
    body: { code: 'organization.not_owner' },
  });
  expect((await transfer(principal, newId())).status).toBe(404);
  expect((await transfer(principal, member.subject)).status).toBe(204);
  expect(account.neighbours.grants.get(tenantId)).toEqual({ userId: member.subject, role: 'org_admin' });
  expect((await leave()).status).toBe(204);
  expect(await contractOf(account).findMembership({ tenantId, userId: member.subject })).toMatchObject({
    isOwner: true,
  });
});

test('two transfers at once leave one owner', async () => {
  const organization = await createOrganization(account);
  const members = [await addMember(organization), await addMember(organization)];
  const answers = await Promise.all(
    members.map((member) =>
      account.request('POST', `/organizations/${organization.id}/transfer`, {
        principal: organization.principal,
        body: { userId: member.subject },
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 403]);
  const owners = (await listMembers(organization.principal, organization.id)).filter(({ isOwner }) => isOwner);
  expect(owners).toHaveLength(1);
});

test('attack: members and keys manage nobody, and the people of another tenant are out of reach', async () => {
  const [own, foreign] = [await createOrganization(account), await createOrganization(account)];
  const victim = await addMember(foreign);
  const member = await addMember(own);
  const path = `/organizations/${own.id}/members/${own.principal.subject}`;
  expect((await account.request('DELETE', path, { principal: member })).status).toBe(403);
  for (const [method, target, body] of [
    ['DELETE', `/organizations/${foreign.id}/members/${victim.subject}`, undefined],
    ['POST', `/organizations/${foreign.id}/leave`, undefined],
    ['POST', `/organizations/${foreign.id}/transfer`, { userId: victim.subject }],
  ] as const)
    expect((await account.request(method, target, { principal: own.principal, body })).status).toBe(404);
  expect(
    (await account.request('GET', `/organizations/${foreign.id}/members`, { principal: own.principal })).status,
  ).toBe(404);
  const key: Principal = { ...own.principal, kind: 'api-key', roles: [], scopes: ['organization:write'] };
  for (const action of ['leave', 'transfer'])
    expect(
      await account.request('POST', `/organizations/${own.id}/${action}`, {
        principal: key,
        body: action === 'transfer' ? { userId: member.subject } : undefined,
      }),
    ).toMatchObject({ status: 403, body: { code: 'caller.not_a_user' } });
  expect(account.neighbours.removals).toEqual([]);
  expect(await listMembers(foreign.principal, foreign.id)).toHaveLength(2);
});
