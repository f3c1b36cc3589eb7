import { newId, type Clock } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, password, sessionOf, signUp, startIam } from '../../test/builders.ts';
import { lastMailTo, mailsTo, tokenOf } from '../../test/mailbox.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ clock });
});
afterAll(() => iam.stop());

const request = (email: string, headers: Record<string, string> = {}) =>
  iam.request('POST', '/auth/password-reset', { body: { email }, headers });
const confirm = (token: string, given = 'another horse') =>
  iam.request('POST', '/auth/password-reset/confirm', { body: { token, password: given } });
const signIn = (email: string, given: string) =>
  iam.request('POST', '/auth/sign-in/email', { body: { email, password: given } });
const invalid = { status: 410, body: { code: 'authentication.token_invalid' } };

/** Asks for a link; the address has got the mail of its sign-up before. */
async function tokenFor(email: string, mails = 2): Promise<string> {
  await request(email);
  return tokenOf(await lastMailTo(iam, email, mails), '/sign-in/reset');
}

test('sets a new password once, ends every session and tells the owner', async () => {
  const user = await signUp(iam);
  const token = await tokenFor(user.email);
  await iam.takeEvents();
  const answer = await confirm(token);
  expect(answer).toMatchObject({ status: 200, body: { changed: true } });
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(await contractOf(iam).authenticateSession({ cookie: user.cookie })).toBeNull();
  expect((await signIn(user.email, password)).status).toBe(401);
  expect((await signIn(user.email, 'another horse')).status).toBe(200);
  expect(await confirm(token, 'a third horse')).toMatchObject(invalid);
  expect((await lastMailTo(iam, user.email, 3)).text).toContain('Your password was changed');
  const events = (await iam.takeEvents()) as { type: string; data: { action?: string } }[];
  expect(events.map(({ type, data }) => data.action ?? type)).toEqual(
    expect.arrayContaining(['identity.signed_out', 'password.reset']),
  );
});

test('answers the same for an unknown address, which gets no mail', async () => {
  const user = await signUp(iam);
  const unknown = `${newId()}@example.test`;
  const [first, second] = [await request(user.email), await request(unknown)];
  expect([first.status, first.body]).toEqual([202, { requested: true }]);
  expect([second.status, second.body]).toEqual([202, { requested: true }]);
  await mailsTo(iam, user.email, 2);
  expect(iam.mails.filter(({ to }) => to === unknown)).toEqual([]);
});

test('answers before it looks for the user, so that time tells nothing', async () => {
  const user = await signUp(iam);
  const measure = async (email: string) => {
    const started = performance.now();
    await request(email);
    return performance.now() - started;
  };
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let round = 0; round < 30; round++) {
    known.push(await measure(user.email));
    unknown.push(await measure(`${newId()}@example.test`));
  }
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length / 2]!;
  // Loosely: a look-up with a mail that is waited for takes several times as long.
  expect(Math.abs(median(known) - median(unknown))).toBeLessThan(3);
});

test('refuses a link after an hour, one that was made up, and one of another purpose', async () => {
  const user = await signUp(iam);
  const verification = tokenOf(await lastMailTo(iam, user.email), '/sign-in/verify');
  expect(await confirm(verification)).toMatchObject(invalid);
  expect(await confirm('x'.repeat(43))).toMatchObject(invalid);
  const token = await tokenFor(user.email);
  ahead += 3_600_000;
  expect(await confirm(token)).toMatchObject(invalid);
  expect((await signIn(user.email, password)).status).toBe(200);
});

test('takes one of two that use the same link at once', async () => {
  const user = await signUp(iam);
  const token = await tokenFor(user.email);
  const answers = await Promise.all([confirm(token, 'the first horse'), confirm(token, 'the second horse')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410]);
});

test('keeps older links out of use once one was used', async () => {
  const user = await signUp(iam);
  const first = await tokenFor(user.email);
  const second = await tokenFor(user.email, 3);
  expect((await confirm(second)).status).toBe(200);
  expect(await confirm(first)).toMatchObject(invalid);
});

test('gives no link to a disabled user and takes none of theirs', async () => {
  const user = await signUp(iam);
  const token = await tokenFor(user.email);
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET disabled_at = now() WHERE id = $1`, [user.userId]),
  );
  expect(await confirm(token)).toMatchObject(invalid);
});

test('makes the link of the public URL, whatever host the request names', async () => {
  const user = await signUp(iam);
  await request(user.email, { host: 'evil.test', 'x-forwarded-host': 'evil.test' });
  const mail = await lastMailTo(iam, user.email, 2);
  expect(tokenOf(mail, '/sign-in/reset')).toMatch(/^[\w-]{43}$/);
  expect(`${mail.text}${mail.html}`).not.toContain('evil.test');
});

test('leaves who signed up with the address of another nothing: their passkeys and sessions end with the first proof', async () => {
  const stranger = await signUp(iam);
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(
      `INSERT INTO auth.passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
       VALUES (gen_random_uuid(), $1, '\\x01', '\\x01', 0, '{}', 'x', false, now())`,
      [stranger.userId],
    ),
  );
  expect((await confirm(await tokenFor(stranger.email))).status).toBe(200);
  const left = await iam.database.transaction(undefined, (transaction) =>
    transaction.rows(`SELECT 1 FROM auth.passkeys WHERE user_id = $1`, [stranger.userId]),
  );
  expect(left).toEqual([]);
  const signedIn = await signIn(stranger.email, 'another horse');
  expect(await contractOf(iam).authenticateSession({ cookie: sessionOf(signedIn).cookie })).not.toBeNull();
});
