import { afterAll, beforeAll, expect, test } from 'vitest';
import { listBare, listDifferences, listExamples, sendExample, type ExampleDocument } from './openapi-examples.ts';
import { scenario, withoutExample, type ScenarioStep } from './openapi-scenario.ts';
import { OpenApiWorld } from './openapi-world.ts';

const services = ['account', 'metering', 'product', 'subscription', 'tenant'];

let world: OpenApiWorld;
let document: ExampleDocument;

beforeAll(async () => {
  world = await OpenApiWorld.start();
  document = (await (await fetch(`${world.url}/openapi.json`)).json()) as ExampleDocument;
}, 120_000);

afterAll(() => world?.stop());

test('every example of the OpenAPI document runs as written, and is answered as it says', async () => {
  const examples = listExamples(document);
  const faults: string[] = [];
  const run = async ({ run: name, as = 'owner', before, headers, status, learn }: ScenarioStep): Promise<void> => {
    const example = examples.get(name);
    if (example === undefined) throw new Error(`the document has no example ${name}`);
    await before?.(world);
    const answer = await sendExample(example, world.caller(as), world.ids, headers);
    if (answer.status !== (status ?? example.status))
      throw new Error(
        `${name} is answered with ${answer.status}: ${JSON.stringify(answer.body)}\n${faults.join('\n')}`,
      );
    if (example.response !== undefined)
      faults.push(
        ...listDifferences(example.response, answer.body, world.ids).map((difference) => `${name} ${difference}`),
      );
    if (learn !== undefined) world.ids.set(...learn(answer.body));
  };
  for (const step of scenario) await run(step);
  expect(faults).toEqual([]);
}, 240_000);

test('no example is left out of the scenario', () => {
  const ran = new Set(scenario.map(({ run }) => run));
  expect([...listExamples(document).keys()].filter((name) => !ran.has(name))).toEqual([]);
});

test('every operation of accounts and billing that takes a body or must be asked something has an example', () => {
  expect(listBare(document, services)).toEqual(Object.keys(withoutExample).toSorted());
});
