import type { Principal } from '@plinth/contracts';
import { startAuthorizationWorld, type AuthorizationWorld, type Owner } from './authorization-world.ts';

/**
 * The people of the Todo scenario of the AuthZEN working group (interop of Authorization API 1.0), with their
 * identifiers at the identity provider and their roles. Its API Gateway scenario is about the same people.
 */
export const people = {
  rick: {
    pid: 'CiRmZDA2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    email: 'rick@the-citadel.com',
    roles: ['admin', 'evil_genius'],
  },
  morty: {
    pid: 'CiRmZDE2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    email: 'morty@the-citadel.com',
    roles: ['editor'],
  },
  summer: {
    pid: 'CiRmZDI2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    email: 'summer@the-smiths.com',
    roles: ['editor'],
  },
  beth: {
    pid: 'CiRmZDM2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    email: 'beth@the-smiths.com',
    roles: ['viewer'],
  },
  jerry: {
    pid: 'CiRmZDQ2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs',
    email: 'jerry@the-smiths.com',
    roles: ['viewer'],
  },
} as const;
export type Person = keyof typeof people;
export const names = Object.keys(people) as Person[];

const viewing = ['user:can_read_user', 'todo:can_read_todos'];
const editing = [...viewing, 'todo:can_create_todo'];
const own = { attribute: 'resource.ownerID', operator: 'equals', otherAttribute: 'subject.ownerID' };
const [updateOwn, deleteOwn] = ['todo:can_update_todo', 'todo:can_delete_todo'].map((permission) => ({
  permission,
  conditions: [own],
})) as [Rule, Rule];

const route = (method: string, path: string): Rule => ({
  permission: `route:${method}`,
  conditions: [{ attribute: 'resource.id', operator: 'equals', value: path }],
});
const readRoutes = [route('GET', '/users/{userId}'), route('GET', '/todos')];
const postRoute = route('POST', '/todos');
const putRoute = route('PUT', '/todos/{todoId}');
const deleteRoute = route('DELETE', '/todos/{todoId}');

interface Rule {
  readonly permission: string;
  readonly conditions: object[];
}

/** What each role allows in the application, and which of its routes the gateway lets through for it. */
const roles: Record<string, { permissions: string[]; conditional: Rule[] }> = {
  viewer: { permissions: viewing, conditional: readRoutes },
  editor: {
    permissions: editing,
    conditional: [updateOwn, deleteOwn, ...readRoutes, postRoute, putRoute, deleteRoute],
  },
  admin: {
    permissions: [...editing, 'todo:can_delete_todo'],
    conditional: [updateOwn, ...readRoutes, postRoute, deleteRoute],
  },
  evil_genius: {
    permissions: [...editing, 'todo:can_update_todo'],
    conditional: [deleteOwn, ...readRoutes, putRoute],
  },
};

export interface TodoScenario {
  readonly world: AuthorizationWorld;
  readonly owner: Owner;
  /** The enforcement point: whoever asks. */
  readonly caller: Principal;
}

/** A tenant with the roles of the scenario and its people, who are known as `user` and as `identity` by their pid. */
export async function startTodoScenario(): Promise<TodoScenario> {
  const world = await startAuthorizationWorld();
  const owner = await world.createOwner();
  const caller = owner.principal;
  const rules = Object.values(roles).flatMap(({ permissions, conditional }) => [
    ...permissions,
    ...conditional.map(({ permission }) => permission),
  ]);
  for (const name of new Set(rules)) await world.post(caller, '/permissions', { name });
  for (const [name, { permissions, conditional }] of Object.entries(roles))
    await world.createRole(owner, name, permissions, conditional);
  for (const { pid, email, roles: held } of Object.values(people)) {
    const [first, ...further] = held;
    const { userId } = await world.addMember(owner, first);
    for (const role of further) await world.post(caller, '/roles/assignments', { userId, role });
    for (const type of ['user', 'identity']) {
      const registered = await world.iam.request('PUT', `/access/entities/${type}/${pid}`, {
        principal: caller,
        body: { userId, properties: { ownerID: email } },
      });
      if (registered.status !== 200) throw new Error(JSON.stringify(registered.body));
    }
  }
  return { world, owner, caller };
}
