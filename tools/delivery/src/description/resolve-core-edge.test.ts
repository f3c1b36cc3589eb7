import { expect, it } from 'vitest';
import { checkDescription } from './check-description.ts';
import { buildDescription, loyalty } from './description.builders.ts';
import { component, type PlatformDescription } from './platform-description.ts';
import { resolvePlatform } from './resolve-platform.ts';

const mailing = { ...loyalty, reaches: ['mail', 'internet'] as const };

const resolve = (changes: Partial<PlatformDescription>, environment = 'production') =>
  resolvePlatform(buildDescription(changes), environment);

function workload(name: string, changes: Partial<PlatformDescription> = {}, environment = 'production') {
  const found = resolve(changes, environment).workloads.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  const values = Object.fromEntries(
    found.variables.map((variable) => [variable.name, variable.value ?? variable.secretFile]),
  );
  return { ...found, values };
}

const several: Partial<PlatformDescription> = {
  infrastructure: [component('postgres'), component('valkey')],
  replicas: { gateway: 2 },
};

it('lets several gateways count and keep sessions together, in the Valkey that the platform has', () => {
  const gateway = workload('gateway', several);
  expect(gateway.values['REDIS_URL_FILE']).toBe('redis-url');
  expect(gateway.dependsOn).toContainEqual({ workload: 'valkey', condition: 'healthy' });
  expect(gateway.calls).toContain('valkey');
  expect(resolve(several).secrets.find(({ name }) => name === 'redis-url')).toMatchObject({
    source: 'derived',
    template: 'redis://:${valkey-password}@valkey:6379',
    workloads: ['gateway'],
  });
  expect(checkDescription(buildDescription(several)).faults.map(({ rule }) => rule)).not.toContain(
    'rate-limit-per-replica',
  );
});

it('leaves one gateway alone with its memory, and several without a shared store too, which is a fault', () => {
  const alone = workload('gateway', { infrastructure: several.infrastructure ?? [] });
  expect([alone.values['REDIS_URL_FILE'], alone.autoscaling]).toEqual([undefined, undefined]);
  const apart = { replicas: { gateway: 2 } };
  expect(workload('gateway', apart).values['REDIS_URL_FILE']).toBeUndefined();
  expect(checkDescription(buildDescription(apart)).faults.map(({ rule }) => rule)).toContain('rate-limit-per-replica');
});

it('gives the mail server to the services that send mail, and to no others', () => {
  const changes = { services: [mailing], infrastructure: [component('postgres'), component('mailpit')] };
  const { values, calls, dependsOn } = workload('loyalty', changes, 'development');
  expect(values).toMatchObject({ SMTP_URL_FILE: 'smtp-url', PLINTH_MAIL_FROM: 'shop <no-reply@localhost>' });
  expect(calls).toContain('mailpit');
  expect(dependsOn).toContainEqual({ workload: 'mailpit', condition: 'healthy' });
  expect(resolve(changes, 'development').secrets.find(({ name }) => name === 'smtp-url')).toMatchObject({
    source: 'derived',
    template: 'smtp://mailpit:1025',
    workloads: ['loyalty'],
  });
  expect(workload('gateway', changes, 'development').values['SMTP_URL_FILE']).toBeUndefined();
});

it('asks staff for the account at a real mail server, and for nothing where there is none', () => {
  const changes = { services: [mailing], infrastructure: [component('postgres'), component('stalwart')] };
  const secret = resolve(changes).secrets.find(({ name }) => name === 'smtp-url');
  expect(secret).toMatchObject({ source: 'provided', doc: expect.stringContaining('@stalwart:587') });
  expect(workload('loyalty', { services: [mailing] }).values['SMTP_URL_FILE']).toBeUndefined();
});

it('lets a service out of the platform only if its manifest says so', () => {
  expect(workload('loyalty').networks).toEqual(['back']);
  expect(workload('loyalty', { services: [mailing] }).networks).toEqual(['back', 'front']);
});

it('signs browsers in at applications and tools, and registers each address where they come back', () => {
  const platform = resolve({});
  const { values } = workload('gateway');
  expect(values).toMatchObject({
    PLINTH_SIGN_IN_ORIGINS: 'https://data.shop.example.com',
    PLINTH_SIGN_IN_CLIENT_ID: 'shop-web',
  });
  expect(platform.identity.redirectUris).toContain('https://data.shop.example.com/edge/callback');
  expect(platform.identity.webOrigins).not.toContain('https://data.shop.example.com');
  const { PLINTH_SIGN_IN_ISSUER: issuer } = workload('gateway', {
    infrastructure: [component('postgres'), component('keycloak')],
  }).values;
  expect([values['PLINTH_SIGN_IN_ISSUER'], issuer]).toEqual([
    undefined,
    'https://auth.shop.example.com/realms/shop-production',
  ]);
});
