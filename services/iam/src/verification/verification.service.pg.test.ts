import type { Clock } from '@plinth/common';
import { newId } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, password, sessionOf, signUp, startIam } from '../../test/builders.ts';
import { codeOf, lastMailTo, mailsTo, tokenOf } from '../../test/mailbox.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;
let optional: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ clock, environment: { IAM_EMAIL_VERIFICATION: 'required' } });
  optional = await startIam();
});
afterAll(async () => {
  await iam.stop();
  await optional.stop();
});

const register = (email: string, given = password, headers: Record<string, string> = {}) =>
  iam.request('POST', '/auth/sign-up/email', { body: { email, password: given, name: 'Ann' }, headers });
const signIn = (email: string, given = password) =>
  iam.request('POST', '/auth/sign-in/email', { body: { email, password: given } });
const verify = (body: object) => iam.request('POST', '/auth/verify-email', { body });
const newEmail = () => `${newId()}@example.test`;
const invalid = { status: 410, body: { code: 'authentication.token_invalid' } };

test('makes nobody a user before the link was used, and then signs them in', async () => {
  const email = newEmail();
  await iam.takeEvents();
  const answer = await register(email);
  expect(answer).toMatchObject({ status: 200, body: { user: null, next: 'verify_email' } });
  expect(answer.headers['set-cookie']).toBeUndefined();
  const mail = await lastMailTo(iam, email);
  expect((await signIn(email)).status).toBe(401);
  expect(await iam.takeEvents()).toMatchObject([{ type: 'audit.recorded' }]);
  const verified = await verify({ token: tokenOf(mail, '/sign-in/verify') });
  expect(verified).toMatchObject({ status: 200, body: { user: { email, emailVerified: true }, next: 'done' } });
  expect(await contractOf(iam).authenticateSession({ cookie: sessionOf(verified).cookie })).toMatchObject({ email });
  expect((await iam.takeEvents()).map(({ type }) => type)).toEqual([
    'identity.created',
    'identity.verified',
    'identity.signed_in',
  ]);
  expect((await signIn(email)).status).toBe(200);
});

test('takes the code instead of the link, in any letter case of the address', async () => {
  const email = newEmail();
  await register(email);
  const code = codeOf(await lastMailTo(iam, email));
  expect((await verify({ email: email.toUpperCase(), code })).status).toBe(200);
});

test('answers a sign-up with a known address like any other, and tells its owner by mail', async () => {
  const email = newEmail();
  const first = await register(email);
  await verify({ token: tokenOf(await lastMailTo(iam, email), '/sign-in/verify') });
  const again = await register(email, 'password of another one');
  const { date: _first, ...headers } = first.headers;
  const { date: _again, ...sameHeaders } = again.headers;
  expect(again.status).toBe(first.status);
  expect(again.body).toEqual(first.body);
  expect(Object.keys(sameHeaders).sort()).toEqual(Object.keys(headers).sort());
  const [, told] = await mailsTo(iam, email, 2);
  expect(told!.subject).toBe('You have an account at Plinth already');
  expect((await signIn(email)).status).toBe(200);
  expect((await signIn(email, 'password of another one')).status).toBe(401);
});

test('takes as long for a known address as for an unknown one', async () => {
  const known = newEmail();
  await register(known);
  await verify({ token: tokenOf(await lastMailTo(iam, known), '/sign-in/verify') });
  const measure = async (email: string) => {
    const started = performance.now();
    await register(email);
    return performance.now() - started;
  };
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  for (let round = 0; round < 12; round++) {
    times.known.push(await measure(known));
    times.unknown.push(await measure(newEmail()));
  }
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length / 2]!;
  const ratio = median(times.known) / median(times.unknown);
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.7);
});

test('refuses a link that was used, has expired or was made up', async () => {
  const [used, expired] = [newEmail(), newEmail()];
  await register(used);
  const token = tokenOf(await lastMailTo(iam, used), '/sign-in/verify');
  expect((await verify({ token })).status).toBe(200);
  expect(await verify({ token })).toMatchObject(invalid);
  await register(expired);
  const old = tokenOf(await lastMailTo(iam, expired), '/sign-in/verify');
  ahead += 24 * 3_600_000;
  expect(await verify({ token: old })).toMatchObject(invalid);
  expect(await verify({ token: 'x'.repeat(43) })).toMatchObject(invalid);
});

test('makes one user of two sign-ups that wait for the same address', async () => {
  const email = newEmail();
  await register(email, 'password of a stranger');
  await register(email);
  const [stranger, own] = await mailsTo(iam, email, 2);
  expect((await verify({ token: tokenOf(own!, '/sign-in/verify') })).status).toBe(200);
  expect(await verify({ token: tokenOf(stranger!, '/sign-in/verify') })).toMatchObject(invalid);
  expect((await signIn(email, 'password of a stranger')).status).toBe(401);
});

test('sends the mail again for a sign-up that waits, and nothing to anybody else', async () => {
  const [waiting, unknown, verified] = [newEmail(), newEmail(), newEmail()];
  await register(waiting);
  await register(verified);
  await mailsTo(iam, waiting);
  await verify({ token: tokenOf(await lastMailTo(iam, verified), '/sign-in/verify') });
  const again = (email: string) => iam.request('POST', '/auth/verification', { body: { email } });
  const answers = [await again(unknown), await again(verified), await again(waiting)];
  expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
    answers.map(() => ({ status: 202, body: { requested: true } })),
  );
  const newest = await lastMailTo(iam, waiting, 2);
  expect((await verify({ token: tokenOf(newest, '/sign-in/verify') })).status).toBe(200);
  expect(iam.mails.filter(({ to }) => to === unknown)).toEqual([]);
  expect(iam.mails.filter(({ to }) => to === verified)).toHaveLength(1);
});

test('sends an address five mails within 15 minutes at most', async () => {
  const email = newEmail();
  for (let attempt = 0; attempt < 8; attempt++) await register(email);
  await mailsTo(iam, email, 5);
  ahead += 16 * 60_000;
  await register(email);
  expect(await mailsTo(iam, email, 6)).toHaveLength(6);
});

test('slows guessing of codes down, from wherever the guesses come, and kills the code', async () => {
  const email = newEmail();
  await register(email);
  const mail = await lastMailTo(iam, email);
  const code = codeOf(mail);
  const wrong = code === '000000' ? '000001' : '000000';
  for (let attempt = 0; attempt < 5; attempt++) {
    ahead += 2000;
    const guess = await iam.request('POST', '/auth/verify-email', {
      body: { email, code: wrong },
      headers: { 'x-forwarded-for': `203.0.113.${attempt}` },
    });
    expect(guess).toMatchObject({ status: 401, body: { code: 'authentication.code_invalid' } });
  }
  expect(await verify({ email, code })).toMatchObject({ status: 429, body: { code: 'authentication.throttled' } });
  ahead += 61_000;
  expect((await verify({ email, code })).status).toBe(401);
  expect((await verify({ token: tokenOf(mail, '/sign-in/verify') })).status).toBe(200);
});

test('keeps a user whose address is not proven out where it must be, and says so to who knows the password', async () => {
  const email = newEmail();
  const user = await iam.database.transaction(undefined, (transaction) =>
    transaction.findRow<{ id: string }>(
      `WITH made AS (INSERT INTO auth.users (id, email, name, created_at, updated_at)
                     VALUES (gen_random_uuid(), $1, 'Ann', now(), now()) RETURNING id)
       SELECT id FROM made`,
      [email],
    ),
  );
  const other = newEmail();
  await register(other);
  await verify({ token: tokenOf(await lastMailTo(iam, other), '/sign-in/verify') });
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(
      `INSERT INTO auth.passwords SELECT $1, p.hash, now() FROM auth.passwords p JOIN auth.users u ON u.id = p.user_id WHERE u.email = $2`,
      [user!.id, other],
    ),
  );
  expect(await signIn(email, 'wrong horse')).toMatchObject({ status: 401 });
  expect(await signIn(email)).toMatchObject({ status: 403, body: { code: 'authentication.email_not_verified' } });
  const verified = await verify({ token: tokenOf(await lastMailTo(iam, email), '/sign-in/verify') });
  expect(verified).toMatchObject({ status: 200, body: { next: 'sign_in', user: { emailVerified: true } } });
  expect(verified.headers['set-cookie']).toBeUndefined();
  expect((await signIn(email)).status).toBe(200);
});

test('lets people in at once where addresses need no proof, and records the proof when it comes', async () => {
  const user = await signUp(optional);
  const token = tokenOf(await lastMailTo(optional, user.email), '/sign-in/verify');
  const answer = await optional.request('POST', '/auth/verify-email', {
    body: { token },
    headers: { cookie: user.cookies },
  });
  expect(answer.body).toMatchObject({ next: 'done', user: { emailVerified: true } });
  const verified = (await optional.takeEvents()).filter(
    ({ type, subject }) => type === 'identity.verified' && subject === user.userId,
  );
  expect(verified).toMatchObject([{ subject: user.userId, data: { userId: user.userId, email: user.email } }]);
});

test('makes links of the public URL, whatever host the request names', async () => {
  const email = newEmail();
  await register(email, password, { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' });
  const mail = await lastMailTo(iam, email);
  expect(tokenOf(mail, '/sign-in/verify')).toMatch(/^[\w-]{43}$/);
  expect(`${mail.text}${mail.html}`).not.toContain('evil.test');
});

test('writes in the language that the browser asks for', async () => {
  const email = newEmail();
  await register(email, password, { 'accept-language': 'fr-FR, de-AT;q=0.8, en;q=0.5' });
  expect((await lastMailTo(iam, email)).subject).toBe('Bestätigen Sie Ihre E-Mail-Adresse für Plinth');
});
