import { expect, it } from 'vitest';
import { buildDescription } from './description.builders.ts';
import { component, type PlatformDescription } from './platform-description.ts';
import { resolvePlatform } from './resolve-platform.ts';

const resolve = (changes: Partial<PlatformDescription>) => resolvePlatform(buildDescription(changes), 'production');
const workload = (name: string, changes: Partial<PlatformDescription>) => {
  const found = resolve(changes).workloads.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const terraform = (name = 'terrakube'): Partial<PlatformDescription> => ({
  infrastructure: [
    component('postgres'),
    component('valkey'),
    component('object-store'),
    component('keycloak'),
    component('terrakube', {}, name),
  ],
});

it('opens each interface of a component at a host of its own, and tells it where', () => {
  const routes = resolve(terraform()).routes.filter(({ name }) => name.startsWith('terrakube'));
  expect(routes.map(({ name, host, workload: target, port }) => [name, host, target, port])).toEqual([
    ['terrakube-api', 'terrakube-api.shop.example.com', 'terrakube-api', 8080],
    ['terrakube-dex', 'terrakube-dex.shop.example.com', 'terrakube-dex', 5556],
    ['terrakube-registry', 'terrakube-registry.shop.example.com', 'terrakube-registry', 8075],
    ['terrakube', 'terrakube.shop.example.com', 'terrakube', 8080],
  ]);
  const value = (target: string, variable: string) =>
    workload(target, terraform()).variables.find(({ name }) => name === variable)?.value;
  expect(value('terrakube-api', 'TerrakubeHostname')).toBe('terrakube-api.shop.example.com');
  expect(value('terrakube-registry', 'DexIssuerUri')).toBe('https://terrakube-dex.shop.example.com/dex');
});

it('makes the buckets that components ask for, beside those of the description', () => {
  const command = (changes: Partial<PlatformDescription>) => workload('object-store-buckets', changes).command?.at(-1);
  expect(command(terraform())).toContain("echo 'uploads,backups,terrakube'");
  expect(command({ infrastructure: [component('postgres'), component('object-store')] })).toContain(
    "echo 'uploads,backups'",
  );
});

it('names the hosts of an instance after it', () => {
  const platform = resolve(terraform('infra'));
  const hosts = platform.routes.filter(({ name }) => name.startsWith('infra')).map(({ name, host }) => [name, host]);
  expect(hosts).toEqual([
    ['infra-api', 'infra-api.shop.example.com'],
    ['infra-dex', 'infra-dex.shop.example.com'],
    ['infra-registry', 'infra-registry.shop.example.com'],
    ['infra', 'infra.shop.example.com'],
  ]);
  const pages = platform.workloads.find(({ name }) => name === 'infra')?.files[0]?.content;
  expect(pages).toContain('"https://infra-api.shop.example.com/api/v1/"');
  expect(platform.identity.issuer).toBe('https://auth.shop.example.com/realms/shop-production');
});

it('expects tokens of the host at which a renamed identity provider is', () => {
  const platform = resolve({ infrastructure: [component('postgres'), component('keycloak', {}, 'login')] });
  expect(platform.identity.issuer).toBe('https://login.shop.example.com/realms/shop-production');
  const login = platform.workloads.find(({ name }) => name === 'login');
  expect(login?.variables).toContainEqual({ name: 'KC_HOSTNAME', value: 'https://login.shop.example.com' });
});

it('tells a component the public host of another one that has a name of its own', () => {
  const changes = { infrastructure: [component('postgres'), component('gitea', {}, 'code'), component('woodpecker')] };
  const ci = workload('woodpecker', changes);
  expect(ci.variables).toContainEqual({ name: 'WOODPECKER_GITEA_URL', value: 'https://code.shop.example.com' });
});

it('leaves the way in to a chart that makes its own', () => {
  const platform = resolve({
    targets: ['kustomize'],
    infrastructure: [component('postgres'), component('valkey'), component('object-store'), component('harbor')],
  });
  expect(platform.routes.filter(({ host }) => host.startsWith('harbor'))).toEqual([]);
  expect(platform.components.find(({ name }) => name === 'harbor')?.kubernetes).toMatchObject({
    externalURL: 'https://harbor.shop.example.com',
    expose: {
      tls: { enabled: true, secret: { secretName: 'harbor-tls' } },
      ingress: { hosts: { core: 'harbor.shop.example.com' }, className: 'traefik' },
    },
    database: { maxOpenConns: 30 },
    redis: { external: { addr: 'valkey:6379' } },
  });
  const forms = platform.secrets.filter(({ form }) => form !== undefined).map(({ name, form }) => [name, form]);
  expect(forms).toContainEqual(['harbor-token-key', 'rsa-key']);
  expect(forms).toContainEqual(['harbor-encryption-key', { characters: 16 }]);
});
