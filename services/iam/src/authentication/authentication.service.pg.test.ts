import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import type { Clock } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { contractOf, createTenant, origin, password, sessionOf, signUp, startIam } from '../../test/builders.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ clock });
  await iam.takeEvents();
});
afterAll(() => iam.stop());

test('signs up, in and out, and says so in events that carry the user as their key', async () => {
  await iam.takeEvents();
  const user = await signUp(iam);
  expect(user.cookie).toMatch(/^[\w-]{43}\./);
  const signedIn = await iam.request('POST', '/auth/sign-in/email', {
    body: { email: user.email.toUpperCase(), password },
  });
  expect(signedIn.status).toBe(200);
  const { cookies } = sessionOf(signedIn);
  const session = await iam.request('GET', '/auth/session', { headers: { cookie: cookies } });
  expect(session.body).toMatchObject({
    user: { id: user.userId, email: user.email },
    session: { methods: ['pwd'], secondFactorPending: false, actorId: null },
  });
  const signedOut = await iam.request('POST', '/auth/sign-out', { headers: { cookie: cookies, origin } });
  expect(signedOut.status).toBe(200);
  expect((await iam.request('GET', '/auth/session', { headers: { cookie: cookies } })).body).toEqual({
    user: null,
    session: null,
  });
  const events = (await iam.takeEvents()) as {
    type: string;
    subject: string;
    specversion: string;
    id: string;
    data: unknown;
  }[];
  expect(events.map((event) => event.type)).toEqual([
    'identity.created',
    'identity.signed_in',
    'identity.signed_in',
    'identity.signed_out',
  ]);
  expect(new Set(events.map((event) => event.subject))).toEqual(new Set([user.userId]));
  expect(events[0]).toMatchObject({
    specversion: '1.0',
    source: '/services/iam',
    data: { userId: user.userId, email: user.email, name: 'Ann' },
  });
  expect(
    events.every((event) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(event.id)),
  ).toBe(true);
});

test('sets a session cookie that scripts cannot read and that outlives no browser session', async () => {
  const response = await iam.request('POST', '/auth/sign-up/email', {
    body: { email: 'cookie@example.test', password, name: 'Ann' },
  });
  expect(String(response.headers['set-cookie'])).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('signs an address up once, whoever tries at the same time', async () => {
  await iam.takeEvents();
  const responses = await Promise.all(
    [1, 2, 3].map(() =>
      iam.request('POST', '/auth/sign-up/email', { body: { email: 'once@example.test', password, name: 'Ann' } }),
    ),
  );
  expect(responses.filter((response) => response.status === 200)).toHaveLength(1);
  expect((await iam.takeEvents()).filter((event) => event.type === 'identity.created')).toHaveLength(1);
});

test('keeps user, credential and event together: a sign-up that fails half-way leaves nothing', async () => {
  await iam.takeEvents();
  const { pathname } = new URL(iam.database.pool.options.connectionString!);
  const admin = new pg.Client({
    connectionString: Object.assign(new URL(inject('postgresUrl' as never) as string), { pathname }).href,
  });
  await admin.connect();
  try {
    await admin.query('REVOKE INSERT ON auth.passwords FROM plinth_iam');
    const failed = await iam.request('POST', '/auth/sign-up/email', {
      body: { email: 'half@example.test', password, name: 'Ann' },
    });
    expect(failed).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect((await admin.query(`SELECT 1 FROM auth.users WHERE email = 'half@example.test'`)).rows).toEqual([]);
    expect(await iam.takeEvents()).toEqual([]);
  } finally {
    await admin.query('GRANT INSERT ON auth.passwords TO plinth_iam');
    await admin.end();
  }
});

test('answers problems with stable codes', async () => {
  const user = await signUp(iam);
  const post = (path: string, body: unknown, headers = {}) => iam.request('POST', `/auth${path}`, { body, headers });
  expect(await post('/sign-up/email', { email: user.email, password, name: 'Ann' })).toMatchObject({
    status: 409,
    body: { code: 'authentication.email_taken' },
  });
  expect(await post('/sign-up/email', { email: 'x@example.test', password: 'short', name: 'Ann' })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/password' }] },
  });
  expect(await post('/sign-up/email', { email: 'nonsense' })).toMatchObject({
    status: 400,
    body: { code: 'request.invalid' },
  });
  expect(await post('/sign-in/email', { email: user.email, password: 'wrong horse' })).toMatchObject({
    status: 401,
    body: { code: 'authentication.invalid_credentials' },
  });
  expect(await post('/sign-in/email', '{')).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
  expect(await post('/sign-in/email', { email: user.email, password }, { origin: 'https://evil.test' })).toMatchObject({
    status: 403,
    body: { code: 'authentication.origin_not_trusted' },
  });
  expect(await iam.request('GET', '/auth/token')).toMatchObject({ status: 401, body: { code: 'auth.required' } });
  expect(await iam.request('GET', '/auth/list-sessions')).toMatchObject({
    status: 404,
    body: { code: 'route.not_found' },
  });
  expect(await post('/update-user', { name: 'Eve' }, { cookie: user.cookies, origin })).toMatchObject({ status: 404 });
});

test('slows down guessing: one address waits, others do not, and the right password waits too', async () => {
  const [user, other] = [await signUp(iam), await signUp(iam)];
  const signIn = (email: string, given: string) =>
    iam.request('POST', '/auth/sign-in/email', { body: { email, password: given } });
  for (let attempt = 0; attempt < 5; attempt++) {
    ahead += 2000;
    expect((await signIn(user.email, 'wrong horse')).status).toBe(401);
  }
  const refused = await signIn(user.email, password);
  expect(refused).toMatchObject({ status: 429, body: { code: 'authentication.throttled' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(55);
  expect((await signIn(other.email, password)).status).toBe(200);
  ahead += 61_000;
  expect((await signIn(user.email, password)).status).toBe(200);
  expect((await signIn(user.email, 'wrong horse')).status).toBe(401);
});

test('takes as long for an unknown address, a user without a password and a wrong password', async () => {
  const [known, without] = [await signUp(iam), await signUp(iam)];
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`DELETE FROM auth.passwords WHERE user_id = $1`, [without.userId]),
  );
  const times = new Map<string, number[]>(
    [known.email, without.email, 'nobody@example.test'].map((email) => [email, []]),
  );
  for (let round = 0; round < 10; round++) {
    ahead += 901_000;
    for (const [email, list] of times) {
      const started = performance.now();
      const { status } = await iam.request('POST', '/auth/sign-in/email', { body: { email, password: 'wrong horse' } });
      list.push(performance.now() - started);
      expect(status).toBe(401);
    }
  }
  const medians = [...times.values()].map((list) => list.toSorted((a, b) => a - b)[list.length / 2]!);
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.7);
});

test('counts guesses that are sent side by side', async () => {
  const user = await signUp(iam);
  const responses = await Promise.all(
    Array.from({ length: 8 }, () =>
      iam.request('POST', '/auth/sign-in/email', { body: { email: user.email, password: 'wrong horse' } }),
    ),
  );
  expect(responses.filter((response) => response.status === 401).length).toBeLessThanOrEqual(2);
  expect(responses.filter((response) => response.status === 429).length).toBeGreaterThanOrEqual(6);
});

test('issues RS256 access tokens that its published keys verify, for the default or the requested tenant', async () => {
  const user = await signUp(iam);
  const first = await createTenant(iam, user.userId);
  const second = await createTenant(iam, user.userId);
  const keys = createLocalJWKSet((await iam.request('GET', '/auth/jwks')).body as JSONWebKeySet);
  const { token } = (await iam.request('GET', '/auth/token', { headers: { cookie: user.cookies } })).body;
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer: `${origin}/api/v1/auth`,
    audience: 'plinth-api',
    algorithms: ['RS256'],
  });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({
    sub: user.userId,
    tenant_id: first.tenantId,
    organization_id: first.organizationId,
    roles: ['org_admin'],
    email: user.email,
  });
  expect(payload.exp! - payload.iat!).toBe(900);
  const contractKeys = await contractOf(iam).listSigningKeys({});
  await jwtVerify(token, createLocalJWKSet(contractKeys as unknown as JSONWebKeySet), { algorithms: ['RS256'] });
  const requested = await iam.request('GET', '/auth/token', {
    headers: { cookie: user.cookies, 'x-tenant-id': second.tenantId },
  });
  expect(decodeJwt(requested.body.token)).toMatchObject({
    tenant_id: second.tenantId,
    organization_id: second.organizationId,
  });
  const foreign = await createTenant(iam, (await signUp(iam)).userId);
  const refused = await iam.request('GET', '/auth/token', {
    headers: { cookie: user.cookies, 'x-tenant-id': foreign.tenantId },
  });
  expect(refused).toMatchObject({ status: 403, body: { code: 'tenant.not_a_member' } });
  expect(
    (await iam.request('GET', '/auth/token', { headers: { cookie: user.cookies, 'x-tenant-id': 'x' } })).status,
  ).toBe(400);
});

test('keeps private keys encrypted and passwords hashed with argon2id', async () => {
  const user = await signUp(iam);
  await iam.request('GET', '/auth/token', { headers: { cookie: user.cookies } });
  const rows = await iam.database.transaction(undefined, async (transaction) => ({
    keys: await transaction.rows<{ key: Buffer }>(`SELECT private_key AS key FROM auth.signing_keys`),
    passwords: await transaction.rows<{ hash: string }>(`SELECT hash FROM auth.passwords`),
  }));
  expect(rows.keys.length).toBeGreaterThan(0);
  expect(rows.keys.some(({ key }) => key.includes('"kty"'))).toBe(false);
  expect(rows.passwords.length).toBeGreaterThan(0);
  expect(rows.passwords.every(({ hash }) => hash.startsWith('$argon2id$'))).toBe(true);
});

test('ends every other session when the password changes', async () => {
  const user = await signUp(iam);
  const other = sessionOf(await iam.request('POST', '/auth/sign-in/email', { body: { email: user.email, password } }));
  expect(await contractOf(iam).authenticateSession({ cookie: other.cookie })).not.toBeNull();
  const principal = (await contractOf(iam).authenticateSession({ cookie: user.cookie }))!;
  const change = (currentPassword: string) =>
    iam.request('PUT', '/users/me/password', {
      principal,
      body: { currentPassword, newPassword: 'another horse' },
      headers: { cookie: user.cookies },
    });
  expect(await change('wrong horse')).toMatchObject({ status: 400, body: { errors: [{ path: '/currentPassword' }] } });
  const changed = await change(password);
  expect(changed.status).toBe(200);
  expect(await contractOf(iam).authenticateSession({ cookie: other.cookie })).toBeNull();
  expect(await contractOf(iam).authenticateSession({ cookie: user.cookie })).toBeNull();
  expect(await contractOf(iam).authenticateSession({ cookie: sessionOf(changed).cookie })).toMatchObject({
    subject: user.userId,
  });
});

test('refuses to sign anybody up where self-registration is off, and still signs the administrator in', async () => {
  const closed = await startIam({ environment: { IAM_SELF_REGISTRATION: 'false' } });
  try {
    const refused = await closed.request('POST', '/auth/sign-up/email', {
      body: { email: 'a@example.test', password, name: 'Ann' },
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'authentication.self_registration_off' } });
    const body = { email: 'admin@plinth.localhost', password: 'initial password' };
    expect((await closed.request('POST', '/auth/sign-in/email', { body })).status).toBe(200);
  } finally {
    await closed.stop();
  }
});
