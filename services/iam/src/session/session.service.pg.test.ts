import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, password, sessionOf, signUp, startIam, type SignedUpUser } from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

const principalOf = (user: SignedUpUser) => buildPrincipal({ subject: user.userId, roles: [] });
const execute = (sql: string, parameters: unknown[] = []) =>
  iam.database.transaction(undefined, (transaction) => transaction.rows<Record<string, number>>(sql, parameters));

async function sessionIdOf(cookie: string): Promise<string> {
  return (await contractOf(iam).authenticateSession({ cookie }))!.session!;
}

async function signIn(user: SignedUpUser) {
  return sessionOf(await iam.request('POST', '/auth/sign-in/email', { body: { email: user.email, password } }));
}

test('knows nobody behind a cookie that is unsigned, signed by another secret or unknown', async () => {
  const user = await signUp(iam);
  const contract = contractOf(iam);
  expect(await contract.authenticateSession({ cookie: user.cookie.split('.')[0]! })).toBeNull();
  expect(await contract.authenticateSession({ cookie: `x${user.cookie}` })).toBeNull();
  await execute(`DELETE FROM auth.sessions WHERE user_id = $1`, [user.userId]);
  expect(await contract.authenticateSession({ cookie: user.cookie })).toBeNull();
});

test('ends a session after half an hour without a request and moves its end while it is used', async () => {
  const user = await signUp(iam);
  const secondsLeft = async () =>
    (
      await execute(
        `SELECT extract(epoch FROM expires_at - now())::float8 AS left FROM auth.sessions WHERE user_id = $1`,
        [user.userId],
      )
    )[0]!['left']!;
  expect(await secondsLeft()).toBeGreaterThan(1790);
  await execute(`UPDATE auth.sessions SET expires_at = now() + interval '1000 s' WHERE user_id = $1`, [user.userId]);
  expect(await contractOf(iam).authenticateSession({ cookie: user.cookie })).not.toBeNull();
  expect(await secondsLeft()).toBeGreaterThan(1790);
  await execute(`UPDATE auth.sessions SET expires_at = now() - interval '1 s' WHERE user_id = $1`, [user.userId]);
  expect(await contractOf(iam).authenticateSession({ cookie: user.cookie })).toBeNull();
});

test("lists the caller's own sessions, says which one asks, and never shows a token", async () => {
  const [user, other] = [await signUp(iam), await signUp(iam)];
  const second = await signIn(user);
  await signIn(other);
  const response = await iam.request('GET', '/sessions', {
    principal: { ...principalOf(user), session: await sessionIdOf(second.cookie) },
  });
  expect(response.body.data.map((session: { current: boolean }) => session.current)).toEqual([true, false]);
  expect(JSON.stringify(response.body)).not.toContain(second.cookie.split('.')[0]);
  const page = await iam.request('GET', '/sessions?limit=1', { principal: principalOf(user) });
  const next = await iam.request('GET', `/sessions?limit=1&cursor=${page.body.nextCursor}`, {
    principal: principalOf(user),
  });
  expect([page.body.data[0].id, next.body.data[0].id]).toEqual(
    response.body.data.map((session: { id: string }) => session.id),
  );
});

test('revokes one session at once and leaves the others', async () => {
  const user = await signUp(iam);
  const second = await signIn(user);
  const contract = contractOf(iam);
  expect(await contract.authenticateSession({ cookie: second.cookie })).not.toBeNull();
  const { body } = await iam.request('GET', '/sessions', { principal: principalOf(user) });
  await iam.takeEvents();
  expect((await iam.request('DELETE', `/sessions/${body.data[0].id}`, { principal: principalOf(user) })).status).toBe(
    204,
  );
  expect(await contract.authenticateSession({ cookie: second.cookie })).toBeNull();
  expect(await contract.authenticateSession({ cookie: user.cookie })).not.toBeNull();
  expect((await iam.takeEvents()).map((event) => event.type)).toEqual(['identity.signed_out', 'audit.recorded']);
});

test('revokes all sessions of the caller', async () => {
  const [user, other] = [await signUp(iam), await signUp(iam)];
  const second = await signIn(user);
  expect((await iam.request('DELETE', '/sessions', { principal: principalOf(user) })).status).toBe(204);
  for (const cookie of [user.cookie, second.cookie])
    expect(await contractOf(iam).authenticateSession({ cookie })).toBeNull();
  expect(await contractOf(iam).authenticateSession({ cookie: other.cookie })).not.toBeNull();
});

test("answers 404 for somebody else's session and refuses callers that are no user", async () => {
  const [user, other] = [await signUp(iam), await signUp(iam)];
  const { body } = await iam.request('GET', '/sessions', { principal: principalOf(other) });
  expect((await iam.request('DELETE', `/sessions/${body.data[0].id}`, { principal: principalOf(user) })).status).toBe(
    404,
  );
  const key = buildPrincipal({ kind: 'api-key', roles: [], scopes: ['session:read'] });
  expect(await iam.request('GET', '/sessions', { principal: key })).toMatchObject({
    status: 403,
    body: { code: 'caller.not_a_user' },
  });
});

test('removes ended sessions and forgotten failures on schedule', async () => {
  const user = await signUp(iam);
  await execute(`UPDATE auth.sessions SET expires_at = now() - interval '1 s' WHERE user_id = $1`, [user.userId]);
  await execute(
    `INSERT INTO auth.failures VALUES ('\\x00', 1, now() - interval '13 h', NULL), ('\\x01', 1, now(), NULL)`,
  );
  await iam.instance.jobs![0]!.run({});
  expect(await execute(`SELECT 1 AS n FROM auth.sessions WHERE user_id = $1`, [user.userId])).toEqual([]);
  expect(await execute(`SELECT count(*)::int AS n FROM auth.failures`)).toEqual([{ n: 1 }]);
});

test('calls a session what its user calls it, and before that what the browser says of itself', async () => {
  const user = await signUp(iam);
  const principal = principalOf(user);
  const list = async () =>
    (await iam.request('GET', '/sessions', { principal })).body.data as { id: string; name: string }[];
  const [session] = await list();
  expect(session!.name).toBe('Unknown device');
  const rename = (name: string) => iam.request('PATCH', `/sessions/${session!.id}`, { principal, body: { name } });
  expect((await rename('My laptop')).status).toBe(204);
  expect((await list())[0]!.name).toBe('My laptop');
  expect((await rename(' ')).status).toBe(400);
  const other = await iam.request('PATCH', `/sessions/${session!.id}`, {
    principal: principalOf(await signUp(iam)),
    body: { name: 'Mine' },
  });
  expect(other.status).toBe(404);
});

test('ends a session on its last day however much it is used', async () => {
  const user = await signUp(iam);
  await execute(
    `UPDATE auth.sessions SET ends_at = now() + interval '100 s', expires_at = now() + interval '50 s' WHERE user_id = $1`,
    [user.userId],
  );
  expect(await contractOf(iam).authenticateSession({ cookie: user.cookie })).not.toBeNull();
  const [row] = await execute(
    `SELECT extract(epoch FROM expires_at - now())::float8 AS left FROM auth.sessions WHERE user_id = $1`,
    [user.userId],
  );
  expect(row!['left']).toBeLessThanOrEqual(100);
});
