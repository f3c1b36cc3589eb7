import type { Principal } from '@plinth/contracts';
import type { Clock } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { Secret, TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, password, sessionOf, signUp, startIam, type SignedUpUser } from '../../test/builders.ts';
import { lastMailTo } from '../../test/mailbox.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ clock });
});
afterAll(() => iam.stop());

const wrongCode = { status: 401, body: { code: 'authentication.code_invalid' } };

/** The code that an app shows at the time of the test's clock. */
function codeOf(secret: string, steps = 0): string {
  const timestamp = clock.now().getTime() + steps * 30_000;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}

async function principalOf(cookie: string): Promise<Principal> {
  return (await contractOf(iam).authenticateSession({ cookie }))!;
}

function own(principal: Principal, path: string, body: object, headers: Record<string, string> = {}) {
  return iam.request('POST', `/users/me/${path}`, { principal, body, headers });
}

interface EnrolledUser {
  readonly user: SignedUpUser;
  readonly secret: string;
  readonly recoveryCodes: string[];
  readonly cookie: string;
}

/** A new user with an authenticator app whose last used code lies a step back. */
async function enrol(): Promise<EnrolledUser> {
  const user = await signUp(iam);
  const principal = await principalOf(user.cookie);
  const { secret } = (await own(principal, 'authenticator', { password })).body;
  const code = codeOf(secret);
  const confirmed = await own(principal, 'authenticator/confirmation', { code }, { cookie: user.cookies });
  expect(confirmed.status).toBe(200);
  ahead += 30_000;
  return { user, secret, recoveryCodes: confirmed.body.recoveryCodes, cookie: sessionOf(confirmed).cookie };
}

async function signIn(user: SignedUpUser) {
  const response = await iam.request('POST', '/auth/sign-in/email', { body: { email: user.email, password } });
  expect(response).toMatchObject({ status: 200, body: { next: 'second_factor' } });
  return sessionOf(response);
}

function complete(cookies: string, body: object, headers: Record<string, string> = {}) {
  return iam.request('POST', '/auth/second-factor', { body, headers: { cookie: cookies, ...headers } });
}

test('shows a secret as text, as key URI and as a QR code without anything from elsewhere', async () => {
  const user = await signUp(iam);
  const { body } = await own(await principalOf(user.cookie), 'authenticator', { password });
  const parsed = URI.parse(body.uri) as TOTP;
  expect(parsed).toMatchObject({ issuer: 'Plinth', label: user.email, algorithm: 'SHA1', digits: 6, period: 30 });
  expect(parsed.secret.base32).toBe(body.secret);
  expect(body.qrCode).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(body.qrCode).not.toMatch(/href|<script|url\(/);
});

test('asks for a code only once the app was confirmed, and keeps the secret encrypted', async () => {
  const user = await signUp(iam);
  const principal = await principalOf(user.cookie);
  const { secret } = (await own(principal, 'authenticator', { password })).body;
  const body = { email: user.email, password };
  expect((await iam.request('POST', '/auth/sign-in/email', { body })).body.next).toBe('done');
  const wrong = await own(principal, 'authenticator/confirmation', { code: codeOf(secret, 10) });
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: '/code' }] } });
  const rows = await iam.database.transaction(undefined, (transaction) =>
    transaction.rows<{ secret: Buffer }>(`SELECT secret FROM auth.authenticators WHERE user_id = $1`, [user.userId]),
  );
  expect(rows[0]!.secret.includes(secret)).toBe(false);
  expect(rows[0]!.secret.includes(Buffer.from(Secret.fromBase32(secret).bytes))).toBe(false);
});

test('completes a sign-in with a code under a new token; until then the session is worth nothing', async () => {
  const { user, secret, cookie: enrolledIn } = await enrol();
  expect(enrolledIn).not.toBe(user.cookie);
  const pending = await signIn(user);
  expect(await contractOf(iam).authenticateSession({ cookie: pending.cookie })).toBeNull();
  expect((await iam.request('GET', '/auth/token', { headers: { cookie: pending.cookies } })).status).toBe(401);
  const done = await complete(pending.cookies, { code: codeOf(secret) });
  expect(done).toMatchObject({ status: 200, body: { next: 'done', user: { id: user.userId } } });
  const { cookie, cookies } = sessionOf(done);
  expect(cookie).not.toBe(pending.cookie);
  expect(await iam.request('GET', '/auth/session', { headers: { cookie: pending.cookies } })).toMatchObject({
    body: { session: null },
  });
  const session = await iam.request('GET', '/auth/session', { headers: { cookie: cookies } });
  expect(session.body.session).toMatchObject({ methods: ['pwd', 'otp'], secondFactorPending: false });
});

test('refuses a code that was used, and one of an earlier step', async () => {
  const { user, secret } = await enrol();
  const first = await signIn(user);
  const code = codeOf(secret);
  expect((await complete(first.cookies, { code })).status).toBe(200);
  const second = await signIn(user);
  expect(await complete(second.cookies, { code })).toMatchObject(wrongCode);
  ahead += 2000;
  expect(await complete(second.cookies, { code: codeOf(secret, -1) })).toMatchObject(wrongCode);
  ahead += 30_000;
  expect((await complete(second.cookies, { code: codeOf(secret) })).status).toBe(200);
});

test('takes one of two that use the same code at once', async () => {
  const { user, secret } = await enrol();
  const [first, second] = [await signIn(user), await signIn(user)];
  const code = codeOf(secret);
  const answers = await Promise.all([complete(first.cookies, { code }), complete(second.cookies, { code })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
});

test('takes each recovery code once, however it is typed, and tells the owner', async () => {
  const { user, recoveryCodes } = await enrol();
  expect(new Set(recoveryCodes).size).toBe(10);
  const first = await signIn(user);
  const typed = recoveryCodes[0]!.toUpperCase().replace('-', ' ');
  expect((await complete(first.cookies, { recoveryCode: typed })).status).toBe(200);
  const second = await signIn(user);
  expect(await complete(second.cookies, { recoveryCode: recoveryCodes[0]! })).toMatchObject(wrongCode);
  const principal = await principalOf((await enrol()).cookie);
  const foreign = recoveryCodes[1]!;
  expect(principal.subject).not.toBe(user.userId);
  ahead += 2000;
  expect((await complete(second.cookies, { recoveryCode: foreign })).status).toBe(200);
  expect((await lastMailTo(iam, user.email, 3)).text).toContain('one of your recovery codes');
  const rows = await iam.database.transaction(undefined, (transaction) =>
    transaction.rows(`SELECT code_hash FROM auth.recovery_codes WHERE user_id = $1`, [user.userId]),
  );
  expect(rows).toHaveLength(8);
});

test('does not take the recovery code of somebody else', async () => {
  const [ann, eve] = [await enrol(), await enrol()];
  const pending = await signIn(ann.user);
  expect(await complete(pending.cookies, { recoveryCode: eve.recoveryCodes[0]! })).toMatchObject(wrongCode);
});

test('survives guessing of codes: from many addresses and in many sessions the numbers of the sign-in hold', async () => {
  const { user, secret, recoveryCodes } = await enrol();
  for (let guess = 0; guess < 5; guess++) {
    ahead += 2000;
    const { cookies } = await signIn(user);
    const body = guess % 2 === 0 ? { code: '000000' } : { recoveryCode: 'aaaaa-aaaaa' };
    const headers = { 'x-forwarded-for': `203.0.113.${guess}` };
    expect(await complete(cookies, body, headers)).toMatchObject(wrongCode);
  }
  const { cookies } = await signIn(user);
  const refused = await complete(cookies, { code: codeOf(secret) });
  expect(refused).toMatchObject({ status: 429, body: { code: 'authentication.throttled' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(55);
  expect((await complete(cookies, { recoveryCode: recoveryCodes[0]! })).status).toBe(429);
  ahead += 61_000;
  expect((await complete(cookies, { code: codeOf(secret) })).status).toBe(200);
});

test('counts guesses that are sent side by side', async () => {
  const { user } = await enrol();
  const { cookies } = await signIn(user);
  const answers = await Promise.all(Array.from({ length: 8 }, () => complete(cookies, { code: '000000' })));
  expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(2);
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(6);
});

test('removes the app and renews recovery codes for a fresh strong sign-in or the password, and for nothing less', async () => {
  const { user, cookie, recoveryCodes } = await enrol();
  const principal = await principalOf(cookie);
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.sessions SET created_at = $2 WHERE id = $1`, [principal.session, clock.now()]),
  );
  const renewed = await own(principal, 'recovery-codes', {});
  expect(renewed.body.recoveryCodes).toHaveLength(10);
  expect(renewed.body.recoveryCodes).not.toContain(recoveryCodes[0]);
  ahead += 601_000;
  const recent = { status: 403, body: { code: 'authentication.recent_sign_in_required' } };
  expect(await own(principal, 'recovery-codes', {})).toMatchObject(recent);
  expect(await own(principal, 'authenticator/removal', {})).toMatchObject(recent);
  expect((await own(principal, 'authenticator/removal', { password: 'wrong horse' })).status).toBe(400);
  expect((await own(principal, 'authenticator/removal', { password })).status).toBe(200);
  const state = await iam.request('GET', '/users/me/authenticator', { principal });
  expect(state.body).toEqual({ confirmedAt: null, recoveryCodesLeft: 0 });
  const body = { email: user.email, password };
  expect((await iam.request('POST', '/auth/sign-in/email', { body })).body.next).toBe('done');
});

test('takes a sign-in without the second factor for none at all, however fresh it is', async () => {
  const { user } = await enrol();
  const weak = await iam.database.transaction(undefined, async (transaction) => {
    await transaction.execute(`UPDATE auth.sessions SET strong = false, created_at = $2 WHERE user_id = $1`, [
      user.userId,
      clock.now(),
    ]);
    return transaction.findRow<{ id: string }>(`SELECT id FROM auth.sessions WHERE user_id = $1`, [user.userId]);
  });
  const principal: Principal = { kind: 'user', subject: user.userId, roles: [], session: weak!.id };
  expect((await own(principal, 'authenticator/removal', {})).status).toBe(403);
});

test('keeps one app: another one needs the first one removed', async () => {
  const { cookie } = await enrol();
  const again = await own(await principalOf(cookie), 'authenticator', { password });
  expect(again).toMatchObject({ status: 409, body: { code: 'second_factor.authenticator_exists' } });
});

test('lets nobody who acts for a user touch their second factor', async () => {
  const { cookie } = await enrol();
  const principal = { ...(await principalOf(cookie)), actor: (await signUp(iam)).userId };
  for (const path of ['authenticator', 'authenticator/removal', 'recovery-codes'])
    expect((await own(principal, path, { password })).status, path).toBe(403);
});

test('has nothing to complete without a session', async () => {
  expect(await iam.request('POST', '/auth/second-factor', { body: { code: '123456' } })).toMatchObject({
    status: 401,
    body: { code: 'auth.required' },
  });
});
