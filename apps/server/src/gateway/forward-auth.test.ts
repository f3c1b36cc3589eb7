import { defineService, standardHealth, type Principal } from '@plinth/contracts';
import { createLogger, InvalidTokenError, newId, Secret, sendProblem, verifyInternalToken } from '@plinth/common';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { Admission } from './admission.ts';
import type { Authentication } from './authentication.ts';
import { addForwardAuth } from './forward-auth.ts';
import { RateLimiter } from './rate-limiter.ts';
import { RouteTable } from './route-table.ts';
import { BrowserSignIn } from './sign-in/browser-sign-in.service.ts';
import { EdgeSessions } from './sign-in/edge-session.service.ts';
import { MemoryEdgeSessionStore } from './sign-in/edge-session.store.ts';
import { sendToIssuer } from './sign-in/provider-requests.ts';
import { RelyingParty } from './sign-in/relying-party.ts';
import { UsageQuotas } from './usage-quotas.ts';

const secret = new Secret('a-secret-of-thirty-two-characters');
const log = createLogger({ level: 'silent' });
const principal: Principal = { kind: 'user', subject: 'ada', tenant: newId(), roles: ['org_admin'] };
const table = new RouteTable([
  defineService({
    name: 'metering',
    title: 'Metering',
    description: '',
    port: 3000,
    rateLimit: 2,
    routes: [{ path: '/usage' }, { path: '/open', public: true }, { path: '/sold', usage: { unit: 'api_call' } }],
    variablePrefix: 'X_',
    variables: [],
    database: { schema: 'metering', role: 'metering' },
    events: { publishes: [], consumes: {} },
    calls: [],
    health: standardHealth,
    resources: { cpu: '1', memory: '1' },
  }),
]);

let app: FastifyInstance;
afterEach(() => app.close());

interface Setting {
  readonly trusted?: string;
  readonly caller?: Principal | undefined;
  readonly status?: string;
}

function build({ trusted = 'loopback', caller = principal, status = 'active' }: Setting = {}): FastifyInstance {
  app = fastify(trusted === '' ? {} : { trustProxy: trusted });
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log));
  app.decorateRequest('principal', undefined);
  app.decorateRequest('gatewayService', 'platform');
  const authentication = {
    authenticate: ({ headers }: { headers: Record<string, unknown> }) => {
      if (headers['authorization'] === 'Bearer wrong') throw new InvalidTokenError('it is „wrong“');
      return headers['authorization'] === undefined ? undefined : caller;
    },
  } as unknown as Authentication;
  const admission = new Admission({
    authentication,
    tenants: { findTenant: async () => ({ status }) } as never,
    limiter: new RateLimiter(),
    quotas: createQuotas(),
    now: Date.now,
  });
  addForwardAuth(app, {
    routes: table,
    admission,
    signIn: createSignIn(),
    rateLimitFactor: 1,
    internalSecret: secret,
    log,
    now: Date.now,
  });
  return app;
}

/** Of one call, for the principal's tenant. */
function createQuotas(): UsageQuotas {
  const left = { limit: '1', used: '0', remaining: '1', overage: '0', resetsAt: null };
  return new UsageQuotas({
    accounts: { findAccountOfTenant: async () => ({ tenantId: 'seller', accountId: 'payer' }) },
    metering: { checkQuota: async () => ({ allowed: false, ...left }) },
    log,
    now: Date.now,
  });
}

function createSignIn(): BrowserSignIn {
  const now = Date.now;
  const publicOrigin = 'https://api.example.com';
  const settings = {
    issuer: `${publicOrigin}/api/v1/auth`,
    discoveryUrl: undefined,
    embedded: true,
    clientId: 'plinth-web',
    clientSecret: undefined,
    publicOrigin,
    origins: new Set([publicOrigin, 'https://shop.example.com']),
  };
  const relyingParty = new RelyingParty({ settings, send: sendToIssuer, now });
  const sessions = new EdgeSessions({ store: new MemoryEdgeSessionStore(now), relyingParty, secret, log, now });
  const verify = () => Promise.reject(new InvalidTokenError('there is none here'));
  return new BrowserSignIn({ settings, relyingParty, sessions, verify, secret, now });
}

function ask(query: string, uri: string, headers: Record<string, string> = { authorization: 'Bearer right' }) {
  return app.inject({
    url: `/edge/verify?${query}`,
    headers: { 'x-forwarded-method': 'GET', 'x-forwarded-uri': uri, 'x-forwarded-for': '203.0.113.7', ...headers },
  });
}

test('answers with a token for the service, and counts', async () => {
  build();
  const answer = await ask('service=metering', '/api/v1/usage/1?a=b');
  expect(answer.statusCode).toBe(204);
  const token = String(answer.headers['authorization']).replace('Bearer ', '');
  expect(verifyInternalToken(token, 'metering', secret, Date.now())).toEqual(principal);
  expect(answer.headers).toMatchObject({ ratelimit: '"metering";r=1;t=60', 'cache-control': 'no-store' });
});

test.each([
  ['no proxy is trusted', { trusted: '' }, {}],
  ['the one who asks is no trusted proxy', { trusted: '10.0.0.0/8' }, {}],
  ['nobody says who the client is', {}, { 'x-forwarded-for': '' }],
  ['nobody says how it is asked for', {}, { 'x-forwarded-method': '' }],
])('does not exist when %s', async (_case, setting, headers) => {
  build(setting);
  const answer = await ask('service=metering', '/api/v1/usage', { authorization: 'Bearer right', ...headers });
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'route.not_found']);
  expect(answer.headers['authorization']).toBeUndefined();
});

test.each([
  ['service=metering', '/api/v1/other'],
  ['service=iam', '/api/v1/usage'],
  ['service=metering', '/api/v1/%75sage'],
  ['', '/api/v1/usage'],
  ['tool=kafka-ui', '/'],
])('refuses %s for %s', async (query, uri) => {
  build();
  expect((await ask(query, uri)).statusCode).toBe(404);
});

test('refuses the third request of two, by caller, with the path that the client asked for', async () => {
  build();
  await ask('service=metering', '/api/v1/usage');
  await ask('service=metering', '/api/v1/usage');
  const answer = await ask('service=metering', '/api/v1/usage?secret=1');
  expect(answer.statusCode).toBe(429);
  expect(answer.json()).toMatchObject({ code: 'request.rate_limited', instance: '/api/v1/usage' });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
});

test('a quota holds behind other gateways too, and tells them what the client gets', async () => {
  build();
  const passed = await ask('service=metering', '/api/v1/sold');
  expect([passed.statusCode, passed.headers['ratelimit']]).toEqual([204, '"metering";r=1;t=60, "api_call";r=0']);
  const refused = await ask('service=metering&refuse=403', '/api/v1/sold');
  expect(refused.headers).toMatchObject({ 'x-plinth-status': '429', ratelimit: '"api_call";r=0' });
  expect(JSON.parse(String(refused.headers['x-plinth-problem']))).toMatchObject({ code: 'quota.exceeded' });
});

test.each([
  ['the operator', { ...principal, roles: ['platform_admin'] }],
  ['support staff who act as a user', { ...principal, actor: 'operator' }],
  ['somebody without a tenant', { ...principal, tenant: undefined } as unknown as Principal],
])('nothing is sold to %s', async (_who, caller) => {
  build({ caller });
  for (let count = 0; count < 2; count += 1) {
    const answer = await ask('service=metering', '/api/v1/sold');
    expect([answer.statusCode, String(answer.headers['ratelimit']).includes('api_call')]).toEqual([204, false]);
  }
});

test('puts a refusal in ASCII headers for gateways that know 403 only', async () => {
  build();
  const answer = await ask('service=metering&refuse=403', '/api/v1/usage', { authorization: 'Bearer wrong' });
  expect([answer.statusCode, answer.headers['x-plinth-status']]).toEqual([403, '401']);
  const problem = String(answer.headers['x-plinth-problem']);
  expect(problem).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(problem)).toMatchObject({ status: 401, detail: expect.stringContaining('„wrong“') });
  const long = await ask('service=metering&refuse=403', `/api/v1/usage/${'x'.repeat(9000)}`, {});
  expect(String(long.headers['x-plinth-problem']).length).toBeLessThan(2000);
});

test('refuses suspended tenants, and callers that nobody knows', async () => {
  build({ status: 'suspended' });
  expect((await ask('service=metering', '/api/v1/usage')).json().code).toBe('tenant.suspended');
  expect((await ask('service=metering', '/api/v1/usage', {})).json().code).toBe('auth.required');
});

test('a public route gets its cookie and no token', async () => {
  build();
  const answer = await ask('service=metering', '/api/v1/open', { authorization: 'Bearer wrong', cookie: 'a=1' });
  expect([answer.statusCode, answer.headers['cookie'], answer.headers['authorization']]).toEqual([
    204,
    'a=1',
    undefined,
  ]);
});

test('an application is counted by the limit of its route', async () => {
  build();
  const statuses = [];
  for (let count = 0; count < 4; count += 1)
    statuses.push((await ask('application=chat&limit=3', '/anything')).statusCode);
  expect(statuses).toEqual([204, 204, 204, 429]);
});

test('a tool is for its role, and never sees a cookie of the platform', async () => {
  build();
  const cookie = '__Secure-plinth.session_token=secret; grafana=1; plinth.session_data=x';
  const member = await ask('tool=grafana&role=platform_admin', '/', { authorization: 'Bearer right', cookie });
  expect([member.statusCode, member.json().code]).toEqual([403, 'auth.role_required']);
  await app.close();
  build({ caller: { ...principal, roles: ['platform_admin'] } });
  const staff = await ask('tool=grafana&role=platform_admin', '/', { authorization: 'Bearer right', cookie });
  expect([staff.statusCode, staff.headers['cookie'], staff.headers['authorization']]).toEqual([
    204,
    'grafana=1',
    undefined,
  ]);
});

test('counts an API key with a limit of its own over all routes together, beside the limit of each', async () => {
  build({ caller: { ...principal, kind: 'api-key', subject: newId(), rateLimit: 2 } });
  const first = await ask('application=shop&limit=100', '/');
  expect(first.headers).toMatchObject({ 'ratelimit-policy': '"api-key";q=2;w=60', ratelimit: '"api-key";r=1;t=60' });
  expect((await ask('application=books&limit=100', '/')).statusCode).toBe(204);
  const third = await ask('service=metering', '/api/v1/usage');
  expect([third.statusCode, third.headers['ratelimit']]).toEqual([429, '"api-key";r=0;t=60']);
});

test('does not count requests against an API key that the limit of a route has refused', async () => {
  build({ caller: { ...principal, kind: 'api-key', subject: newId(), rateLimit: 4 } });
  for (let count = 0; count < 3; count += 1) await ask('service=metering', '/api/v1/usage');
  const other = await ask('application=shop&limit=100', '/');
  expect(other.headers['ratelimit']).toBe('"api-key";r=1;t=60');
});

const navigation = { accept: 'text/html', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example.com' };

test('leads a browser that opens a page to the sign-in of the host that it asked', async () => {
  build();
  const answer = await ask('application=shop', '/things?a=1', navigation);
  expect([answer.statusCode, answer.headers['location'], answer.headers['www-authenticate']]).toEqual([
    302,
    'https://shop.example.com/edge/sign-in?return_to=%2Fthings%3Fa%3D1',
    undefined,
  ]);
});

test('tells nginx in headers where a browser signs in', async () => {
  build();
  const answer = await ask('application=shop&refuse=403', '/', navigation);
  expect([answer.statusCode, answer.headers['x-plinth-status'], answer.headers['x-plinth-location']]).toEqual([
    403,
    '302',
    'https://shop.example.com/edge/sign-in?return_to=%2F',
  ]);
});

test.each([
  ['a host that is not of the platform', { ...navigation, 'x-forwarded-host': 'evil.example' }],
  ['another scheme', { ...navigation, 'x-forwarded-proto': 'gopher' }],
  ['a program', { ...navigation, accept: 'application/json, text/html' }],
  ['a script of a page', { ...navigation, 'sec-fetch-mode': 'cors' }],
  ['a request that writes', { ...navigation, 'x-forwarded-method': 'POST' }],
])('leads %s nowhere', async (_case, headers) => {
  build();
  const answer = await ask('application=shop', '/', headers);
  expect([answer.statusCode, answer.headers['location']]).toEqual([401, undefined]);
});

test('open redirect: the way back never leads to another host', async () => {
  build();
  for (const uri of ['//evil.example/', '/\\evil.example/', 'https://evil.example/', '/..//evil.example']) {
    const answer = await ask('application=shop', uri, navigation);
    expect(answer.headers['location']).toBe('https://shop.example.com/edge/sign-in?return_to=%2F');
  }
});
