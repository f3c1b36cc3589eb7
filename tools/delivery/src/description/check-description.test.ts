import type { RouteUsage } from '@plinth/contracts';
import { expect, it } from 'vitest';
import { checkDescription } from './check-description.ts';
import { buildDescription, loyalty } from './description.builders.ts';
import {
  astro,
  component,
  image,
  nest,
  next,
  vite,
  type ComponentUse,
  type PlatformDescription,
} from './platform-description.ts';

const secret = { name: 'API_KEY', type: 'string', secret: true, doc: 'a key' } as const;
const production = (override: PlatformDescription['environments'][string]) => ({
  environments: { production: override },
});
const twoEnvironments = (override: PlatformDescription['environments'][string]) => ({
  environments: { development: { domain: 'localhost' }, production: override },
});
const sold = (usage: RouteUsage) => ({ ...loyalty, routes: [{ path: '/points', usage }] }) as const;
const shown = (name: string) => ({ name, type: 'string', doc: 'what a page shows' }) as const;
const use = (entry: string, settings: ComponentUse['settings'] = {}, name = entry) =>
  ({ entry, name, settings }) as ComponentUse;

it('finds nothing wrong with a valid description', () => {
  expect(checkDescription(buildDescription()).faults).toEqual([]);
});

it('lets a service sell a route of which it counts the answers itself', () => {
  const services = [sold({ unit: 'api_call', emittedBy: 'service' })];
  expect(checkDescription(buildDescription({ services })).faults).toEqual([]);
});

const cases: readonly [rule: string, path: string, changes: Partial<PlatformDescription>][] = [
  ['name-invalid', 'name', { name: 'My Shop' }],
  ['domain-invalid', 'domain', { domain: 'https://shop.example.com' }],
  ['environment-missing', 'environments', { environments: {} }],
  [
    'name-taken',
    'infrastructure.api',
    {
      infrastructure: [component('postgres'), component('redis', {}, 'api')],
      ...production({}),
      applications: [nest('api')],
    },
  ],
  [
    'host-taken',
    'applications.two.host',
    { applications: [next('one', { host: 'app' }), next('two', { host: 'app' })] },
  ],
  ['unknown-component', 'infrastructure.postgrse', { infrastructure: [component('postgres'), use('postgrse')] }],
  [
    'unknown-setting',
    'infrastructure.postgres.maxConnection',
    { infrastructure: [use('postgres', { maxConnection: 9 })] },
  ],
  [
    'setting-invalid',
    'infrastructure.postgres.maxConnections',
    { infrastructure: [use('postgres', { maxConnections: 'many' })] },
  ],
  [
    'component-not-on-target',
    'infrastructure.airbyte',
    { infrastructure: [component('postgres'), component('object-store'), component('airbyte')] },
  ],
  [
    'quantity-invalid',
    'applications.api.resources.limits.memory',
    { applications: [nest('api', { resources: { limits: { memory: '512MB' } } })] },
  ],
  ['unknown-workload', 'environments.production.replicas.wbe', production({ replicas: { wbe: 2 } })],
  ['unknown-workload', 'environments.production.without', production({ without: ['mailpit'] })],
  ['port-clash', 'applications.two.port', { applications: [nest('one', { port: 3100 }), nest('two', { port: 3100 })] }],
  ['port-invalid', 'applications.one.port', { applications: [nest('one', { port: 70_000 })] }],
  [
    'port-clash',
    'infrastructure.stalwart',
    { infrastructure: [component('postgres'), component('stalwart'), component('stalwart', {}, 'mail')] },
  ],
  [
    'unknown-variable',
    'environments.production.variables.loyalty.LOYALTY_FACTR',
    production({ variables: { loyalty: { LOYALTY_FACTR: '2' } } }),
  ],
  [
    'missing-variable',
    'applications.api.variables.REGION',
    { applications: [nest('api', { variables: [{ name: 'REGION', type: 'string', doc: 'where' }] })] },
  ],
  [
    'secret-without-source',
    'applications.api.variables.API_KEY',
    { applications: [nest('api', { variables: [secret] })] },
  ],
  [
    'bundled-variable',
    'environments.production.variables.web.NEXT_PUBLIC_API',
    {
      applications: [next('web', { variables: [{ ...shown('NEXT_PUBLIC_API'), default: '/api' }] })],
      ...twoEnvironments({ variables: { web: { NEXT_PUBLIC_API: 'https://data.shop.example.com' } } }),
    },
  ],
  [
    'bundled-variable',
    'applications.web.variables.VITE_API',
    {
      applications: [
        vite('web', { variables: [{ ...shown('VITE_API'), environments: { production: '/v2' }, default: '/' }] }),
      ],
    },
  ],
  [
    // One value, but of one environment.
    'bundled-variable',
    'applications.web.variables.PUBLIC_API',
    {
      applications: [astro('web', { variables: [{ ...shown('PUBLIC_API'), default: 'https://shop.example.com/v1' }] })],
    },
  ],
  [
    'secret-in-page',
    'applications.web.variables.API_KEY',
    { applications: [vite('web', { variables: [secret] })], secrets: { 'web.API_KEY': 'generated' } },
  ],
  ['unknown-secret', 'secrets.api.OTHER', { secrets: { 'api.OTHER': 'generated' } }],
  ['unknown-dependency', 'applications.web.dependsOn', { applications: [next('web', { dependsOn: ['backend'] })] }],
  ['unknown-dependency', 'services', { infrastructure: [], applications: [] }],
  [
    'requirement-unmet',
    'infrastructure.kafka-exporter',
    { infrastructure: [component('postgres'), component('kafka-exporter')] },
  ],
  [
    'dependency-cycle',
    'applications.one.dependsOn',
    { applications: [nest('one', { dependsOn: ['two'] }), nest('two', { dependsOn: ['one'] })] },
  ],
  [
    'missing-health',
    'applications.search.health',
    { applications: [image('search', { image: 'example/search:1.2.3' })] },
  ],
  [
    'missing-limits',
    'applications.api.resources',
    { applications: [nest('api', { resources: { limits: { cpu: '0' } } })] },
  ],
  [
    'requests-above-limits',
    'applications.api.resources',
    { applications: [nest('api', { resources: { requests: { memory: '4Gi' } } })] },
  ],
  [
    'connection-budget',
    'infrastructure.postgres.maxConnections',
    { infrastructure: [component('postgres', { maxConnections: 20 })] },
  ],
  [
    // Each of the replicas that an autoscaler may add opens a pool of its own.
    'connection-budget',
    'infrastructure.postgres.maxConnections',
    { targets: ['kustomize'], infrastructure: [component('postgres', { maxConnections: 60 })] },
  ],
  [
    'connection-budget',
    'infrastructure.pgbouncer.maxClients',
    {
      replicas: { api: 5, loyalty: 5 },
      infrastructure: [component('postgres'), component('pgbouncer', { maxClients: 50 })],
    },
  ],
  ['replicas-invalid', 'environments.production.replicas.postgres', production({ replicas: { postgres: 3 } })],
  ['unknown-dependency', 'applications.api.cache', { applications: [nest('api', { cache: true })] }],
  ['replicas-invalid', 'replicas.web', { replicas: { web: 0 } }],
  ['node-fit', 'node.memory', { node: { cpu: '16', memory: '1Gi' } }],
  [
    // Each of them would fit alone.
    'node-fit',
    'node.memory',
    {
      node: { cpu: '16', memory: '2Gi' },
      environments: {
        staging: { domain: 'staging.example.com', cluster: 'vm' },
        production: { cluster: 'vm' },
      },
    },
  ],
  [
    'cluster-clash',
    'environments.production.cluster',
    { environments: { staging: { cluster: 'vm' }, production: { cluster: 'vm' } } },
  ],
  [
    'cluster-clash',
    'environments.production.cluster',
    {
      cluster: { namespace: 'shop' },
      environments: { staging: { domain: 'staging.example.com', cluster: 'vm' }, production: { cluster: 'vm' } },
    },
  ],
  ['name-invalid', 'environments.production.cluster', production({ cluster: 'The VM' })],
  [
    'single-replica',
    'environments.production.replicas.postgres-ha-haproxy',
    { infrastructure: [component('postgres-ha')], ...production({ replicas: { 'postgres-ha-haproxy': 1 } }) },
  ],
  [
    'setting-invalid',
    'infrastructure.kafka.members',
    { infrastructure: [component('postgres'), component('kafka', { members: 2 })] },
  ],
  ['node-fit', 'environments.production.node.cpu', production({ node: { cpu: '500m', memory: '64Gi' } })],
  [
    'health-always-true',
    'applications.search.health.command',
    {
      applications: [
        image('search', {
          image: 'example/search:1.2.3',
          port: 7700,
          health: { command: ['sh', '-c', 'curl localhost || true'] },
        }),
      ],
    },
  ],
  ['usage-not-emitted', 'services.loyalty.routes./points.usage', { services: [sold({ unit: 'api_call' })] }],
  ['rate-limit-per-replica', 'environments.production.replicas.gateway', production({ replicas: { gateway: 2 } })],
  ['wildcard-redirect', 'identity.redirectUris.0', { identity: { redirectUris: ['https://app.example.com/*'] } }],
  ['redirect-invalid', 'identity.redirectUris.0', { identity: { redirectUris: ['app.example.com'] } }],
  ['wildcard-origin', 'corsOrigins.0', { corsOrigins: ['*'] }],
  ['wildcard-origin', 'environments.production.corsOrigins.0', production({ corsOrigins: ['https://*.example.com'] })],
  ['mutable-tag', 'version', { version: 'latest' }],
  [
    'mutable-tag',
    'applications.search.image',
    { applications: [image('search', { image: 'example/search', health: { command: ['search', 'health'] } })] },
  ],
  [
    'mutable-tag',
    'applications.search.image',
    { applications: [image('search', { image: 'example/search:18', health: { command: ['search', 'health'] } })] },
  ],
  [
    'host-taken',
    'infrastructure.harbor',
    {
      applications: [next('pages', { host: 'harbor' })],
      infrastructure: [component('postgres'), component('valkey'), component('object-store'), component('harbor')],
    },
  ],
  ['alert-unheard', 'infrastructure.prometheus', { infrastructure: [component('postgres'), component('prometheus')] }],
  [
    'plain-secret',
    'applications.api.variables.STRIPE_SECRET_KEY',
    { applications: [nest('api', { variables: [{ ...shown('STRIPE_SECRET_KEY'), default: 'sk_live_1' }] })] },
  ],
  [
    'plain-secret',
    'applications.api.variables.BROKER',
    {
      applications: [nest('api', { variables: [shown('BROKER')] })],
      ...production({ variables: { api: { BROKER: 'amqp://app:secret@broker:5672' } } }),
    },
  ],
  ['alert-unheard', 'notify.critical', { notify: { critical: [] } }],
  [
    'receiver-invalid',
    'environments.production.notify.warning.0.to',
    production({ notify: { warning: [{ kind: 'email', to: '@night' }] } }),
  ],
  [
    'receiver-invalid',
    'notify.critical.0.secret.name',
    { notify: { critical: [{ kind: 'webhook', secret: { name: 'https://hooks', provided: 'the screen' } }] } },
  ],
  [
    'receiver-unreachable',
    'notify.critical.0',
    {
      cluster: { airGapped: true },
      notify: { critical: [{ kind: 'pagerduty', secret: { name: 'key', provided: 'PagerDuty' } }] },
    },
  ],
  ['unknown-workload', 'objectives.search', { objectives: { search: { availability: 0.99 } } }],
  ['objective-invalid', 'objectives.loyalty.availability', { objectives: { loyalty: { availability: 99.9 } } }],
  ['objective-invalid', 'objectives.loyalty.latency.target', { objectives: { loyalty: { latency: { target: 0.5 } } } }],
  ['objective-invalid', 'objectives.loyalty.latency.within', { objectives: { loyalty: { latency: { within: 0.3 } } } }],
  ['repeated-value', 'environments.production.domain', production({ domain: 'shop.example.com' })],
];

it.each(cases)('reports %s at %s', (rule, path, changes) => {
  const { faults } = checkDescription(buildDescription(changes));
  expect(faults.map((fault) => `${fault.rule} ${fault.path.join('.')}`)).toContain(`${rule} ${path}`);
  const found = faults.find((fault) => fault.rule === rule);
  expect(found?.message).not.toBe('');
  expect(found?.fix).not.toBe('');
});

it('reports everything at once, and names the environments where not all are wrong', () => {
  const { faults } = checkDescription(
    buildDescription({
      version: 'latest',
      services: [loyalty],
      environments: { development: { domain: 'localhost' }, production: { corsOrigins: ['*'] } },
    }),
  );
  expect(faults.map(({ rule, environments }) => [rule, environments])).toEqual([
    ['wildcard-origin', ['production']],
    ['mutable-tag', undefined],
  ]);
});

it('shows the sum when requests do not fit the node', () => {
  const { faults } = checkDescription(buildDescription({ node: { cpu: '16', memory: '1Gi' } }));
  expect(faults.find(({ rule }) => rule === 'node-fit')?.message).toMatch(
    /^requests add up to \d+Mi memory, and the node has 1Gi beside 0Mi for the system; the largest: postgres 512Mi/,
  );
});

it('counts connections of a pool, not those of its clients, on the server', () => {
  const { faults } = checkDescription(
    buildDescription({
      targets: ['kustomize'],
      infrastructure: [component('postgres', { maxConnections: 60 }), component('pgbouncer')],
    }),
  );
  expect(faults).toEqual([]);
});

it('allows a component without containers where every target is Kubernetes', () => {
  const { faults } = checkDescription(
    buildDescription({
      targets: ['kustomize'],
      infrastructure: [component('postgres'), component('object-store'), component('airbyte')],
    }),
  );
  expect(faults.map(({ rule }) => rule)).not.toContain('component-not-on-target');
});
