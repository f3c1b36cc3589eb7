import { expect, test } from 'vitest';
import { buildCallRequest, type CallInput } from './call-request.ts';
import { listOperations, openApiSchema, type Operation } from './operation-list.ts';

const document = openApiSchema.parse({
  paths: {
    '/api/v1/plans/{planId}': {
      get: { operationId: 'getPlan', summary: 'Get a plan', parameters: [{ name: 'planId', in: 'path' }] },
      patch: {
        operationId: 'updatePlan',
        parameters: [
          { name: 'planId', in: 'path' },
          { name: 'If-Match', in: 'header' },
        ],
        requestBody: { content: { 'application/merge-patch+json': {}, 'application/json': {} } },
      },
    },
    '/api/v1/plans': {
      get: { operationId: 'listPlans', parameters: [{ name: 'limit', in: 'query' }] },
      post: {
        operationId: 'createPlan',
        parameters: [{ name: 'Idempotency-Key', in: 'header' }],
        requestBody: { content: { 'application/json': {} } },
      },
    },
  },
});
const operations = new Map(listOperations(document).map((operation) => [operation.id, operation]));

function build(id: string, changes: Partial<CallInput> = {}) {
  const operation = operations.get(id) as Operation;
  return buildCallRequest(operation, {
    fields: [],
    body: undefined,
    ifMatch: undefined,
    idempotencyKey: 'once',
    ...changes,
  });
}

test('puts each field where the operation has it', () => {
  expect(build('getPlan', { fields: ['planId=a/b'] })).toEqual({
    method: 'GET',
    path: '/api/v1/plans/a%2Fb',
    headers: {},
    body: undefined,
  });
  expect(build('listPlans', { fields: ['limit=5'] }).path).toBe('/api/v1/plans?limit=5');
  expect(build('updatePlan', { fields: ['planId=1', 'name=a=b', 'archived:=true'], ifMatch: '3' })).toEqual({
    method: 'PATCH',
    path: '/api/v1/plans/1',
    headers: { 'content-type': 'application/json', 'if-match': '"3"' },
    body: '{"name":"a=b","archived":true}',
  });
});

test('adds fields to the body of a file, and a key where the work is done once', () => {
  const request = build('createPlan', { body: { name: 'old', key: 'basic' }, fields: ['name=new'] });
  expect(request.body).toBe('{"name":"new","key":"basic"}');
  expect(request.headers).toEqual({ 'content-type': 'application/json', 'idempotency-key': 'once' });
});

test.each([
  ['getPlan', [], 'planId is missing'],
  ['getPlan', ['planId=1', 'limit=5'], 'takes no "limit"'],
  ['listPlans', ['limit'], '"limit" is not a field'],
  ['updatePlan', ['planId=1', 'archived:=yes'], 'not JSON'],
])('refuses for %s the fields %j', (id, fields, message) => {
  expect(() => build(id, { fields })).toThrow(message);
});
