import type { Principal } from '@plinth/contracts';
import type { Clock } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, origin, password, sessionOf, signUp, startIam, type SignedUpUser } from '../../test/builders.ts';
import { lastMailTo } from '../../test/mailbox.ts';
import { SoftwareAuthenticator, type Deviation } from '../../test/software-authenticator.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ clock });
});
afterAll(() => iam.stop());

const refused = { status: 401, body: { code: 'passkey.refused' } };

async function principalOf(cookie: string): Promise<Principal> {
  return (await contractOf(iam).authenticateSession({ cookie }))!;
}

async function registrationOptions(principal: Principal, body: object = { password }) {
  return iam.request('POST', '/users/me/passkeys/options', { principal, body });
}

function create(principal: Principal, credential: object, headers: Record<string, string> = {}) {
  return iam.request('POST', '/users/me/passkeys', { principal, body: { name: 'Laptop', credential }, headers });
}

/** A new user with a passkey. */
async function userWithPasskey(): Promise<{ user: SignedUpUser; device: SoftwareAuthenticator; passkeyId: string }> {
  const user = await signUp(iam);
  const principal = await principalOf(user.cookie);
  const device = new SoftwareAuthenticator(origin);
  const made = await create(principal, device.create((await registrationOptions(principal)).body));
  expect(made.status).toBe(201);
  return { user, device, passkeyId: made.body.id };
}

async function signInOptions(cookie?: string) {
  const response = await iam.request(
    'POST',
    '/auth/passkey/options',
    cookie === undefined ? {} : { headers: { cookie } },
  );
  expect(response.status).toBe(200);
  return response.body;
}

function complete(credential: object, cookie?: string) {
  return iam.request('POST', '/auth/passkey', {
    body: { credential },
    ...(cookie === undefined ? {} : { headers: { cookie } }),
  });
}

async function signInWith(device: SoftwareAuthenticator, deviation: Deviation = {}) {
  return complete(device.get(await signInOptions(), deviation));
}

test('makes a passkey and signs in with it alone, strongly', async () => {
  const { user, device } = await userWithPasskey();
  const signedIn = await signInWith(device);
  expect(signedIn).toMatchObject({ status: 200, body: { next: 'done', user: { id: user.userId } } });
  const rows = await iam.database.transaction(undefined, (transaction) =>
    transaction.rows(`SELECT methods, strong, pending FROM auth.sessions WHERE user_id = $1 ORDER BY id DESC LIMIT 1`, [
      user.userId,
    ]),
  );
  expect(rows).toEqual([{ methods: ['hwk'], strong: true, pending: false }]);
  expect((await lastMailTo(iam, user.email, 2)).text).toContain('A passkey was added.');
});

test('asks for a discoverable passkey that verifies the person, at the public host alone', async () => {
  const user = await signUp(iam);
  const options = (await registrationOptions(await principalOf(user.cookie))).body;
  expect(options).toMatchObject({
    rp: { id: 'localhost', name: 'Plinth' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  expect(JSON.stringify(options.user.id)).not.toContain(user.userId);
  expect(await signInOptions()).toMatchObject({
    rpId: 'localhost',
    userVerification: 'required',
    allowCredentials: [],
  });
});

test('strengthens the session in which a passkey is made, under a new token', async () => {
  const user = await signUp(iam);
  const principal = await principalOf(user.cookie);
  const device = new SoftwareAuthenticator(origin);
  const credential = device.create((await registrationOptions(principal)).body);
  const made = await create(principal, credential, { cookie: user.cookies });
  const { cookie, cookies } = sessionOf(made);
  expect(cookie).not.toBe(user.cookie);
  expect(await contractOf(iam).authenticateSession({ cookie: user.cookie })).toBeNull();
  const session = await iam.request('GET', '/auth/session', { headers: { cookie: cookies } });
  expect(session.body.session).toMatchObject({ id: principal.session, methods: ['pwd', 'hwk'] });
});

test('takes a challenge once, within five minutes, and only for what it was made for', async () => {
  const { device } = await userWithPasskey();
  const options = await signInOptions();
  const answer = device.get(options);
  expect((await complete(answer)).status).toBe(200);
  expect(await complete(answer)).toMatchObject(refused);
  expect(await complete(device.get(options))).toMatchObject(refused);
  const old = await signInOptions();
  ahead += 300_000;
  expect(await complete(device.get(old))).toMatchObject(refused);
  const other = await signUp(iam);
  const registration = (await registrationOptions(await principalOf(other.cookie))).body;
  expect(await complete(device.get({ ...registration, rpId: 'localhost' }))).toMatchObject(refused);
  expect(await complete(device.get({ challenge: 'bWFkZSB1cA', rpId: 'localhost' }))).toMatchObject(refused);
});

test('uses a challenge up with a wrong answer too', async () => {
  const { device } = await userWithPasskey();
  const options = await signInOptions();
  expect(await complete(device.get(options, { origin: 'https://evil.test' }))).toMatchObject(refused);
  expect(await complete(device.get(options))).toMatchObject(refused);
});

test('refuses another origin, another host, a foreign frame and a device that verified nobody', async () => {
  const { device } = await userWithPasskey();
  for (const deviation of [
    { origin: 'https://evil.test' },
    { origin: 'http://localhost:3001' },
    { rpId: 'evil.test' },
    { crossOrigin: true },
    { userVerified: false },
  ])
    expect(await signInWith(device, deviation), JSON.stringify(deviation)).toMatchObject(refused);
  expect((await signInWith(device)).status).toBe(200);
});

test('refuses a counter that did not grow: then there is a copy of the key', async () => {
  const { device } = await userWithPasskey();
  expect((await signInWith(device, { counter: 7 })).status).toBe(200);
  expect(await signInWith(device, { counter: 7 })).toMatchObject(refused);
  expect(await signInWith(device, { counter: 3 })).toMatchObject(refused);
  expect((await signInWith(device, { counter: 8 })).status).toBe(200);
});

test('takes one of several that use the same counter at once', async () => {
  const { device } = await userWithPasskey();
  const options = await Promise.all(Array.from({ length: 4 }, () => signInOptions()));
  const answers = await Promise.all(options.map((each) => complete(device.get(each, { counter: 9 }))));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
});

test('refuses an answer that another key signed, and one that names another user', async () => {
  const [first, second] = [await userWithPasskey(), await userWithPasskey()];
  const honest = first.device.get(await signInOptions()) as { response: { signature: string } };
  const foreign = second.device.get(await signInOptions()) as { response: { signature: string; userHandle: string } };
  const swapped = { ...honest, response: { ...honest.response, signature: foreign.response.signature } };
  expect(await complete(swapped)).toMatchObject(refused);
  const own = first.device.get(await signInOptions()) as { response: object };
  const renamed = { ...own, response: { ...own.response, userHandle: foreign.response.userHandle } };
  expect(await complete(renamed)).toMatchObject(refused);
});

test('completes a sign-in that waits for a second factor, under a new token, and only of the same user', async () => {
  const [owner, stranger] = [await userWithPasskey(), await userWithPasskey()];
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET second_factor = true WHERE id = $1`, [owner.user.userId]),
  );
  const body = { email: owner.user.email, password };
  const pending = await iam.request('POST', '/auth/sign-in/email', { body });
  expect(pending.body.next).toBe('second_factor');
  const { cookie, cookies } = sessionOf(pending);
  expect(await contractOf(iam).authenticateSession({ cookie })).toBeNull();
  expect(await complete(stranger.device.get(await signInOptions(cookies)), cookies)).toMatchObject(refused);
  // A challenge that was made for a session is worth nothing without it.
  expect(await complete(owner.device.get(await signInOptions(cookies)))).toMatchObject(refused);
  const completed = await complete(owner.device.get(await signInOptions(cookies)), cookies);
  expect(completed.status).toBe(200);
  expect(sessionOf(completed).cookie).not.toBe(cookie);
  expect(await contractOf(iam).authenticateSession({ cookie })).toBeNull();
  expect(await principalOf(sessionOf(completed).cookie)).toMatchObject({ subject: owner.user.userId });
});

test('needs the password or a sign-in of the last minutes to make one', async () => {
  const user = await signUp(iam);
  const principal = await principalOf(user.cookie);
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.sessions SET created_at = $2 WHERE id = $1`, [principal.session, clock.now()]),
  );
  expect((await registrationOptions(principal, {})).status).toBe(200);
  ahead += 601_000;
  expect(await registrationOptions(principal, {})).toMatchObject({
    status: 403,
    body: { code: 'authentication.recent_sign_in_required' },
  });
  expect(await registrationOptions(principal, { password: 'wrong horse' })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/password' }] },
  });
  expect((await registrationOptions(principal)).status).toBe(200);
});

test('lets neither an application with a token of the user nor somebody who acts for them make one', async () => {
  const user = await signUp(iam);
  const principal = await principalOf(user.cookie);
  const application = { ...principal, scopes: ['user:read'] };
  const support = { ...principal, actor: (await signUp(iam)).userId };
  expect((await registrationOptions(application)).status).toBe(403);
  expect((await registrationOptions(support)).status).toBe(403);
});

test('does not take the challenge of one user from another', async () => {
  const [victim, attacker] = [await signUp(iam), await signUp(iam)];
  const options = (await registrationOptions(await principalOf(victim.cookie))).body;
  const credential = new SoftwareAuthenticator(origin).create(options);
  expect(await create(await principalOf(attacker.cookie), credential)).toMatchObject(refused);
});

test('lists, renames and deletes passkeys of the caller alone; a deleted one signs in no more', async () => {
  const [{ user, device, passkeyId }, stranger] = [await userWithPasskey(), await signUp(iam)];
  const [principal, foreign] = [await principalOf(user.cookie), await principalOf(stranger.cookie)];
  const path = `/users/me/passkeys/${passkeyId}`;
  expect((await iam.request('PATCH', path, { principal: foreign, body: { name: 'x' } })).status).toBe(404);
  expect((await iam.request('DELETE', path, { principal: foreign })).status).toBe(404);
  const renamed = await iam.request('PATCH', path, { principal, body: { name: 'Phone' } });
  expect(renamed).toMatchObject({ status: 200, body: { id: passkeyId, name: 'Phone', backedUp: false } });
  const list = await iam.request('GET', '/users/me/passkeys', { principal });
  expect(list.body.data).toMatchObject([{ id: passkeyId, name: 'Phone', lastUsedAt: null }]);
  expect(JSON.stringify(list.body)).not.toContain('publicKey');
  expect((await iam.request('DELETE', path, { principal })).status).toBe(204);
  expect(await signInWith(device)).toMatchObject(refused);
});

test('refuses the passkey of a disabled user', async () => {
  const { user, device } = await userWithPasskey();
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET disabled_at = now() WHERE id = $1`, [user.userId]),
  );
  expect(await signInWith(device)).toMatchObject(refused);
});
