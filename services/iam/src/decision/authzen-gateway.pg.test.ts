import { afterAll, beforeAll, expect, test } from 'vitest';
import { names, people, startTodoScenario, type Person, type TodoScenario } from '../../test/todo-scenario.ts';

// The API Gateway scenario of the AuthZEN working group: gateways in front of the Todo application ask whether a method
// of a route is allowed, and these are the decisions that the working group published.
const everybody = names;
const editors: Person[] = ['rick', 'morty', 'summer'];
const expected: [method: string, route: string, allowed: Person[]][] = [
  ['GET', '/users/{userId}', everybody],
  ['GET', '/todos', everybody],
  ['POST', '/todos', editors],
  ['PUT', '/todos/{todoId}', editors],
  ['DELETE', '/todos/{todoId}', editors],
];
const decisions = expected.flatMap(([method, route, allowed]) =>
  names.map((person) => ({ person, method, route, decision: allowed.includes(person) })),
);

let scenario: TodoScenario;
beforeAll(async () => {
  scenario = await startTodoScenario();
});
afterAll(() => scenario.world.iam.stop());

const ask = (path: string, body: object) => scenario.world.post(scenario.caller, `/access/v1/${path}`, body);
const identityOf = (person: Person) => ({ type: 'identity', id: people[person].pid });
const requestOf = (person: Person, method: string, route: string, properties?: object) => ({
  subject: identityOf(person),
  action: { name: method },
  resource: { type: 'route', id: route, ...(properties && { properties }) },
});

test.each(decisions)(
  'the API Gateway scenario of AuthZEN: $method $route for $person is decided with $decision',
  async ({ person, method, route, decision }) => {
    const plain = requestOf(person, method, route);
    for (const question of [plain, { ...plain, context: {} }])
      expect(await ask('evaluation', question)).toMatchObject({ status: 200, body: { decision } });
  },
);

test('the API Gateway scenario of AuthZEN is decided the same whatever a gateway says of the HTTP request', async () => {
  const properties = {
    uri: 'https://todo.example.com/todos/7',
    schema: 'https',
    hostname: 'todo.example.com',
    path: '/todos/7',
    params: { todoId: '7' },
    ip: '203.0.113.7',
  };
  const { body } = await ask('evaluations', {
    evaluations: decisions.map(({ person, method, route }) => requestOf(person, method, route, properties)),
  });
  expect(body.evaluations.map(({ decision }: { decision: boolean }) => decision)).toEqual(
    decisions.map(({ decision }) => decision),
  );
});

test('a route that no role names, and a property that pretends to be the id of one, are denied', async () => {
  for (const [method, route] of [
    ['DELETE', '/todos'],
    ['GET', '/admin'],
    ['PATCH', '/todos/{todoId}'],
  ] as const) {
    const answer = await ask('evaluation', requestOf('rick', method, route, { id: '/todos/{todoId}' }));
    expect(answer.body, `${method} ${route}`).toMatchObject({ decision: false });
  }
  const answer = await ask('evaluation', requestOf('beth', 'GET', '/admin', { id: '/todos' }));
  expect(answer.body.context.reason).toBe('permission_missing');
});

test('what the gateway lets through is still decided by the application, for the todo in question', async () => {
  const update = (ownerID: string) => ({
    subject: { type: 'user', id: people.morty.pid },
    action: { name: 'can_update_todo' },
    resource: { type: 'todo', id: '7', properties: { ownerID } },
  });
  const passed = await ask('evaluation', requestOf('morty', 'PUT', '/todos/{todoId}'));
  expect(passed.body.decision).toBe(true);
  expect((await ask('evaluation', update(people.rick.email))).body.decision).toBe(false);
  expect((await ask('evaluation', update(people.morty.email))).body.decision).toBe(true);
});

test("a subject of an application's own type is a user by a registered name alone", async () => {
  const { email, userId } = scenario.owner.user;
  for (const id of [email, userId, 'somebody']) {
    const question = { ...requestOf('rick', 'GET', '/todos'), subject: { type: 'identity', id } };
    expect((await ask('evaluation', question)).body.context.reason, id).toBe('subject_unknown');
  }
});

test('a search for subjects of an own type finds the registered names of those who may', async () => {
  await scenario.world.iam.request('PUT', '/access/entities/identity/nobody', { principal: scenario.caller, body: {} });
  const { body } = await ask('search/subject', {
    subject: { type: 'identity' },
    action: { name: 'PUT' },
    resource: { type: 'route', id: '/todos/{todoId}' },
  });
  expect(body.results).toEqual(editors.map(identityOf));
});

test.each(['service-account', 'api-key', 'organization', 'division'])(
  'refuses a name of the type %s for a user, because the platform knows those itself',
  async (type) => {
    const answer = await scenario.world.iam.request('PUT', `/access/entities/${type}/x`, {
      principal: scenario.caller,
      body: { userId: scenario.owner.user.userId },
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: '/userId' }] } });
  },
);
