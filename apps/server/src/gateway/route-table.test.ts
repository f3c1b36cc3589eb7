import { defineService, standardHealth, type RouteDefinition } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { RouteTable } from './route-table.ts';

const service = (name: string, routes: readonly RouteDefinition[]) =>
  defineService({
    name,
    title: name,
    description: name,
    port: 3000,
    rateLimit: 100,
    routes,
    variablePrefix: 'X_',
    variables: [],
    database: { schema: name, role: name },
    events: { publishes: [], consumes: {} },
    calls: [],
    health: standardHealth,
    resources: { cpu: '1', memory: '1' },
  });

const table = new RouteTable([
  service('metering', [{ path: '/usage' }, { path: '/usage/events', rateLimit: 9 }]),
  service('product', [{ path: '/plans' }]),
]);

test.each([
  ['/api/v1/usage', 'metering', 100],
  ['/api/v1/usage?meter=calls', 'metering', 100],
  ['/api/v1/usage/events', 'metering', 9],
  ['/api/v1/usage/events/', 'metering', 9],
  ['/api/v1/usage/eventsource', 'metering', 100],
  ['/api/v1/plans/1/versions', 'product', 100],
])('%s goes to %s with limit %i', (path, name, limit) => {
  expect(table.find(path)).toMatchObject({ service: name, rateLimit: limit });
});

test.each(['/api/v1/plansx', '/api/v2/plans', '/plans', '/api/v1/', '/api/v1'])('%s is no route', (path) => {
  expect(table.find(path)).toBeUndefined();
});

test('two services cannot claim one route', () => {
  expect(() => new RouteTable([service('one', [{ path: '/plans' }]), service('two', [{ path: '/plans' }])])).toThrow(
    'Both one and two',
  );
});
