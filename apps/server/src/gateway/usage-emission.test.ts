import { defineService, standardHealth, type RouteUsage } from '@plinth/contracts';
import { createLogger, sendProblem, UsageNotRecordedError, type EmittedUsage } from '@plinth/common';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { RouteTable } from './route-table.ts';
import { addUsageEmission } from './usage-emission.ts';

const log = createLogger({ level: 'silent' });
let app: FastifyInstance;
afterEach(() => app.close());

function table(usage: RouteUsage, isPublic = false): RouteTable {
  return new RouteTable([
    defineService({
      name: 'reports',
      title: 'Reports',
      description: '',
      port: 3000,
      rateLimit: 2,
      routes: [{ path: '/reports', usage, ...(isPublic ? { public: true } : {}) }, { path: '/free' }],
      variablePrefix: 'X_',
      variables: [],
      database: { schema: 'reports', role: 'reports' },
      events: { publishes: [], consumes: {} },
      calls: [],
      health: standardHealth,
      resources: { cpu: '1', memory: '1' },
    }),
  ]);
}

/** A server whose route answers with the status in the query; admission has let everything below `/reports` pass. */
function build(usage: RouteUsage, emit: (emitted: EmittedUsage) => Promise<void>) {
  const given = { back: 0 };
  app = fastify();
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log));
  app.decorateRequest('gatewayService', 'reports');
  addUsageEmission(app, { routes: table(usage), emitter: { emit } });
  app.addHook('onRequest', async (request) => {
    if (request.url.includes('/reports'))
      request.takenUsage = {
        payer: { tenantId: 'seller', accountId: 'account' },
        usage,
        giveBack: () => void (given.back += 1),
      };
  });
  for (const path of ['/api/v1/reports/:id', '/api/v1/free'])
    app.get<{ Querystring: { status?: string } }>(path, async ({ query }, reply) => {
      if (query.status === 'throws') throw new Error('broken');
      return reply.status(Number(query.status ?? 200)).send({ ok: true });
    });
  return given;
}

test('what is answered below 500 is usage of the payer, before the answer is sent', async () => {
  const emitted: EmittedUsage[] = [];
  const given = build({ unit: 'api_call', quantity: '2.5' }, async (usage) => void emitted.push(usage));
  const { headers } = await app.inject('/api/v1/reports/7?status=404');
  expect(headers['content-type']).toContain('json');
  expect(emitted).toEqual([
    {
      tenantId: 'seller',
      account: 'account',
      unit: 'api_call',
      quantity: '2.5',
      metadata: {
        servedBy: 'reports',
        endpoint: 'GET /api/v1/reports/:id',
        status: 404,
        requestId: expect.any(String) as string,
      },
    },
  ]);
  for (const failing of ['503', 'throws']) await app.inject(`/api/v1/reports/7?status=${failing}`);
  await app.inject('/api/v1/free');
  await app.inject('/api/v1/reports/7/nothing-here');
  expect([emitted.length, given.back]).toEqual([1, 2]);
});

test('a service that emits its usage itself is not counted twice', async () => {
  const emitted: EmittedUsage[] = [];
  build({ unit: 'api_call', emittedBy: 'service' }, async (usage) => void emitted.push(usage));
  expect((await app.inject('/api/v1/reports/7')).statusCode).toBe(200);
  expect(emitted).toEqual([]);
});

test('an answer whose usage nothing can take is not given as done', async () => {
  let attempts = 0;
  build({ unit: 'api_call' }, async () => {
    attempts += 1;
    throw new UsageNotRecordedError();
  });
  const answer = await app.inject('/api/v1/reports/7');
  expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([
    503,
    'usage.not_recorded',
    '5',
  ]);
  expect(attempts).toBe(1);
});

test('a route is sold to somebody, in a unit that can be metered, and not for nothing', async () => {
  app = fastify();
  for (const usage of [
    { unit: 'API calls' },
    { unit: 'api_call', quantity: '0.0' },
    { unit: 'api_call', quantity: '-1' },
  ])
    expect(() => table(usage)).toThrow(expect.objectContaining({ code: 'server.route_usage_invalid' }));
  expect(() => table({ unit: 'api_call' }, true)).toThrow('the route is public');
});
