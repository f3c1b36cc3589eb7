import { expect, it } from 'vitest';
import { buildDescription } from './description.builders.ts';
import { component, image, next, type PlatformDescription } from './platform-description.ts';
import { resolvePlatform } from './resolve-platform.ts';

const resolve = (changes: Partial<PlatformDescription> = {}, environment = 'production') =>
  resolvePlatform(buildDescription(changes), environment);
const workload = (name: string, changes: Partial<PlatformDescription> = {}, environment = 'production') => {
  const found = resolve(changes, environment).workloads.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

it('runs each core service in a process of its own, behind the gateway and after the migrations', () => {
  expect(workload('loyalty').arguments).toEqual(['plinth', 'serve', 'loyalty']);
  expect(workload('loyalty').dependsOn).toEqual([
    { workload: 'postgres', condition: 'healthy' },
    { workload: 'migrate', condition: 'completed' },
  ]);
  expect(workload('gateway').dependsOn).toContainEqual({ workload: 'loyalty', condition: 'healthy' });
  expect(workload('migrate').runsOnce).toBe(true);
});

it('gives the address that owns the schemas to the migrations alone', () => {
  const readers = resolve().secrets.find(({ name }) => name === 'database-migration-url')?.workloads;
  expect(readers).toEqual(['migrate']);
});

it('takes values of the environment before those of the platform', () => {
  const changes: Partial<PlatformDescription> = {
    replicas: { web: 3 },
    environments: { development: { domain: 'localhost' }, production: { replicas: { web: 5 } } },
  };
  expect(workload('web', changes).replicas).toBe(5);
  expect(workload('web', changes, 'development').replicas).toBe(3);
  expect(resolve(changes, 'development').scheme).toBe('http');
});

it('leaves out what an environment does without, and development tools outside of development', () => {
  const changes: Partial<PlatformDescription> = {
    infrastructure: [component('postgres'), component('mailpit')],
    environments: { development: { domain: 'localhost' }, production: { without: ['search'] } },
  };
  const names = (environment: string) => resolve(changes, environment).workloads.map(({ name }) => name);
  expect(names('production')).not.toContain('search');
  expect(names('production')).not.toContain('mailpit');
  expect(names('development')).toEqual(expect.arrayContaining(['mailpit', 'search']));
});

it('starts what a workload of a profile needs with that profile', () => {
  const health = { live: '/health', ready: '/health' };
  const changes: Partial<PlatformDescription> = {
    applications: [
      image('models', { image: 'example/models:1.0.0', profile: 'ai', health }),
      next('chat', { profile: 'talk', dependsOn: ['models'] }),
    ],
  };
  expect(workload('models', changes).profiles).toEqual(['ai', 'talk']);
  expect(workload('chat', changes).profiles).toEqual(['talk']);
});

it('makes a database, a role and an address for each application that asks for one', () => {
  const platform = resolve();
  const script = platform.workloads.find(({ name }) => name === 'postgres')?.files[0]?.content ?? '';
  expect(script).toContain('role api /run/secrets/api-database-password\ndatabase api api\n');
  expect(script).toContain('role plinth_owner /run/secrets/plinth-owner-password CREATEROLE\n');
  expect(workload('postgres').secretFiles).toEqual([
    'api-database-password',
    'plinth-app-password',
    'plinth-owner-password',
  ]);
  expect(platform.secrets.find(({ name }) => name === 'api-database-url')).toMatchObject({
    source: 'derived',
    template: 'postgres://api:${api-database-password}@postgres:5432/api',
    workloads: ['api'],
  });
});

it('routes nothing of staff where nobody checks who comes', () => {
  const infrastructure = [component('postgres'), component('prometheus'), component('oauth2-proxy')];
  const hosts = (changes: Partial<PlatformDescription>) => resolve(changes).routes.map(({ host }) => host);
  expect(hosts({ infrastructure: infrastructure.slice(0, 2) })).toContain('prometheus.shop.example.com');
  const without: Partial<PlatformDescription> = { services: [], applications: [] };
  expect(hosts({ ...without, infrastructure: infrastructure.slice(0, 2) })).not.toContain(
    'prometheus.shop.example.com',
  );
});

it('keeps the inner paths of the gateway from the outside', () => {
  const pages = resolve().routes.find(({ workload: target }) => target === 'gateway');
  expect(pages?.blockedPaths).toEqual(['/edge', '/internal', '/metrics']);
});
