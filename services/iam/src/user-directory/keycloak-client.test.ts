import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@plinth/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { KeycloakClient } from './keycloak-client.ts';

const directory = mkdtempSync(join(tmpdir(), 'plinth-directory-'));
const secretFile = join(directory, 'secret');
let server: Server;
let base: string;
/** Statuses that the admin API answers with, in order; then 200. */
let statuses: number[] = [];
let tokens = 0;
let requests: string[] = [];

beforeAll(async () => {
  writeFileSync(secretFile, 'the-secret\n');
  server = createServer((request, response) => {
    const isToken = request.url === '/realms/acme/protocol/openid-connect/token';
    if (isToken) {
      tokens += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: `token-${tokens}`, expires_in: 60 }));
      return;
    }
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(statuses.shift() ?? 200).end('[]');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(() => {
  statuses = [];
  tokens = 0;
  requests = [];
});

function buildClient(changes: object = {}): KeycloakClient {
  return new KeycloakClient(
    {
      kind: 'keycloak',
      baseUrl: `${base}/`,
      realm: 'acme',
      clientId: 'acme-api',
      secretFile,
      newUsers: true,
      ...changes,
    },
    systemClock,
  );
}

test('asks for one token, however many requests come at once, and keeps it', async () => {
  const client = buildClient();
  await Promise.all([1, 2, 3].map(() => client.send({ method: 'GET', path: '/users/a' })));
  await client.send({ method: 'GET', path: '/users/b' });
  expect(tokens).toBe(1);
  expect(requests.at(-1)).toBe('GET /admin/realms/acme/users/b Bearer token-1');
});

test('takes a new token once when the old one is refused, and gives up when that one is, too', async () => {
  const client = buildClient();
  statuses = [401];
  expect((await client.send({ method: 'GET', path: '/users/a' })).status).toBe(200);
  expect(requests.map((request) => request.split(' ').at(-1))).toEqual(['token-1', 'token-2']);
  statuses = [401, 401];
  await expect(client.send({ method: 'GET', path: '/users/a' })).rejects.toMatchObject({
    code: 'directory.unavailable',
    message: expect.stringContaining('manage-users'),
  });
});

test('sends again what the server failed to do, twice, but never what would then be done twice', async () => {
  const client = buildClient();
  statuses = [503, 500];
  expect((await client.send({ method: 'PUT', path: '/users/a', body: {} })).status).toBe(200);
  expect(requests).toHaveLength(3);
  statuses = [503, 503, 503];
  const failing = client.send({ method: 'GET', path: '/users/a' });
  await expect(failing).rejects.toMatchObject({ code: 'directory.unavailable', kind: 'unavailable' });
  requests = [];
  statuses = [503];
  const creating = client.send({ method: 'POST', path: '/users', once: true, body: {} });
  await expect(creating).rejects.toMatchObject({ code: 'directory.unavailable' });
  expect(requests).toHaveLength(1);
});

test('hands back what the server answers below 500', async () => {
  statuses = [404, 409];
  const client = buildClient();
  expect((await client.send({ method: 'GET', path: '/users/a' })).status).toBe(404);
  expect((await client.send({ method: 'POST', path: '/users', once: true })).status).toBe(409);
});

test('says what is wrong when there is no server, no secret, or no right', async () => {
  const request = { method: 'POST', path: '/users', once: true } as const;
  await expect(buildClient({ baseUrl: 'http://127.0.0.1:1' }).send(request)).rejects.toThrow('cannot be reached');
  await expect(buildClient({ secretFile: '/nowhere/secret' }).send(request)).rejects.toThrow('/nowhere/secret');
  statuses = [403];
  await expect(buildClient().send(request)).rejects.toThrow('view-users and query-users');
});
