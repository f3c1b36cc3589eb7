import type { Clock } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, signUp, startIam } from '../../test/builders.ts';
import { generateApiKey, hashApiKey, withChecksum } from './key-format.ts';

let skippedMs = 0;
const clock: Clock = { now: () => new Date(Date.now() + skippedMs) };
let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ clock });
});
afterAll(() => iam.stop());

async function createOwner(): Promise<Principal> {
  const { userId } = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, userId);
  return buildPrincipal({ subject: userId, tenant: tenantId, organization: organizationId });
}

const create = (principal: Principal, body: object = {}) =>
  iam.request('POST', '/api-keys', { principal, body: { name: 'CI', scopes: ['usage:read'], ...body } });
const rotate = (principal: Principal, id: string, body: object = {}) =>
  iam.request('POST', `/api-keys/${id}/rotate`, { principal, body });
const authenticate = (key: string, ip?: string) =>
  contractOf(iam).authenticateApiKey({ key, ...(ip === undefined ? {} : { ip }) });

test('gives a key another secret, and takes the one before until the overlap ends', async () => {
  const principal = await createOwner();
  const { body: before } = await create(principal);
  const rotated = await rotate(principal, before.id, { overlapSeconds: 60 });
  expect(rotated).toMatchObject({ status: 200, body: { id: before.id, overlapUntil: expect.any(String) } });
  expect(rotated.body.key).not.toBe(before.key);
  expect(await authenticate(before.key)).toMatchObject({ subject: before.id });
  expect(await authenticate(rotated.body.key)).toMatchObject({ subject: before.id });
  skippedMs += 61_000;
  expect(await authenticate(before.key)).toBeNull();
  expect(await authenticate(rotated.body.key)).not.toBeNull();
  const third = await rotate(principal, before.id, { overlapSeconds: 0 });
  expect(await authenticate(rotated.body.key)).toBeNull();
  expect((await iam.request('DELETE', `/api-keys/${before.id}`, { principal })).status).toBe(204);
  expect(await authenticate(third.body.key)).toBeNull();
  expect(await rotate(principal, before.id)).toMatchObject({ status: 409, body: { code: 'api_key.ended' } });
});

test('carries the rate limit of a key, and lets its owner change it and the name', async () => {
  const principal = await createOwner();
  const { body } = await create(principal, { rateLimit: 30 });
  expect(await authenticate(body.key)).toMatchObject({ rateLimit: 30 });
  const changed = await iam.request('PATCH', `/api-keys/${body.id}`, {
    principal,
    body: { name: 'New', rateLimit: null },
  });
  expect(changed.body).toMatchObject({ name: 'New', rateLimit: null, scopes: ['usage:read'] });
  expect(await authenticate(body.key)).not.toHaveProperty('rateLimit');
});

test('stays within what the operator allows the tenant', async () => {
  const limited = await startIam({ contracts: { tenant: { getLimits: async () => ({ apiKeys: 1 }) } } });
  try {
    const { userId } = await signUp(limited);
    const { tenantId } = await createTenant(limited, userId);
    const principal = buildPrincipal({ subject: userId, tenant: tenantId });
    const post = () =>
      limited.request('POST', '/api-keys', { principal, body: { name: 'CI', scopes: ['usage:read'] } });
    const first = await post();
    expect(await post()).toMatchObject({ status: 409, body: { code: 'tenant.limit_reached' } });
    await limited.request('DELETE', `/api-keys/${first.body.id}`, { principal });
    expect((await post()).status).toBe(201);
  } finally {
    await limited.stop();
  }
});

test('makes no key without a session: by an API key, a service account, a narrowed token or support staff', async () => {
  const principal = await createOwner();
  const { body } = await create(principal);
  const scopes = ['api-key:write', 'usage:read'];
  for (const [caller, code] of [
    [{ ...principal, roles: [], scopes, kind: 'api-key', subject: body.id }, 'caller.not_a_user'],
    [{ ...principal, kind: 'service-account' }, 'caller.not_a_user'],
    [{ ...principal, scopes }, 'api_key.token_narrowed'],
    [{ ...principal, actor: principal.subject }, 'auth.impersonation_refused'],
  ] as const) {
    expect(await create(caller as Principal)).toMatchObject({ status: 403, body: { code } });
    expect(await rotate(caller as Principal, body.id)).toMatchObject({ status: 403, body: { code } });
  }
  expect((await iam.request('POST', '/api-keys', { body: { name: 'CI', scopes: ['usage:read'] } })).status).toBe(401);
});

test('gives nobody more than they hold by rotating or changing a key of somebody else', async () => {
  const principal = await createOwner();
  const { body } = await create(principal, { scopes: ['plan:write'] });
  const helper = { ...principal, roles: [], grants: [{ permissions: ['api-key:write', 'api-key:read'] }] };
  expect(await rotate(helper, body.id)).toMatchObject({ status: 403, body: { code: 'api_key.scope_not_held' } });
  for (const change of [
    { scopes: ['plan:write'] },
    { expiresAt: null },
    { createdBy: helper.subject },
    { tenantId: '1' },
  ])
    expect((await iam.request('PATCH', `/api-keys/${body.id}`, { principal, body: change })).status).toBe(400);
  expect((await rotate(principal, body.id, { scopes: ['tenant:suspend'] })).status).toBe(400);
  expect((await create(principal, { id: body.id, hash: 'x' })).status).toBe(400);
});

test('slows down an address that guesses keys, and no key that the address used before', async () => {
  const principal = await createOwner();
  const { body: used } = await create(principal);
  const { body: fresh } = await create(principal);
  const ip = '192.0.2.7';
  expect(await authenticate(used.key, ip)).not.toBeNull();
  for (let guess = 0; guess < 4; guess += 1) {
    expect(await authenticate(generateApiKey().key, ip)).toBeNull();
    skippedMs += 2000;
  }
  // Somebody's right key does not make the guesses forgotten.
  expect(await authenticate(used.key, ip)).not.toBeNull();
  expect(await authenticate(generateApiKey().key, ip)).toBeNull();
  await expect(authenticate(generateApiKey().key, ip)).rejects.toMatchObject({
    kind: 'rate_limited',
    retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds > 50 && seconds <= 60),
  });
  await expect(authenticate(fresh.key, ip)).rejects.toMatchObject({ kind: 'rate_limited' });
  expect(await authenticate(used.key, ip)).toMatchObject({ subject: used.id });
  expect(await authenticate(fresh.key, '192.0.2.8')).toMatchObject({ subject: fresh.id });
  skippedMs += 61_000;
  expect(await authenticate(fresh.key, ip)).toMatchObject({ subject: fresh.id });
});

test('takes a revoked or expired key that is still in use for no guess', async () => {
  const principal = await createOwner();
  const { body } = await create(principal);
  await iam.request('DELETE', `/api-keys/${body.id}`, { principal });
  for (let time = 0; time < 8; time += 1) expect(await authenticate(body.key, '192.0.2.9')).toBeNull();
  const { body: other } = await create(principal);
  expect(await authenticate(other.key, '192.0.2.9')).not.toBeNull();
});

test('keeps and looks up a hash alone, so that no time of an answer tells how much of a key is right', async () => {
  const principal = await createOwner();
  const { body } = await create(principal);
  const rows = await iam.database.platformTransaction((transaction) =>
    transaction.rows<{ text: string }>(`SELECT row_to_json(k)::text AS text FROM iam.api_keys k`),
  );
  expect(rows.map(({ text }) => text).join()).not.toContain(body.key.slice(13));
  expect(rows.map(({ text }) => text).join()).toContain(hashApiKey(body.key).toString('hex'));
  // One character off is another hash altogether, and no key.
  const off = body.key.slice(0, 20) + (body.key[20] === 'a' ? 'b' : 'a') + body.key.slice(21, -6);
  expect(await authenticate(withChecksum(off))).toBeNull();
});

test('accepts no key of somebody who is disabled', async () => {
  const principal = await createOwner();
  const { body } = await create(principal);
  await iam.request('POST', `/users/${principal.subject}/disable`, {
    principal: buildPrincipal({ roles: ['platform_admin'] }),
  });
  expect(await authenticate(body.key)).toBeNull();
});
