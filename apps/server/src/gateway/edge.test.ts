import { Metrics } from '@plinth/common';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { addEdge } from './edge.ts';
import { RouteTable } from './route-table.ts';

test('a service behind a gateway tells the client all limits that were counted, and nothing that is no limit', async () => {
  const app = fastify();
  addEdge(app, {
    routes: new RouteTable([]),
    admission: {} as never,
    counts: false,
    isAllowedOrigin: () => false,
    https: false,
    signIn: undefined,
    metrics: new Metrics(),
  });
  app.get('/page', async () => 'ok');
  const repeat = async (ratelimit: string) =>
    (await app.inject({ url: '/page', headers: { ratelimit } })).headers['ratelimit'];
  for (const counted of [
    '"metering";r=1;t=60',
    '"metering";r=1;t=60, "plan";r=5;t=60, "api_call";r=0;t=43200',
    '"metering";r=1;t=60, "api_call";r=0',
  ])
    expect(await repeat(counted)).toBe(counted);
  for (const invented of ['anything', '"a";r=1;t=60, x', `${'"a";r=1, '.repeat(9)}"a";r=1`])
    expect(await repeat(invented)).toBeUndefined();
  await app.close();
});
