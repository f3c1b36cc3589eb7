import { newId, type Clock } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, password, sessionOf, signUp, startIam } from '../../test/builders.ts';
import { codeOf, lastMailTo, mailsTo, tokenOf } from '../../test/mailbox.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ clock });
});
afterAll(() => iam.stop());

const request = (email: string, headers: Record<string, string> = {}) =>
  iam.request('POST', '/auth/email-sign-in', { body: { email }, headers });
const confirm = (body: object, headers: Record<string, string> = {}) =>
  iam.request('POST', '/auth/email-sign-in/confirm', { body, headers });
const invalid = { status: 410, body: { code: 'authentication.token_invalid' } };
const wrongCode = { status: 401, body: { code: 'authentication.code_invalid' } };

/** Asks for a link and code; the address has got the mail of its sign-up before. */
async function mailFor(email: string, mails = 2) {
  await request(email);
  return lastMailTo(iam, email, mails);
}

test('signs in by the link or by the code, once each mail', async () => {
  const user = await signUp(iam);
  const first = await mailFor(user.email);
  const byLink = await confirm({ token: tokenOf(first, '/sign-in/email') });
  expect(byLink).toMatchObject({ status: 200, body: { next: 'done', user: { id: user.userId, emailVerified: true } } });
  const session = await iam.request('GET', '/auth/session', { headers: { cookie: sessionOf(byLink).cookies } });
  expect(session.body.session.methods).toEqual(['email']);
  expect(await confirm({ token: tokenOf(first, '/sign-in/email') })).toMatchObject(invalid);
  expect(await confirm({ email: user.email, code: codeOf(first) })).toMatchObject(wrongCode);
  const second = await mailFor(user.email, 3);
  ahead += 2000;
  expect((await confirm({ email: user.email, code: codeOf(second) })).status).toBe(200);
  expect(await confirm({ token: tokenOf(second, '/sign-in/email') })).toMatchObject(invalid);
});

test('takes one of several that use the same link at once', async () => {
  const user = await signUp(iam);
  const token = tokenOf(await mailFor(user.email), '/sign-in/email');
  const answers = await Promise.all(Array.from({ length: 5 }, () => confirm({ token })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410, 410]);
});

test('refuses link and code after ten minutes', async () => {
  const user = await signUp(iam);
  const mail = await mailFor(user.email);
  ahead += 600_000;
  expect(await confirm({ token: tokenOf(mail, '/sign-in/email') })).toMatchObject(invalid);
  expect(await confirm({ email: user.email, code: codeOf(mail) })).toMatchObject(wrongCode);
});

test('answers the same for an unknown address, and compares its codes as if there were one', async () => {
  const user = await signUp(iam);
  const unknown = `${newId()}@example.test`;
  const [first, second] = [await request(user.email), await request(unknown)];
  expect([first.status, first.body]).toEqual([second.status, second.body]);
  await mailsTo(iam, user.email, 2);
  expect(iam.mails.filter(({ to }) => to === unknown)).toEqual([]);
  const [guess, guessOfUnknown] = [
    await confirm({ email: user.email, code: '000000' }),
    await confirm({ email: unknown, code: '000000' }),
  ];
  const { instance: _i, requestId: _r, ...body } = guess.body;
  expect(guess.status).toBe(401);
  expect(guessOfUnknown).toMatchObject({ status: 401, body });
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

test('makes the link of the public URL, whatever host the request names', async () => {
  const user = await signUp(iam);
  await request(user.email, { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' });
  const mail = await lastMailTo(iam, user.email, 2);
  expect(tokenOf(mail, '/sign-in/email')).toMatch(/^[\w-]{43}$/);
  expect(`${mail.text}${mail.html}`).not.toContain('evil.test');
});

test('survives guessing of codes from many addresses: five guesses, then waits that grow, for unknown addresses too', async () => {
  for (const email of [(await signUp(iam)).email, `${newId()}@example.test`]) {
    await request(email);
    for (let guess = 0; guess < 5; guess++) {
      ahead += 2000;
      const headers = { 'x-forwarded-for': `198.51.100.${guess}`, 'user-agent': `agent ${guess}` };
      expect((await confirm({ email, code: '123456' }, headers)).status).toBe(401);
    }
    const first = await confirm({ email, code: '123456' });
    expect(first.status).toBe(429);
    expect(Number(first.headers['retry-after'])).toBeGreaterThan(55);
    ahead += 61_000;
    expect((await confirm({ email, code: '123456' })).status).toBe(401);
    expect(Number((await confirm({ email, code: '123456' })).headers['retry-after'])).toBeGreaterThan(115);
  }
});

test('does not take the right code after five wrong ones, however long one waits', async () => {
  const user = await signUp(iam);
  const code = codeOf(await mailFor(user.email));
  const wrong = code === '000000' ? '000001' : '000000';
  for (let guess = 0; guess < 5; guess++) {
    ahead += 2000;
    await confirm({ email: user.email, code: wrong });
  }
  ahead += 61_000;
  expect(await confirm({ email: user.email, code })).toMatchObject(wrongCode);
});

test('keeps only hashes of links and codes', async () => {
  const user = await signUp(iam);
  const mail = await mailFor(user.email);
  const rows = await iam.database.transaction(undefined, (transaction) =>
    transaction.rows(`SELECT t::text FROM auth.one_time_tokens t WHERE user_id = $1`, [user.userId]),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(tokenOf(mail, '/sign-in/email'));
  expect(JSON.stringify(rows)).not.toContain(`"${codeOf(mail)}"`);
});

test('takes from who signed up with an address what they set, when another proves to own it', async () => {
  const stranger = await signUp(iam);
  const owner = await confirm({ token: tokenOf(await mailFor(stranger.email), '/sign-in/email') });
  expect(owner.status).toBe(200);
  expect(await contractOf(iam).authenticateSession({ cookie: stranger.cookie })).toBeNull();
  const body = { email: stranger.email, password };
  expect((await iam.request('POST', '/auth/sign-in/email', { body })).status).toBe(401);
});

test('leaves a password to who proves their address in the browser that they signed up with', async () => {
  const user = await signUp(iam);
  const token = tokenOf(await mailFor(user.email), '/sign-in/email');
  expect((await confirm({ token }, { cookie: user.cookies })).status).toBe(200);
  const body = { email: user.email, password };
  expect((await iam.request('POST', '/auth/sign-in/email', { body })).status).toBe(200);
});

test('starts every session under a new token, whatever cookie the browser came with', async () => {
  const [victim, attacker] = [await signUp(iam), await signUp(iam)];
  const token = tokenOf(await mailFor(victim.email), '/sign-in/email');
  const signedIn = await confirm({ token }, { cookie: attacker.cookies });
  expect(sessionOf(signedIn).cookie).not.toBe(attacker.cookie);
  expect(await contractOf(iam).authenticateSession({ cookie: attacker.cookie })).toMatchObject({
    subject: attacker.userId,
  });
});
