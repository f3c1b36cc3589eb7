import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIam } from '../../test/builders.ts';
import { callback, discover, operator } from '../../test/openid.ts';

const machine = { name: 'Job', grantTypes: ['client_credentials'], redirectUris: [] };
let directory: string;
let file: string;
let iam: ServiceUnderTest;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iam-clients-'));
  file = join(directory, 'clients.json');
  await writeFile(join(directory, 'secret'), `${'s'.repeat(40)}\n`);
  await writeFile(
    file,
    JSON.stringify([
      { id: 'grafana', name: 'Grafana', redirectUris: [callback], secretFile: join(directory, 'secret') },
      { id: 'job', ...machine, secretFile: join(directory, 'secret') },
    ]),
  );
  iam = await startIam({ environment: { IAM_CLIENTS_FILE: file, IAM_WEB_REDIRECT_URIS: callback } });
});
afterAll(async () => {
  await iam.stop();
  await rm(directory, { recursive: true });
});

const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers = {}) =>
  iam.request(method, path, { principal: operator, body, headers });

const isAdmitted = async (id: string, secret: string): Promise<boolean> =>
  openid.clientCredentialsGrant(await discover(iam, id, secret)).then(
    () => true,
    () => false,
  );

test('shows a secret once and keeps its hash', async () => {
  const { status, body } = await send('POST', '/clients', machine);
  expect(status).toBe(201);
  expect(body).toMatchObject({ origin: 'administered', confidential: true, version: 1, secret: expect.any(String) });
  expect((await send('GET', `/clients/${body.id}`)).body).not.toHaveProperty('secret');
  expect(await isAdmitted(body.id, body.secret)).toBe(true);
});

test('a new secret and the one before both count during the overlap, then the new one alone', async () => {
  const { body: client } = await send('POST', '/clients', machine);
  const { body: rotated } = await send('POST', `/clients/${client.id}/secret`, { overlapSeconds: 3600 });
  expect(await isAdmitted(client.id, client.secret)).toBe(true);
  expect(await isAdmitted(client.id, rotated.secret)).toBe(true);
  const { body: last } = await send('POST', `/clients/${client.id}/secret`, { overlapSeconds: 0 });
  expect(await isAdmitted(client.id, last.secret)).toBe(true);
  expect(await isAdmitted(client.id, client.secret)).toBe(false);
});

test('changes what is named and nothing else, for whoever read the last version', async () => {
  const { body: client } = await send('POST', '/clients', {
    name: 'App',
    redirectUris: [callback],
    permissions: ['usage:read'],
  });
  const changed = await send('PATCH', `/clients/${client.id}`, { name: 'Other' }, { 'if-match': '"1"' });
  expect(changed.body).toMatchObject({
    name: 'Other',
    version: 2,
    permissions: ['usage:read'],
    redirectUris: [callback],
  });
  const stale = await send('PATCH', `/clients/${client.id}`, { name: 'Third' }, { 'if-match': '"1"' });
  expect(stale.body.code).toBe('request.version_mismatch');
});

test('names every mistake with its path', async () => {
  const { status, body } = await send('POST', '/clients', {
    name: 'App',
    redirectUris: ['https://*.test/', 'http://a.test/'],
  });
  expect(status).toBe(400);
  expect(body.errors ?? body.faults).toMatchObject([{ path: '/redirectUris/0' }, { path: '/redirectUris/1' }]);
});

test('a public client has no secret to rotate', async () => {
  const { body } = await send('POST', '/clients', { name: 'App', redirectUris: [callback], confidential: false });
  expect(body.secret).toBeNull();
  expect((await send('POST', `/clients/${body.id}/secret`, {})).body.code).toBe('client.has_no_secret');
});

test('clients of the file and the built-in ones are there and are not changed through the API', async () => {
  const { body } = await send('GET', '/clients?limit=100');
  const origins = Object.fromEntries(
    body.data.map((client: { id: string; origin: string }) => [client.id, client.origin]),
  );
  expect(origins).toMatchObject({
    grafana: 'declared',
    job: 'declared',
    'plinth-api': 'built-in',
    'plinth-web': 'built-in',
  });
  expect((await send('GET', '/clients/plinth-web')).body).toMatchObject({
    confidential: false,
    firstParty: true,
    redirectUris: [callback],
    grantTypes: ['authorization_code', 'refresh_token'],
  });
  for (const id of ['grafana', 'plinth-web']) {
    expect((await send('DELETE', `/clients/${id}`)).body.code).toBe('client.managed_elsewhere');
    const changed = await send(
      'PATCH',
      `/clients/${id}`,
      { redirectUris: ['https://evil.test/'] },
      { 'if-match': '*' },
    );
    expect(changed.body.code).toBe('client.managed_elsewhere');
  }
  expect(await isAdmitted('job', 's'.repeat(40))).toBe(true);
});

test('only the operator of the platform registers clients', async () => {
  const principal = buildPrincipal({ roles: ['org_admin'] });
  const body = { name: 'Mine', redirectUris: [callback], firstParty: true };
  expect((await iam.request('POST', '/clients', { principal, body })).body.code).toBe('auth.permission_denied');
  expect((await iam.request('GET', '/clients', { principal })).body.code).toBe('auth.permission_denied');
  const key = buildPrincipal({ kind: 'api-key', roles: [], scopes: ['client:read'] });
  expect((await iam.request('POST', '/clients', { principal: key, body })).status).toBe(403);
});

test('a narrowed caller makes no client, and gets the secret of none, that can do more than they', async () => {
  const principal = buildPrincipal({ kind: 'api-key', roles: [], scopes: ['client:write', 'usage:read'] });
  const request = (path: string, body: object) => iam.request('POST', path, { principal, body });
  const tooMuch = { ...machine, permissions: ['usage:read', 'tenant:suspend'] };
  expect((await request('/clients', tooMuch)).body).toMatchObject({
    code: 'client.too_powerful',
    detail: 'The client would be able to do more than the caller: tenant:suspend.',
  });
  expect((await request('/clients', { ...machine, firstParty: true })).body.code).toBe('client.too_powerful');
  expect((await request('/clients', { ...machine, permissions: ['usage:read'] })).status).toBe(201);
  const { body: strong } = await send('POST', '/clients', tooMuch);
  expect((await request(`/clients/${strong.id}/secret`, {})).body.code).toBe('client.too_powerful');
  expect((await request('/clients/plinth-api/secret', {})).body.code).toBe('client.too_powerful');
});
