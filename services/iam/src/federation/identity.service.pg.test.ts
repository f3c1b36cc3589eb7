import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, password, sessionOf, signUp, startIam } from '../../test/builders.ts';
import {
  comeBack,
  cookiesOf,
  createProvider,
  errorOf,
  openidBody,
  sessionFrom,
  signInBy,
} from '../../test/federation-world.ts';
import { startOpenidUpstream, type OpenidUpstreamServer } from '../../test/openid-upstream.ts';

let iam: ServiceUnderTest;
let upstream: OpenidUpstreamServer;
let provider: string;
beforeAll(async () => {
  [iam, upstream] = await Promise.all([startIam(), startOpenidUpstream()]);
  provider = await createProvider(iam, openidBody(upstream));
});
afterAll(async () => {
  await iam.stop();
  await upstream.stop();
});

const execute = (sql: string, parameters: unknown[] = []) =>
  iam.database.transaction(undefined, (transaction) => transaction.rows<Record<string, unknown>>(sql, parameters));

/** A person at the upstream with an address that nobody has yet. */
function addPerson(claims: Record<string, unknown> = {}, proof = {}): { subject: string; email: string } {
  const [subject, email] = [newId(), `${newId()}@example.test`];
  upstream.setPerson(subject, { email, email_verified: true, name: 'Ann Upstream', locale: 'de-DE', ...claims }, proof);
  return { subject, email };
}

const signIn = (person: string, query?: string) =>
  signInBy(iam, upstream, { provider, person, ...(query === undefined ? {} : { query }) });

async function principalOf(cookie: string) {
  return (await contractOf(iam).authenticateSession({ cookie }))!;
}

test('links an account with a user who is signed in, whatever its address, and takes it away again', async () => {
  const ann = await signUp(iam);
  const principal = await principalOf(ann.cookie);
  const { subject } = addPerson({ email_verified: false });
  const begun = await iam.request('POST', '/users/me/identities', {
    principal,
    body: { provider, returnTo: '/security#identities' },
  });
  expect(begun.status).toBe(200);
  const answer = await upstream.visit(begun.body.location, subject);
  const linked = await comeBack(iam, answer, cookiesOf(begun));
  expect(linked.headers['location']).toBe('/security#identities');
  const { data } = (await iam.request('GET', '/users/me/identities', { principal })).body;
  expect(data).toMatchObject([{ providerId: provider, title: 'Upstream', kind: 'oidc' }]);
  expect((await sessionFrom(iam, await signIn(subject))).user.id).toBe(ann.userId);
  const eve = await signUp(iam);
  const remove = (by: typeof principal) =>
    iam.request('DELETE', `/users/me/identities/${data[0].id}`, { principal: by });
  expect((await remove(await principalOf(eve.cookie))).status).toBe(404);
  expect((await remove(principal)).status).toBe(204);
  expect(errorOf(await signIn(subject))).toBe('federation.email_not_verified');
});

test('keeps the last way to sign in', async () => {
  const { subject } = addPerson();
  const { cookie } = sessionOf(await signIn(subject));
  const principal = await principalOf(cookie);
  const { data } = (await iam.request('GET', '/users/me/identities', { principal })).body;
  expect(await iam.request('DELETE', `/users/me/identities/${data[0].id}`, { principal })).toMatchObject({
    status: 409,
    body: { code: 'federation.last_sign_in_way' },
  });
  expect((await iam.request('GET', '/users/me/identities', { principal })).body.data).toHaveLength(1);
});

test('attack: a link ends at whom it began, needs a live session of theirs, and takes no account of somebody else', async () => {
  const [ann, bob] = [await signUp(iam), await signUp(iam)];
  const begin = async (cookie: string) =>
    iam.request('POST', '/users/me/identities', { principal: await principalOf(cookie), body: { provider } });
  const { subject } = addPerson({ email_verified: false });
  const begun = await begin(ann.cookie);
  const answer = await upstream.visit(begun.body.location, subject);
  // In the browser of somebody else there is no cookie of the flow.
  expect(errorOf(await comeBack(iam, answer, bob.cookies))).toBe('federation.flow_unknown');
  await iam.request('DELETE', '/sessions', { principal: buildPrincipal({ subject: ann.userId, roles: [] }) });
  expect(errorOf(await comeBack(iam, answer, cookiesOf(begun)))).toBe('federation.flow_unknown');
  const again = await begin(bob.cookie);
  expect(
    errorOf(await comeBack(iam, await upstream.visit(again.body.location, subject), cookiesOf(again))),
  ).toBeUndefined();
  const carl = await signUp(iam);
  const taken = await begin(carl.cookie);
  expect(errorOf(await comeBack(iam, await upstream.visit(taken.body.location, subject), cookiesOf(taken)))).toBe(
    'federation.identity_taken',
  );
});

test('attack: support staff who act as a user, keys and stale sessions link nothing, and no path leads away', async () => {
  const ann = await signUp(iam);
  const principal = await principalOf(ann.cookie);
  const link = (by: typeof principal, body: object = {}) =>
    iam.request('POST', '/users/me/identities', { principal: by, body: { provider, ...body } });
  expect((await link({ ...principal, actor: newId() })).body.code).toBe('auth.impersonation_refused');
  expect((await link(buildPrincipal({ kind: 'api-key', scopes: [] }))).body.code).toBe('caller.not_a_user');
  expect((await link(principal, { returnTo: '//evil.test' })).body.errors).toMatchObject([{ path: '/returnTo' }]);
  await execute(`UPDATE auth.sessions SET created_at = now() - interval '11 minutes' WHERE user_id = $1`, [ann.userId]);
  expect((await link(principal)).body.code).toBe('authentication.recent_sign_in_required');
  expect((await link(principal, { password })).status).toBe(200);
});
