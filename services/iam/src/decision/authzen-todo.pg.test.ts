import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { names, people, startTodoScenario, type Person, type TodoScenario } from '../../test/todo-scenario.ts';

// What the Todo scenario of the AuthZEN working group expects of each of its users.
let scenario: TodoScenario;
beforeAll(async () => {
  scenario = await startTodoScenario();
});
afterAll(() => scenario.world.iam.stop());

const evaluate = (body: object) => scenario.world.post(scenario.caller, '/access/v1/evaluation', body);
const subjectOf = (person: Person) => ({ type: 'user', id: people[person].pid });
const todoOf = (person: Person) => ({
  type: 'todo',
  id: '7240d0db-8ff0-41ec-98b2-34a096273b9f',
  properties: { ownerID: people[person].email },
});

describe.each(names)('the Todo scenario of AuthZEN, for %s', (person) => {
  const isEditor = person !== 'beth' && person !== 'jerry';

  test.each(names.flatMap((other) => [people[other].email, people[other].pid]))('reads the user %s', async (id) => {
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
  const answer = await scenario.world.post(scenario.caller, '/access/v1/evaluations', {
    subject: subjectOf('morty'),
    action: { name: 'can_update_todo' },
    resource: {},
    context: {},
    evaluations: [{ resource: todoOf('rick') }, { resource: todoOf('morty') }],
  });
  expect(answer.status).toBe(200);
  expect(answer.body.evaluations.map(({ decision }: { decision: boolean }) => decision)).toEqual([false, true]);
});
