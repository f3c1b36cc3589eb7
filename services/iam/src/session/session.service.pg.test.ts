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

async function signIn(user: SignedUpUser) {
  return sessionOf(await iam.request('POST', '/auth/sign-in/email', { body: { email: user.email, password } }));
}

test('knows nobody behind a cookie that is unsigned, signed by another secret or unknown', async () => {
  const user = await signUp(iam);
  const contract = contractOf(iam);
  expect(await contract.authenticateSession({ cookie: user.cookie.split('.')[0]! })).toBeNull();
  expect(await contract.authenticateSession({ cookie: `x${user.cookie}` })).toBeNull();
  await execute(`DELETE FROM auth.session WHERE "userId" = $1`, [user.userId]);
  expect(await contract.authenticateSession({ cookie: user.cookie })).toBeNull();
});

test('ends a session after half an hour without a request and moves its end while it is used', async () => {
  const user = await signUp(iam);
  const secondsLeft = async () =>
    (
      await execute(
        `SELECT extract(epoch FROM "expiresAt" - now())::float8 AS left FROM auth.session WHERE "userId" = $1`,
        [user.userId],
      )
    )[0]!['left']!;
  expect(await secondsLeft()).toBeGreaterThan(1790);
  await execute(`UPDATE auth.session SET "expiresAt" = now() + interval '1000 s' WHERE "userId" = $1`, [user.userId]);
  expect(await contractOf(iam).authenticateSession({ cookie: user.cookie })).not.toBeNull();
  expect(await secondsLeft()).toBeGreaterThan(1790);
  await execute(`UPDATE auth.session SET "expiresAt" = now() - interval '1 s' WHERE "userId" = $1`, [user.userId]);
  expect(await contractOf(iam).authenticateSession({ cookie: user.cookie })).toBeNull();
});

test('gives a session that is not to be remembered the same half hour', async () => {
  const user = await signUp(iam);
  await execute(`DELETE FROM auth.session WHERE "userId" = $1`, [user.userId]);
  await iam.request('POST', '/auth/sign-in/email', { body: { email: user.email, password, rememberMe: false } });
  const [row] = await execute(
    `SELECT extract(epoch FROM "expiresAt" - now())::float8 AS left FROM auth.session WHERE "userId" = $1`,
    [user.userId],
  );
  expect(row!['left']).toBeLessThanOrEqual(1800);
});

test("lists the caller's own sessions, says which one asks, and never shows a token", async () => {
  const [user, other] = [await signUp(iam), await signUp(iam)];
  const second = await signIn(user);
  await signIn(other);
  const response = await iam.request('GET', '/sessions', {
    principal: principalOf(user),
    headers: { cookie: second.cookies },
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
  await execute(`UPDATE auth.session SET "expiresAt" = now() - interval '1 s' WHERE "userId" = $1`, [user.userId]);
  await execute(
    `INSERT INTO auth.sign_in_failures VALUES ('\\x00', 1, now() - interval '13 h', NULL), ('\\x01', 1, now(), NULL)`,
  );
  await iam.instance.jobs![0]!.run({});
  expect(await execute(`SELECT 1 AS n FROM auth.session WHERE "userId" = $1`, [user.userId])).toEqual([]);
  expect(await execute(`SELECT count(*)::int AS n FROM auth.sign_in_failures`)).toEqual([{ n: 1 }]);
});
