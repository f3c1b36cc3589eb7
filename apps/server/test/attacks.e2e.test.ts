import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, newId } from '@plinth/common';
import { eventually } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller, cookiesOf, type ApiAnswer } from './api-caller.ts';
import { readMails } from './mail-folder.ts';

const password = 'correct horse battery staple';
let directory: string;
let platform: Platform;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {
      PLINTH_RATE_LIMIT_FACTOR: '1000',
      PLINTH_TRUSTED_PROXIES: '127.0.0.1,::1',
      IAM_EMAIL_VERIFICATION: 'optional',
    },
    log: createLogger({ level: 'silent' }),
  });
}, 120_000);

afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

/** A program behind the trusted proxy, at an address of its own. */
const from = (address: string): ApiCaller => new ApiCaller(platform.url, { 'x-forwarded-for': address });

const signIn = (caller: ApiCaller, email: string, given: string): Promise<ApiAnswer> =>
  caller.send('POST', '/auth/sign-in/email', { email, password: given });

test('brute force: guesses of one password from many addresses count together, and other people are let in', async () => {
  const [email, other] = [`${newId()}@example.com`, `${newId()}@example.com`];
  await ApiCaller.signUp(platform.url, email, password);
  await ApiCaller.signUp(platform.url, other, password);
  const statuses: number[] = [];
  for (let guess = 1; guess <= 5; guess++)
    statuses.push((await signIn(from(`198.51.100.${guess}`), email, `wrong ${guess}`)).status);
  expect(statuses[0]).toBe(401);
  expect(statuses.at(-1)).toBe(429);
  const right = await signIn(from('203.0.113.9'), email, password);
  expect([right.status, right.body.code]).toEqual([429, 'authentication.throttled']);
  const signedIn = await signIn(from('203.0.113.9'), other, password);
  expect(signedIn.status).toBe(200);
  // The platform did see many addresses.
  const sessions = await from('203.0.113.9')
    .with({ cookie: cookiesOf(signedIn) })
    .expect('GET', '/sessions');
  expect(sessions.data.map(({ ip }: { ip: string }) => ip)).toContain('203.0.113.9');
});

test('session fixation: a cookie that was there before the sign-in is worth nothing after it', async () => {
  const [victim, attacker] = [`${newId()}@example.com`, `${newId()}@example.com`];
  await ApiCaller.signUp(platform.url, victim, password);
  const own = await ApiCaller.signUp(platform.url, attacker, password);
  const whoIs = async (cookie: string): Promise<string | undefined> =>
    (await new ApiCaller(platform.url, { cookie }).send('GET', '/auth/session')).body.user?.email;
  const madeUp = `plinth.session_token=${'x'.repeat(43)}.${'y'.repeat(43)}`;
  for (const planted of [own.headers['cookie']!, madeUp]) {
    const signedIn = await signIn(new ApiCaller(platform.url, { cookie: planted }), victim, password);
    const cookie = cookiesOf(signedIn);
    expect(await whoIs(cookie)).toBe(victim);
    expect(cookie).not.toBe(planted);
    expect(await whoIs(planted)).not.toBe(victim);
  }
});

/** A request with headers that `fetch` does not let anybody set. */
function sendRaw(method: string, path: string, headers: Record<string, string>, body?: object): Promise<string> {
  const { hostname, port } = new URL(platform.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, async (response) => {
      let text = JSON.stringify(response.headers);
      for await (const part of response) text += String(part);
      resolve(text);
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

test('host-header poisoning: no answer, redirect or mail names a host that a request made up', async () => {
  const email = `${newId()}@example.com`;
  await ApiCaller.signUp(platform.url, email, password);
  const poisoned: Record<string, string>[] = [
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-host': 'evil.example', 'x-host': 'evil.example' },
  ];
  const answers: string[] = [];
  for (const headers of poisoned) {
    const json = { ...headers, 'content-type': 'application/json' };
    for (const path of ['password-reset', 'email-sign-in', 'verification'])
      answers.push(await sendRaw('POST', `/api/v1/auth/${path}`, json, { email }));
    for (const path of ['/', '/sign-in', '/security', '/api/v1/auth/.well-known/openid-configuration', '/openapi.json'])
      answers.push(await sendRaw('GET', path, headers));
  }
  for (const answer of answers) expect(answer).not.toContain('evil.example');
  const folder = join(directory, 'data', 'mail');
  const mails = await eventually(async () => {
    const own = (await readMails(folder)).filter((text) => text.includes(email));
    return own.length >= 5 ? own : undefined;
  });
  for (const mail of mails) expect(mail).not.toContain('evil.example');
});
