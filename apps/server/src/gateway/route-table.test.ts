import { defineService, standardHealth, type RouteDefinition } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { RouteTable } from './route-table.ts';

const service = (name: string, routes: readonly RouteDefinition[], pages: readonly `/${string}`[] = []) =>
  defineService({
    name,
    title: name,
    description: name,
    port: 3000,
    rateLimit: 100,
    routes,
    pages,
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
  service('iam', [{ path: '/sign-in-policy' }], ['/sign-in', '/device']),
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

test.each(['/sign-in', '/sign-in?lang=de', '/sign-in/assets/page.css', '/device?user_code=A'])(
  '%s is a public page with a limit and small forms',
  (path) => {
    expect(table.find(path)).toMatchObject({ service: 'iam', public: true, rateLimit: 100, bodyLimit: 65_536 });
  },
);

test.each(['/sign-in-policy', '/api/v1/sign-in', '/devices', '/'])('%s is no page', (path) => {
  expect(table.find(path)).toBeUndefined();
});

test('two services cannot claim one page, but a page and a route may have one name', () => {
  expect(() => new RouteTable([service('one', [], ['/device']), service('two', [], ['/device'])])).toThrow(
    'Both one and two',
  );
  const both = new RouteTable([service('one', [{ path: '/device' }], ['/device'])]);
  expect([both.find('/device')?.public, both.find('/api/v1/device')?.public]).toEqual([true, undefined]);
});

test('two services cannot claim one route', () => {
  expect(() => new RouteTable([service('one', [{ path: '/plans' }]), service('two', [{ path: '/plans' }])])).toThrow(
    'Both one and two',
  );
});
