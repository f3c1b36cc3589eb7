import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { Workload } from '../../model/platform-model.ts';
import { buildRenderInput, buildShop, buildWorkload } from './compose.builders.ts';
import { renderCompose } from './compose.ts';

// oxlint-disable-next-line no-explicit-any
type Tree = any;

function read(workloads: readonly Workload[], file = 'compose.yaml', changes = {}): Tree {
  const artifact = renderCompose(buildRenderInput(workloads, changes)).find(({ path }) => path === file);
  return artifact === undefined ? undefined : parse(artifact.content);
}

test('renders a small platform as this file', async () => {
  const [compose] = renderCompose(buildRenderInput(buildShop())).filter(({ path }) => path === 'compose.yaml');
  await expect(compose?.content).toMatchFileSnapshot('expected/compose.yaml.txt');
});

test('gives the same bytes for the same platform, whatever the order of its workloads', () => {
  const first = renderCompose(buildRenderInput(buildShop()));
  expect(renderCompose(buildRenderInput(buildShop()))).toEqual(first);
  expect(renderCompose(buildRenderInput(buildShop().toReversed()))).toEqual(first);
});

test('puts configuration files beside the Compose file, executable ones executable', () => {
  const files = renderCompose(buildRenderInput(buildShop())).filter(({ path }) => path.startsWith('config/'));
  expect(files).toEqual([
    { path: 'config/edge/etc/edge/edge.yml', content: 'log: true\n' },
    { path: 'config/postgres/docker-entrypoint-initdb.d/10-databases.sh', content: '#!/bin/sh\n', executable: true },
  ]);
});

test('replaces a container whose configuration file has changed, and no other', () => {
  const labels = (content: string) =>
    read([
      buildWorkload({ name: 'edge', files: [{ path: '/edge.yml', content }] }),
      buildWorkload({ name: 'other', files: [{ path: '/other.yml', content: 'same' }] }),
    ]).services;
  const [before, after] = [labels('a: 1'), labels('a: 2')];
  expect(after.edge.labels).not.toEqual(before.edge.labels);
  expect(after.other.labels).toEqual(before.other.labels);
});

test('separates layers, and keeps what a layer needs in its own file', () => {
  const workloads = [
    buildWorkload({ name: 'api', dependsOn: [{ workload: 'mail', condition: 'healthy' }] }),
    buildWorkload({ name: 'mail', layer: 'dev' }),
    buildWorkload({ name: 'prometheus', layer: 'monitoring', volumes: [{ name: 'metrics', path: '/data', size: 1 }] }),
  ];
  expect(Object.keys(read(workloads).services)).toEqual(['api']);
  expect(read(workloads).services.api.depends_on.mail).toEqual({ condition: 'service_healthy', required: false });
  expect(read(workloads, 'compose.dev.yaml')).toMatchObject({ services: { mail: {} } });
  expect(read(workloads, 'compose.dev.yaml').name).toBeUndefined();
  expect(read(workloads, 'compose.monitoring.yaml').volumes).toEqual({ metrics: {} });
  expect(read([buildWorkload({ name: 'api' })], 'compose.dev.yaml')).toBeUndefined();
});

test('opens the database for tools in development only, on the address of this machine', () => {
  const postgres = buildWorkload({ name: 'postgres', ports: [{ name: 'sql', port: 5432, protocol: 'tcp' }] });
  const components = [{ name: 'postgres', entry: { provides: ['database'] }, settings: {}, workloads: ['postgres'] }];
  const development = read([postgres], 'compose.dev.yaml', { environment: 'development', components });
  expect(development.services.postgres).toEqual({
    networks: ['front'],
    ports: [{ target: 5432, published: '5432', host_ip: '127.0.0.1', protocol: 'tcp' }],
  });
  expect(development.networks).toEqual({ front: { driver: 'bridge' } });
  expect(read([postgres], 'compose.dev.yaml', { components })).toBeUndefined();
});

test('leads containers to the edge by its public hosts where these are names of the machine itself', () => {
  const edge = buildWorkload({
    name: 'edge',
    networks: ['front', 'back'],
    published: [{ hostPort: 80, port: 80, address: '0.0.0.0' }],
  });
  const changes = {
    edge: 'traefik',
    scheme: 'http',
    components: [{ name: 'edge', entry: { name: 'traefik', provides: [] }, settings: {}, workloads: ['edge'] }],
    routes: [{ host: 'auth.localhost' }, { host: 'api.localhost' }, { host: 'api.localhost' }],
  };
  const aliases = ['api.localhost', 'auth.localhost'];
  const local = read([edge, buildWorkload({ name: 'api' })], 'compose.yaml', changes).services;
  expect(local.edge.networks).toEqual({ back: { aliases }, front: {} });
  expect(local.edge.sysctls).toEqual({ 'net.ipv4.ip_unprivileged_port_start': '0' });
  expect(local.api.networks).toEqual(['back']);
  const networksOf = (workload: Workload, more = {}) =>
    read([workload], 'compose.yaml', { ...changes, ...more }).services.edge.networks;
  expect(networksOf(edge, { scheme: 'https' })).toEqual(['back', 'front']);
  expect(networksOf({ ...edge, published: [{ hostPort: 80, port: 8000, address: '0.0.0.0' }] })).toEqual([
    'back',
    'front',
  ]);
});

describe('what went wrong on other platforms cannot be rendered', () => {
  const services = (workloads: readonly Workload[] = buildShop()): [string, Tree][] =>
    Object.entries(read(workloads).services);

  test('gives no container a static address, name or link (1)', () => {
    for (const [, service] of services()) {
      expect(Array.isArray(service.networks)).toBe(true);
      for (const key of ['container_name', 'links', 'extra_hosts', 'network_mode'])
        expect(service).not.toHaveProperty(key);
    }
    expect(JSON.stringify(read(buildShop()))).not.toMatch(/ipv4_address|ipam|subnet/);
  });

  test('has no container that repeats what the init directory of the database does (2)', () => {
    const mounts = services().filter(([, { configs = [] }]) =>
      configs.some(({ target }: { target: string }) => target.startsWith('/docker-entrypoint-initdb.d/')),
    );
    expect(mounts.map(([name]) => name)).toEqual(['postgres']);
  });

  test('names every image with an exact tag (5)', () => {
    for (const [, { image }] of services()) expect(image).toMatch(/:[^:/]*\d[^:/]*$/);
  });

  test('holds no value of a secret, only names of files (14)', () => {
    const { secrets, services: all } = read(buildShop());
    expect(secrets).toEqual({
      'api-database-url': { file: './secrets/api-database-url' },
      'postgres-password': { file: './secrets/postgres-password' },
    });
    expect(all.api.environment.DATABASE_URL_FILE).toBe('/run/secrets/api-database-url');
  });

  test('gives everything limits, a health check, and every dependency a condition (17)', () => {
    for (const [name, service] of services()) {
      expect(service.deploy.resources).toMatchObject({ limits: { cpus: '0.5', memory: '256M' }, reservations: {} });
      expect(service.healthcheck).toMatchObject(name === 'migrate' ? { disable: true } : { retries: 3 });
      for (const dependency of Object.values(service.depends_on ?? {})) expect(dependency).toHaveProperty('condition');
    }
  });

  test('runs nothing privileged, writable or on the network of the host (18)', () => {
    for (const [, service] of services()) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        user: expect.stringMatching(/^[1-9]\d*:\d+$/),
      });
      for (const key of ['privileged', 'pid', 'ipc', 'devices']) expect(service).not.toHaveProperty(key);
    }
    expect(JSON.stringify(read(buildShop()))).not.toContain('docker.sock');
  });

  test('takes a dollar sign in a value for what it is (20)', () => {
    expect(read(buildShop()).services.api.environment.PRICE_FORMAT).toBe('$$0.00');
  });

  test('publishes no back-end port beside the edge (23)', () => {
    expect(services().flatMap(([name, { ports }]) => (ports === undefined ? [] : [name]))).toEqual(['edge']);
    expect(read(buildShop()).networks.back).toEqual({ driver: 'bridge', internal: true });
  });

  test('asks a real check of the program, not one that is always true (32)', () => {
    for (const [name, { healthcheck }] of services())
      if (name !== 'migrate') expect(healthcheck.test).toEqual(['CMD', 'check', '--port', '8080']);
  });

  test('starts a database in every profile in which something needs it (34)', () => {
    const profiled = [
      buildWorkload({ name: 'chat-api', product: 'chat', profiles: ['chat'], dependsOn: needs('postgres') }),
      buildWorkload({ name: 'postgres', tier: '04', profiles: ['data'], dependsOn: needs('disk') }),
      buildWorkload({ name: 'disk', profiles: ['data'] }),
    ];
    const profiles = (workloads: readonly Workload[]) =>
      Object.fromEntries(services(workloads).map(([name, service]) => [name, service.profiles]));
    expect(profiles(profiled)).toEqual({
      'chat-api': ['all', 'chat'],
      disk: ['all', 'chat', 'data', 'tier-04'],
      postgres: ['all', 'chat', 'data', 'tier-04'],
    });
    const always = buildWorkload({ name: 'api', dependsOn: needs('postgres') });
    expect(profiles([...profiled, always])).toMatchObject({ api: undefined, postgres: undefined, disk: undefined });
  });

  test('runs several containers only of what has no port of the host and no volume', () => {
    const replicas = (changes: Partial<Workload>) =>
      read([buildWorkload({ name: 'api', replicas: 3, ...changes })]).services.api.deploy.replicas;
    expect(replicas({})).toBe(3);
    expect(replicas({ published: [{ hostPort: 80, port: 8080, address: '127.0.0.1' }] })).toBeUndefined();
    expect(replicas({ stateful: true })).toBeUndefined();
  });
});

function needs(workload: string): Workload['dependsOn'] {
  return [{ workload, condition: 'healthy' }];
}
