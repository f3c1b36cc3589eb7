import { expect, test } from 'vitest';
import { z } from 'zod';
import { renderOpenApi } from './openapi.ts';
import { defineOperation } from './operation.ts';

const manifest = { name: 'shop', description: 'Sells', routes: [], rateLimit: 60 };
const rename = defineOperation({
  id: 'rename',
  method: 'PATCH',
  path: '/things/:thingId',
  summary: 'Rename a thing',
  permission: 'authenticated',
  params: z.strictObject({ thingId: z.string() }),
  query: z.strictObject({ quietly: z.string().optional(), loudly: z.string().optional() }),
  body: z.strictObject({ name: z.string() }),
  response: z.object({ name: z.string() }),
  examples: {
    short: {
      summary: 'A short name',
      params: { thingId: '1' },
      query: { quietly: 'yes' },
      body: { name: 'A' },
      response: { name: 'A' },
    },
    long: { summary: 'A long name', body: { name: 'Anna' }, contentType: 'application/json' },
  },
});

interface Rendered {
  readonly paths: Record<string, Record<string, { parameters: object[]; requestBody: object; responses: object }>>;
}

test('examples stand in the document by their names: at parameters, the body of their content type and the answer', () => {
  const services = [{ manifest: manifest as never, operations: [rename] }];
  const document = renderOpenApi(services, 'http://localhost', '1') as unknown as Rendered;
  const { parameters, requestBody, responses } = document.paths['/api/v1/things/{thingId}']!['patch']!;
  const short = (value: unknown) => ({ short: { summary: 'A short name', value } });
  expect(parameters).toMatchObject([
    { name: 'thingId', examples: short('1') },
    { name: 'quietly', examples: short('yes') },
    { name: 'loudly' },
  ]);
  expect(parameters[2]).not.toHaveProperty('examples');
  expect(requestBody).toMatchObject({
    content: {
      'application/merge-patch+json': { examples: short({ name: 'A' }) },
      'application/json': { examples: { long: { summary: 'A long name', value: { name: 'Anna' } } } },
    },
  });
  expect(responses).toMatchObject({ 200: { content: { 'application/json': { examples: short({ name: 'A' }) } } } });
});

test('members that an operation adds to its problems stand beside the common ones', () => {
  const guarded = defineOperation({
    ...rename,
    problems: { 403: z.object({ requestId: z.string().optional() }) },
  });
  const services = [{ manifest: manifest as never, operations: [guarded] }];
  const document = renderOpenApi(services, 'http://localhost', '1') as unknown as Rendered;
  const { responses } = document.paths['/api/v1/things/{thingId}']!['patch']!;
  const problem = { $ref: '#/components/schemas/Problem' };
  expect(responses).toMatchObject({
    403: {
      content: {
        'application/problem+json': { schema: { allOf: [problem, { properties: { requestId: { type: 'string' } } }] } },
      },
    },
    404: { content: { 'application/problem+json': { schema: problem } } },
  });
});
