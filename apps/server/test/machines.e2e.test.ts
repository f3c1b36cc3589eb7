import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { createLogger, isSignedWebhook } from '@plinth/common';
import { runMainJob, type MainJobResult } from '@plinth/testing';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

let directory: string;
let platform: Platform;
let job: MainJobResult<ApiCaller>;
let receiver: Server;
const received: Received[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      received.push({ headers: request.headers as Received['headers'], body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  directory = await mkdtemp(join(tmpdir(), 'plinth-machines-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {},
    log: createLogger({ level: 'silent' }),
  });
  job = await runMainJob(await ApiCaller.signUp(platform.url, 'ada@example.com'));
}, 60_000);

afterAll(async () => {
  await platform?.stop();
  await new Promise((resolve) => receiver.close(resolve));
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

test('a service account provisions a person by SCIM, and a webhook hears that they joined', async () => {
  const { port } = receiver.address() as AddressInfo;
  const webhook = await job.owner.expect('POST', '/webhooks', {
    url: `http://127.0.0.1:${port}/`,
    eventTypes: ['member.joined'],
  });
  const account = await job.owner.expect('POST', '/service-accounts', { name: 'directory' });
  await job.owner.expect('POST', '/roles/assignments', { serviceAccountId: account.id, role: 'org_admin' });
  const issuer = new URL(`${platform.url}/api/v1/auth`);
  const configuration = await openid.discovery(
    issuer,
    account.id,
    undefined,
    openid.ClientSecretBasic(account.secret),
    {
      execute: [openid.allowInsecureRequests],
    },
  );
  const { access_token: token } = await openid.clientCredentialsGrant(configuration, { scope: 'scim:write' });
  const answer = await fetch(`${platform.url}/api/v1/scim/v2/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ userName: 'bea@example.com' }),
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'application/scim+json; charset=utf-8']);
  const user = (await answer.json()) as { id: string };
  await expect.poll(() => received.length, { timeout: 10_000 }).toBe(1);
  const [message] = received;
  expect(isSignedWebhook(message!.body, message!.headers, webhook.secret, new Date())).toBe(true);
  expect(JSON.parse(message!.body)).toMatchObject({
    type: 'member.joined',
    data: { tenantId: job.tenantId, userId: user.id },
  });
  const byToken = job.owner.with({ cookie: '', authorization: `Bearer ${token}` });
  // The token was narrowed to its scope.
  expect((await byToken.send('GET', '/users')).status).toBe(403);
  await job.owner.send('POST', `/service-accounts/${account.id}/disable`);
  await expect.poll(async () => (await byToken.send('GET', '/scim/v2/Users')).status, { timeout: 5000 }).toBe(401);
});

test('a rotated key works at the gateway beside its successor, until it is revoked', async () => {
  const made = await job.owner.expect('POST', '/api-keys', { name: 'CI', scopes: ['user:read'] });
  const rotated = await job.owner.expect('POST', `/api-keys/${made.id}/rotate`, { overlapSeconds: 600 });
  const byKey = (key: string) => job.owner.with({ cookie: '', 'x-api-key': key });
  for (const key of [made.key, rotated.key]) expect((await byKey(key).send('GET', '/users')).status).toBe(200);
  await job.owner.send('DELETE', `/api-keys/${made.id}`);
  for (const key of [made.key, rotated.key])
    await expect.poll(async () => (await byKey(key).send('GET', '/users')).status, { timeout: 5000 }).toBe(401);
});

test('the gateway slows down an address that guesses keys, and lets the keys through that it used before', async () => {
  const made = await job.owner.expect('POST', '/api-keys', { name: 'known', scopes: ['user:read'] });
  const answer = async (key: string) => {
    const { status, headers } = await fetch(`${platform.url}/api/v1/users`, { headers: { 'x-api-key': key } });
    return { status, wait: headers.get('retry-after') };
  };
  expect((await answer(made.key)).status).toBe(200);
  const guesses = [];
  for (let guess = 0; guess < 4; guess += 1) guesses.push(await answer(guessKey(guess)));
  expect(guesses[0]).toEqual({ status: 401, wait: null });
  expect(guesses.at(-1)).toEqual({ status: 429, wait: expect.stringMatching(/^(59|60)$/) });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect((await answer(made.key)).status).toBe(200);
});

/** A key of the right form that nobody has. */
function guessKey(guess: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const body = `plk_guessed0_${String(guess).padStart(32, '0')}`;
  let checksum = '';
  for (let rest = crc32(body); checksum.length < 6; rest = Math.floor(rest / 62))
    checksum = digits[rest % 62]! + checksum;
  return body + checksum;
}
