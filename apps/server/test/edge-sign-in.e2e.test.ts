import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, Secret, verifyInternalToken } from '@plinth/common';
import { eventually } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { EdgeBrowser } from './edge-browser.ts';
import type { SuiteAnswer } from './gateway-request.ts';

const api = 'http://api.localhost';
const shop = 'http://shop.localhost';
const books = 'http://books.localhost';
const internalSecret = 'a-secret-of-the-platform-0123456789-abcdef';
const password = 'correct horse battery staple';
const applications = [
  { host: 'shop.localhost', query: 'application=shop&limit=1000' },
  { host: 'books.localhost', query: 'application=books&limit=1000' },
  { host: 'tool.localhost', query: 'tool=kafka-ui&role=platform_admin' },
];

let directory: string;
let platform: Platform;
let browser: EdgeBrowser;
let people = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-edge-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {
      PLINTH_JOBS: 'false',
      PLINTH_PUBLIC_URL: api,
      PLINTH_INTERNAL_SECRET: internalSecret,
      PLINTH_TRUSTED_PROXIES: 'loopback',
      PLINTH_RATE_LIMIT_FACTOR: '1000',
      PLINTH_SIGN_IN_ORIGINS: `${shop},${books},http://tool.localhost`,
      IAM_WEB_REDIRECT_URIS: `${shop}/edge/callback,${books}/edge/callback,http://tool.localhost/edge/callback`,
    },
    log: createLogger({ level: 'silent' }),
  });
}, 60_000);
afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});
beforeEach(() => {
  browser = new EdgeBrowser(platform.port, applications);
});

/** Signs a new person up at the provider, in a tenant of their own. */
async function signUp(to = browser): Promise<string> {
  people += 1;
  const email = `person-${people}@example.com`;
  expect((await to.post(`${api}/api/v1/auth/sign-up/email`, { name: 'Ada', email, password })).status).toBe(200);
  const made = await to.post(`${api}/api/v1/organizations`, { name: 'Acme' });
  const { tenantId } = made.body as { tenantId: string };
  await eventually(async () => {
    const me = await to.open(`${api}/api/v1/users/me`, { 'sec-fetch-mode': 'cors' });
    return me.body?.tenant === tenantId ? true : undefined;
  });
  return tenantId;
}

/** Who the gateway lets through to an application. */
function callerOf(answer: SuiteAnswer, service = 'shop') {
  const token = (answer.values('authorization')[0] ?? '').replace('Bearer ', '');
  return verifyInternalToken(token, service, new Secret(internalSecret), Date.now());
}

const sessionOf = (host: string): string => browser.cookiesOf(host).get('plinth.edge_session') ?? '';

test('leads a browser through the sign-in back to the page that it asked for, with the caller for the application', async () => {
  const first = await browser.open(`${shop}/things?a=1&b=%2F`);
  expect(first.status).toBe(302);
  expect(first.values('location')).toEqual([`${shop}/edge/sign-in?return_to=%2Fthings%3Fa%3D1%26b%3D%252F`]);
  const page = await browser.visit(`${shop}/things?a=1&b=%2F`, /api\.localhost\/sign-in\?return_to/);
  const tenantId = await signUp();
  const back = await browser.visit(new URL(page.url.searchParams.get('return_to') ?? '', api).href);
  expect([back.url.href, back.answer.status]).toEqual([`${shop}/things?a=1&b=%2F`, 204]);
  expect(callerOf(back.answer)).toMatchObject({ kind: 'user', tenant: tenantId, roles: ['org_admin'] });
  // Nothing of ours goes on to the application.
  expect(back.answer.values('cookie')).toEqual([]);
});

test('signs in at a second application without asking again, by a session of its own', async () => {
  await signUp();
  expect((await browser.visit(`${shop}/`)).answer.status).toBe(204);
  expect((await browser.visit(`${books}/`)).answer.status).toBe(204);
  expect(sessionOf('shop.localhost')).not.toBe(sessionOf('books.localhost'));
});

test('answers programs with a problem instead of a redirect', async () => {
  const programs: readonly Readonly<Record<string, string>>[] = [
    { 'sec-fetch-mode': 'cors', accept: '*/*' },
    { 'sec-fetch-mode': 'navigate', authorization: 'Bearer wrong' },
    { 'sec-fetch-mode': 'navigate', 'x-api-key': 'plk_wrong' },
  ];
  for (const headers of programs) {
    const answer = await browser.open(`${shop}/things`, headers);
    expect([answer.status, answer.values('location')]).toEqual([401, []]);
    expect(answer.body.code).toMatch(/^auth\./);
  }
});

test('leads a browser at the public address to the sign-in of the platform itself', async () => {
  const answer = await browser.open(`${api}/api/v1/users/me`);
  expect([answer.status, answer.text]).toEqual([302, '']);
  expect(answer.values('location')).toEqual([`${api}/sign-in?return_to=%2Fapi%2Fv1%2Fusers%2Fme`]);
  await signUp();
  expect((await browser.open(`${api}/api/v1/users/me`)).status).toBe(200);
});

test('a tool shows its page to staff alone, and does not send others round and round', async () => {
  await signUp();
  const { url, answer } = await browser.visit('http://tool.localhost/ui');
  expect([url.href, answer.status, answer.body.code]).toEqual(['http://tool.localhost/ui', 403, 'auth.role_required']);
});

test('signing out ends the session here and at the provider, at once', async () => {
  await signUp();
  await browser.visit(`${shop}/`);
  await browser.visit(`${books}/`);
  const old = sessionOf('shop.localhost');
  const out = await browser.visit(`${shop}/edge/sign-out`, /shop\.localhost\/$/);
  expect(out.url.href).toBe(`${shop}/`);
  browser.setCookie('shop.localhost', 'plinth.edge_session', old);
  expect((await browser.open(`${shop}/`)).status).toBe(302);
  await eventually(async () => ((await browser.open(`${books}/`)).status === 302 ? true : undefined), 1500);
  browser.forget('shop.localhost');
  expect((await browser.visit(`${shop}/`, /api\.localhost\/sign-in\?return_to/)).url.origin).toBe(api);
});

test('open redirect: nobody is led to another host by return_to', async () => {
  await signUp();
  for (const path of [
    '//evil.example/',
    '/\\evil.example/',
    'https://evil.example/',
    '/%09/evil.example',
    '/..//evil.example',
    '/edge/sign-in',
    'javascript:alert(1)',
  ]) {
    const started = await browser.open(`${shop}/edge/sign-in?return_to=${encodeURIComponent(path)}`);
    const done = await browser.visit(
      started.values('location')[0] ?? '',
      /^http:\/\/(?!api\.)[^/]+\/(?!edge\/callback)/,
    );
    expect([path, done.url.origin]).toEqual([path, shop]);
    browser.forget('shop.localhost');
  }
});

test('open redirect: a host that is not of the platform is neither led to nor signed in', async () => {
  const stranger = new EdgeBrowser(platform.port, [{ host: 'evil.example', query: 'application=shop' }]);
  const answer = await stranger.open('http://evil.example/things');
  expect([answer.status, answer.body.code, answer.values('location')]).toEqual([401, 'auth.required', []]);
  for (const path of ['/edge/sign-in', '/edge/callback?code=x&state=y', '/edge/sign-out'])
    expect((await stranger.open(`http://evil.example${path}`)).status).toBe(404);
});

test('login CSRF: an answer of the provider counts only in the browser that asked for it', async () => {
  await signUp();
  const callback = await browser.visit(`${shop}/`, /\/edge\/callback/);
  const victim = new EdgeBrowser(platform.port, applications);
  const answer = await victim.open(callback.url.href);
  expect([answer.status, victim.cookiesOf('shop.localhost').size]).toEqual([400, 0]);
  expect(answer.text).toContain('it was not begun in this browser');
});

test('CSRF: an answer with another state, another issuer or another code is refused', async () => {
  await signUp();
  for (const [name, value] of [
    ['state', 'guessed'],
    ['iss', 'https://issuer.example'],
    ['code', 'guessed'],
  ] as const) {
    const { url } = await browser.visit(`${shop}/`, /\/edge\/callback/);
    url.searchParams.set(name, value);
    const answer = await browser.open(url.href);
    expect([name, answer.status, sessionOf('shop.localhost')]).toEqual([name, 400, '']);
  }
});

test('replay: an answer of the provider counts once', async () => {
  await signUp();
  const { url } = await browser.visit(`${shop}/`, /\/edge\/callback/);
  const attempts = new Map(browser.cookiesOf('shop.localhost'));
  expect((await browser.open(url.href)).status).toBe(302);
  for (const [name, value] of attempts) browser.setCookie('shop.localhost', name, value);
  const again = await browser.open(url.href);
  expect([again.status, again.text.includes('used before')]).toEqual([400, true]);
});

test('session fixation: a sign-in starts a session under a new key and ends the one before', async () => {
  await signUp();
  await browser.visit(`${shop}/`);
  const before = sessionOf('shop.localhost');
  const planted = `${'A'.repeat(43)}.${(Date.now() - 60_000).toString(36)}`;
  browser.setCookie('shop.localhost', 'plinth.edge_session', planted);
  await browser.visit(`${shop}/edge/sign-in`);
  expect(sessionOf('shop.localhost')).not.toBe(planted);
  // Old enough not to be taken for a sign-in that does not hold.
  const [key] = before.split('.');
  browser.setCookie('shop.localhost', 'plinth.edge_session', `${key}.${(Date.now() - 60_000).toString(36)}`);
  await browser.visit(`${shop}/edge/sign-in`);
  const other = new EdgeBrowser(platform.port, applications);
  other.setCookie('shop.localhost', 'plinth.edge_session', before);
  await eventually(async () => ((await other.open(`${shop}/`)).status === 302 ? true : undefined), 1500);
});

test('cookie tossing: the session of one host is worth nothing at another', async () => {
  await signUp();
  await browser.visit(`${shop}/`);
  const other = new EdgeBrowser(platform.port, applications);
  other.setCookie('books.localhost', 'plinth.edge_session', sessionOf('shop.localhost'));
  expect((await other.open(`${books}/`)).status).toBe(302);
  const attempt = await browser.open(`${books}/edge/sign-in`);
  expect(attempt.status).toBe(302);
  const [[name, value] = ['', '']] = [...browser.cookiesOf('books.localhost')];
  other.setCookie('shop.localhost', name, value);
  const state = new URL(attempt.values('location')[0] ?? '').searchParams.get('state') ?? '';
  expect((await other.open(`${shop}/edge/callback?code=x&state=${state}`)).status).toBe(400);
});

test('cookie tossing: the session of the provider, set on an application by another host, is worth nothing there', async () => {
  await signUp();
  const other = new EdgeBrowser(platform.port, applications);
  const [[name, value] = ['', '']] = [...browser.cookiesOf('api.localhost')];
  expect(name).toBe('plinth.session_token');
  other.setCookie('shop.localhost', name, value);
  expect((await other.open(`${shop}/`)).status).toBe(302);
});

test('redirect loops: a browser whose session does not hold is told so', async () => {
  await signUp();
  await browser.visit(`${shop}/`);
  const again = () => browser.open(`${shop}/edge/sign-in?return_to=/things`);
  // Once it may be a second tab.
  expect((await again()).values('location')).toEqual(['/things']);
  const answer = await again();
  expect([answer.status, answer.values('location')]).toEqual([409, []]);
  expect(answer.text).toContain('does not hold');
});

test('redirect loops: a browser without cookies comes to a page', async () => {
  const { url } = await browser.visit(`${shop}/`, /\/oauth2\/authorize/);
  const state = url.searchParams.get('state') ?? '';
  const without = new EdgeBrowser(platform.port, applications);
  expect((await without.open(`${shop}/edge/callback?code=x&state=${state}`)).status).toBe(400);
});

test('CSRF: another site can neither change anything with a session nor sign anybody out', async () => {
  await signUp();
  await browser.visit(`${shop}/`);
  const out = await browser.open(`${shop}/edge/sign-out`, { 'sec-fetch-site': 'cross-site' });
  expect(out.status).toBe(403);
  expect((await browser.post(`${shop}/things`, {})).status).toBe(204);
  const refused = await browser.post(`${shop}/things`, {}, { origin: 'http://evil.example' });
  expect([refused.status, refused.body.code]).toEqual([403, 'auth.origin_refused']);
});

test('header smuggling: what a browser says of its caller does not reach the application', async () => {
  await signUp();
  await browser.visit(`${shop}/`);
  const answer = await browser.open(`${shop}/`, { 'x-plinth-subject': 'root', connection: 'authorization, close' });
  expect(answer.status).toBe(204);
  expect(callerOf(answer)).toMatchObject({ kind: 'user' });
  const both = await browser.open(`${shop}/`, { authorization: 'Bearer forged', 'sec-fetch-mode': 'cors' });
  expect(both.status).toBe(401);
});

test('a logout token that is none ends nothing', async () => {
  const answer = await browser.post(`${shop}/edge/back-channel-logout`, {});
  expect([answer.status, answer.body.code]).toEqual([400, 'auth.logout_token_invalid']);
});
