import type { Principal } from '@plinth/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAuthorizationWorld, type AuthorizationWorld } from '../../test/authorization-world.ts';

// The Search scenario of the AuthZEN working group: its users, its records, and which records it expects for each user
// and action.
const users: Record<string, { role: string; department: string }> = {
  alice: { role: 'manager', department: 'Sales' },
  bob: { role: 'employee', department: 'Legal' },
  carol: { role: 'contractor', department: 'Legal' },
  dan: { role: 'manager', department: 'Finance' },
  erin: { role: 'employee', department: 'Finance' },
  felix: { role: 'contractor', department: 'Accounting' },
};
const owners = ['alice', 'bob', 'carol', 'dan', 'erin', 'felix', 'alice', 'bob', 'carol', 'dan', 'erin', 'felix'];
owners.push('alice', 'bob', 'carol', 'dan', 'erin', 'felix', 'alice', 'bob');
const [L, A, S, F] = ['Legal', 'Accounting', 'Sales', 'Finance'];
const departments = [L, L, L, A, L, A, S, L, A, S, A, L, S, A, F, L, L, A, L, A];
const all = Array.from({ length: 20 }, (_, index) => 101 + index);
const expected: Record<string, Record<string, number[]>> = {
  alice: { view: all, edit: [101, 107, 110, 113, 119], delete: [101, 107, 113, 119] },
  bob: {
    view: [101, 102, 103, 105, 108, 112, 114, 116, 117, 119, 120],
    edit: [102, 108, 114, 120],
    delete: [102, 108, 114, 120],
  },
  carol: {
    view: [101, 102, 103, 105, 108, 109, 112, 115, 116, 117, 119],
    edit: [103, 109, 115],
    delete: [103, 109, 115],
  },
  dan: { view: all, edit: [104, 110, 115, 116], delete: [104, 110, 116] },
  erin: { view: [105, 111, 115, 117], edit: [105, 111, 117], delete: [105, 111, 117] },
  felix: { view: [104, 106, 109, 111, 112, 114, 118, 120], edit: [106, 112, 118], delete: [106, 112, 118] },
};
const actions = ['view', 'edit', 'delete'];

let world: AuthorizationWorld;
let caller: Principal;
beforeAll(async () => {
  world = await startAuthorizationWorld();
  const owner = await world.createOwner();
  caller = owner.principal;
  for (const action of actions) await world.post(caller, '/permissions', { name: `record:${action}` });
  const when = (permission: string, attribute: string, otherAttribute: string) => ({
    permission,
    conditions: [{ attribute, operator: 'equals', otherAttribute }],
  });
  await world.createRole(
    owner,
    'user',
    [],
    [
      when('record:view', 'resource.owner', 'subject.name'),
      when('record:view', 'resource.department', 'subject.department'),
      when('record:edit', 'resource.owner', 'subject.name'),
      when('record:delete', 'resource.owner', 'subject.name'),
    ],
  );
  await world.createRole(
    owner,
    'manager',
    ['record:view'],
    [when('record:edit', 'resource.department', 'subject.department')],
  );
  const put = (path: string, body: object) =>
    world.iam.request('PUT', `/access/entities/${path}`, { principal: caller, body });
  for (const [name, { role, department }] of Object.entries(users)) {
    const { userId } = await world.addMember(owner, 'user');
    if (role === 'manager') await world.post(caller, '/roles/assignments', { userId, role });
    await put(`user/${name}`, { userId, properties: { name, department } });
  }
  for (const [index, id] of all.entries())
    await put(`record/${id}`, { properties: { owner: owners[index]!, department: departments[index]! } });
});
afterAll(() => world.iam.stop());

const search = async (element: string, body: object) => {
  const answer = await world.post(caller, `/access/v1/search/${element}`, body);
  expect(answer.status).toBe(200);
  return answer.body.results;
};
const mayDo = (name: string, action: string, id: number) => expected[name]![action]!.includes(id);

test.each(Object.keys(users))(
  'the Search scenario of AuthZEN: the records that %s may view, edit and delete',
  async (id) => {
    for (const action of actions) {
      const found = await search('resource', {
        subject: { type: 'user', id },
        action: { name: action },
        resource: { type: 'record' },
      });
      expect(found, action).toEqual(expected[id]![action]!.map((record) => ({ type: 'record', id: String(record) })));
    }
  },
);

test.each(all)(
  'the Search scenario of AuthZEN: who may view, edit and delete record %s, and what each may do',
  async (id) => {
    const resource = { type: 'record', id: String(id) };
    for (const action of actions) {
      const found = await search('subject', { subject: { type: 'user' }, action: { name: action }, resource });
      const names = Object.keys(users).filter((name) => mayDo(name, action, id));
      expect(found.map((subject: { id: string }) => subject.id).toSorted(), action).toEqual(names);
    }
    for (const name of Object.keys(users)) {
      const found = await search('action', { subject: { type: 'user', id: name }, resource });
      const names = actions.filter((action) => mayDo(name, action, id));
      expect(found.map((action: { name: string }) => action.name).toSorted(), name).toEqual(names.toSorted());
    }
  },
);
