import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest, type TestResponse } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  contractOf,
  createTenant,
  origin,
  sessionOf,
  signUp,
  startIam,
  type SignedUpUser,
} from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

const reason = 'ticket 4711';

async function createSupporter(): Promise<{ user: SignedUpUser; principal: Principal }> {
  const user = await signUp(iam);
  const { session } = (await contractOf(iam).authenticateSession({ cookie: user.cookie }))!;
  const principal = buildPrincipal({ subject: user.userId, roles: ['platform_admin'], session: session! });
  return { user, principal: { ...principal, tenant: undefined } };
}

function impersonate(supporter: { user: SignedUpUser; principal: Principal }, body: object): Promise<TestResponse> {
  return iam.request('POST', '/impersonations', {
    principal: supporter.principal,
    headers: { cookie: supporter.user.cookies, origin },
    body,
  });
}

const cookiesOf = (response: TestResponse): string =>
  [response.headers['set-cookie']]
    .flat()
    .map((cookie) => String(cookie).split(';')[0])
    .join('; ');

test('acts as a user in a session that names the person behind it, and says so in the trail of each tenant', async () => {
  const supporter = await createSupporter();
  const ann = await signUp(iam);
  const [first, second] = [await createTenant(iam, ann.userId), await createTenant(iam, ann.userId)];
  await iam.takeEvents();
  const response = await impersonate(supporter, { userId: ann.userId, reason });
  expect(response.status).toBe(201);
  const principal = await contractOf(iam).authenticateSession({ cookie: sessionOf(response).cookie });
  expect(principal).toMatchObject({ subject: ann.userId, actor: supporter.user.userId, tenant: first.tenantId });
  const entries = (await iam.takeEvents()).filter((event) => event.type === 'audit.recorded');
  expect(entries.map((event) => (event as { tenant?: string }).tenant).sort()).toEqual(
    [first.tenantId, second.tenantId].sort(),
  );
  expect(entries[0]).toMatchObject({
    data: { action: 'impersonation.started', actor: { id: supporter.user.userId }, after: { reason, minutes: 30 } },
  });
});

test('ends by itself after the given time, however much it is used', async () => {
  const supporter = await createSupporter();
  const ann = await signUp(iam);
  const { body } = await impersonate(supporter, { userId: ann.userId, reason, minutes: 5 });
  const [row] = await iam.database.transaction(undefined, (transaction) =>
    transaction.rows<{ left: number }>(
      `SELECT extract(epoch FROM least(expires_at, ends_at) - now())::float8 AS left FROM auth.sessions WHERE id = $1`,
      [body.sessionId],
    ),
  );
  expect(row!.left).toBeGreaterThan(290);
  expect(row!.left).toBeLessThanOrEqual(300);
  expect((await impersonate(supporter, { userId: ann.userId, reason, minutes: 61 })).status).toBe(400);
});

test('gives the browser back to whoever acted', async () => {
  const supporter = await createSupporter();
  const ann = await signUp(iam);
  const started = await impersonate(supporter, { userId: ann.userId, reason });
  const acting = (await contractOf(iam).authenticateSession({ cookie: sessionOf(started).cookie }))!;
  const ended = await iam.request('DELETE', '/impersonations/current', {
    principal: acting,
    headers: { cookie: cookiesOf(started), origin },
  });
  expect(ended.status).toBe(204);
  expect(sessionOf(ended).cookie).toBe(supporter.user.cookie);
  expect(await contractOf(iam).authenticateSession({ cookie: sessionOf(started).cookie })).toBeNull();
  const again = await iam.request('DELETE', '/impersonations/current', { principal: supporter.principal });
  expect(again).toMatchObject({ status: 409, body: { code: 'impersonation.none' } });
});

test('keeps whoever acts away from credentials, and from acting as a third person', async () => {
  const supporter = await createSupporter();
  const ann = await signUp(iam);
  const started = await impersonate(supporter, { userId: ann.userId, reason });
  const acting = (await contractOf(iam).authenticateSession({ cookie: sessionOf(started).cookie }))!;
  const asAnn = {
    principal: { ...acting, roles: ['platform_admin'] },
    headers: { cookie: cookiesOf(started), origin },
  };
  const password = { currentPassword: 'correct horse', newPassword: 'another horse' };
  for (const [method, path, body] of [
    ['PUT', '/users/me/password', password],
    ['POST', '/impersonations', { userId: supporter.user.userId, reason }],
    ['POST', '/api-keys', { name: 'key', scopes: ['plan:read'] }],
  ] as const)
    expect(await iam.request(method, path, { ...asAnn, body })).toMatchObject({
      status: 403,
      body: { code: 'auth.impersonation_refused' },
    });
});

test('never acts as the caller, as somebody with a role on the whole platform, or as nobody', async () => {
  const supporter = await createSupporter();
  const [administrator] = await iam.database.platformTransaction((transaction) =>
    transaction.rows<{ id: string }>(`SELECT user_id AS id FROM iam.role_assignments WHERE role = 'platform_admin'`),
  );
  for (const userId of [supporter.user.userId, administrator!.id])
    expect(await impersonate(supporter, { userId, reason })).toMatchObject({
      status: 403,
      body: { code: 'impersonation.not_allowed' },
    });
  const nobody = '01900000-0000-7000-8000-000000000009';
  expect((await impersonate(supporter, { userId: nobody, reason })).status).toBe(404);
});

test('is refused to the administrators of a tenant', async () => {
  const supporter = await createSupporter();
  const ann = await signUp(iam);
  const refused = await impersonate(
    { ...supporter, principal: buildPrincipal({ subject: supporter.user.userId, roles: ['org_admin'] }) },
    { userId: ann.userId, reason },
  );
  expect(refused).toMatchObject({ status: 403, body: { code: 'auth.permission_denied' } });
});
