import type { Principal } from '@plinth/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAuthorizationWorld, type AuthorizationWorld } from '../../test/authorization-world.ts';

// The Todo scenario of the AuthZEN working group (interop of Authorization API 1.0): its users with their identifiers at
// the identity provider, its roles, and what it expects of each.
const people = {
  rick: { pid: 'CiRmZDA2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs', roles: ['admin', 'evil_genius'] },
  morty: { pid: 'CiRmZDE2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs', roles: ['editor'] },
  summer: { pid: 'CiRmZDI2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs', roles: ['editor'] },
  beth: { pid: 'CiRmZDM2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs', roles: ['viewer'] },
  jerry: { pid: 'CiRmZDQ2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs', roles: ['viewer'] },
} as const;
type Person = keyof typeof people;
const names = Object.keys(people) as Person[];
const emails: Record<Person, string> = {
  rick: 'rick@the-citadel.com',
  morty: 'morty@the-citadel.com',
  summer: 'summer@the-smiths.com',
  beth: 'beth@the-smiths.com',
  jerry: 'jerry@the-smiths.com',
};

const viewing = ['user:can_read_user', 'todo:can_read_todos'];
const own = { attribute: 'resource.ownerID', operator: 'equals', otherAttribute: 'subject.ownerID' };
const ownTodos = ['todo:can_update_todo', 'todo:can_delete_todo'].map((permission) => ({
  permission,
  conditions: [own],
}));
const editing = [...viewing, 'todo:can_create_todo'];
const roles: Record<string, { permissions: string[]; conditional: object[] }> = {
  viewer: { permissions: viewing, conditional: [] },
  editor: { permissions: editing, conditional: ownTodos },
  admin: { permissions: [...editing, 'todo:can_delete_todo'], conditional: [ownTodos[0]!] },
  evil_genius: { permissions: [...editing, 'todo:can_update_todo'], conditional: [ownTodos[1]!] },
};

let world: AuthorizationWorld;
let caller: Principal;
beforeAll(async () => {
  world = await startAuthorizationWorld();
  const owner = await world.createOwner();
  caller = owner.principal;
  for (const name of new Set([...viewing, ...editing, ...ownTodos.map(({ permission }) => permission)]))
    await world.post(caller, '/permissions', { name });
  for (const [name, { permissions, conditional }] of Object.entries(roles))
    await world.createRole(owner, name, permissions, conditional);
  for (const person of names) {
    const [first, ...further] = people[person].roles;
    const { userId } = await world.addMember(owner, first);
    for (const role of further) await world.post(caller, '/roles/assignments', { userId, role });
    const registered = await world.iam.request('PUT', `/access/entities/user/${people[person].pid}`, {
      principal: caller,
      body: { userId, properties: { ownerID: emails[person] } },
    });
    if (registered.status !== 200) throw new Error(JSON.stringify(registered.body));
  }
});
afterAll(() => world.iam.stop());

const evaluate = (body: object) => world.post(caller, '/access/v1/evaluation', body);
const subjectOf = (person: Person) => ({ type: 'user', id: people[person].pid });
const todoOf = (person: Person) => ({
  type: 'todo',
  id: '7240d0db-8ff0-41ec-98b2-34a096273b9f',
  properties: { ownerID: emails[person] },
});

describe.each(names)('the Todo scenario of AuthZEN, for %s', (person) => {
  const isEditor = person !== 'beth' && person !== 'jerry';

  test.each(names.flatMap((other) => [emails[other], people[other].pid]))('reads the user %s', async (id) => {
    const answer = await evaluate({
      subject: subjectOf(person),
      action: { name: 'can_read_user' },
      resource: { type: 'user', id },
      context: {},
    });
    expect(answer).toMatchObject({ status: 200, body: { decision: true } });
  });

  test.each([
    ['can_read_todos', true],
    ['can_create_todo', isEditor],
  ])('%s is decided with %s', async (name, expected) => {
    const answer = await evaluate({
      subject: subjectOf(person),
      action: { name },
      resource: { type: 'todo', id: 'todo-1' },
    });
    expect(answer).toMatchObject({ status: 200, body: { decision: expected } });
  });

  test.each(names)(
    'updates and deletes a todo of %s only when it is theirs, or when their role reaches others',
    async (owner) => {
      for (const name of ['can_update_todo', 'can_delete_todo']) {
        const answer = await evaluate({ subject: subjectOf(person), action: { name }, resource: todoOf(owner) });
        expect(answer.body.decision, name).toBe(person === 'rick' || (isEditor && person === owner));
      }
    },
  );
});

test('the boxcarred request of the Todo scenario is answered in order', async () => {
  const answer = await world.post(caller, '/access/v1/evaluations', {
    subject: subjectOf('morty'),
    action: { name: 'can_update_todo' },
    resource: {},
    context: {},
    evaluations: [{ resource: todoOf('rick') }, { resource: todoOf('morty') }],
  });
  expect(answer.status).toBe(200);
  expect(answer.body.evaluations.map(({ decision }: { decision: boolean }) => decision)).toEqual([false, true]);
});
