import type { Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  contractOf,
  createTenant,
  password,
  sessionOf,
  signUp,
  startIam,
  type SignedUpUser,
} from '../../test/builders.ts';

let iam: ServiceUnderTest;
const limits = new Map<string, Record<string, number>>();
const memberships: { tenantId: string; userId: string }[] = [];
let now = new Date();

beforeAll(async () => {
  iam = await startIam({
    clock: { now: () => now },
    contracts: {
      tenant: {
        findTenant: async () => ({ name: 'Acme & Söhne' }),
        getLimits: async ({ tenantId }: { tenantId: string }) => limits.get(tenantId) ?? {},
      },
      account: { ensureMember: async (member: { tenantId: string; userId: string }) => void memberships.push(member) },
    },
  });
});
afterAll(() => iam.stop());

async function createOwner(): Promise<{ owner: SignedUpUser; tenantId: string; principal: Principal }> {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  return {
    owner,
    tenantId,
    principal: buildPrincipal({ subject: owner.userId, tenant: tenantId, organization: organizationId }),
  };
}

const verify = (user: SignedUpUser) =>
  iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET email_verified_at = now() WHERE id = $1`, [user.userId]),
  );

/** Invites and returns the token of the mail. */
async function invite(principal: Principal, email: string, roles: string[] = ['org_member'], count = 1) {
  const response = await iam.request('POST', '/invitations', { principal, body: { email, roles } });
  if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  return { id: response.body.id as string, token: await tokenTo(email.toLowerCase(), count) };
}

const invitationsTo = (email: string) =>
  iam.mails.filter((mail) => mail.to === email && mail.text.includes('/sign-in/invitation?token='));

/** The token of the newest invitation; it is sent behind the request. */
async function tokenTo(email: string, count = 1): Promise<string> {
  await expect.poll(() => invitationsTo(email).length).toBeGreaterThanOrEqual(count);
  return new URL(/http\S+invitation\S+/.exec(invitationsTo(email).at(-1)!.text)![0]).searchParams.get('token')!;
}

const browse = (path: string, body: object, cookies?: string) =>
  iam.request('POST', path, { body, headers: cookies === undefined ? {} : { cookie: cookies } });

async function createInvitee() {
  const user = await signUp(iam);
  await verify(user);
  return user;
}

test('a person accepts with their session, and is in the tenant at once, in account too', async () => {
  const { principal, tenantId } = await createOwner();
  const invitee = await createInvitee();
  const { token, id } = await invite(principal, invitee.email);
  await iam.takeEvents();
  const accepted = await browse('/auth/invitations/accept', { token }, invitee.cookies);
  expect(accepted).toMatchObject({ status: 200, body: { tenantId, organizationId: principal.organization } });
  const caller = await contractOf(iam).authenticateSession({ cookie: invitee.cookie, requestedTenant: tenantId });
  expect(caller).toMatchObject({ subject: invitee.userId, tenant: tenantId, roles: ['org_member'] });
  expect(memberships).toContainEqual({ tenantId, organizationId: principal.organization, userId: invitee.userId });
  expect((await iam.takeEvents()).map((event) => event.type)).toEqual(
    expect.arrayContaining(['member.joined', 'invitation.accepted']),
  );
  const shown = await iam.request('GET', `/invitations/${id}`, { principal });
  expect(shown.body).toMatchObject({ status: 'accepted', acceptedBy: invitee.userId });
  expect(JSON.stringify(shown.body)).not.toContain(token);
});

test('somebody without an account signs up by the invitation, and their address counts as confirmed', async () => {
  const { principal, tenantId } = await createOwner();
  const email = `${newId()}@example.test`;
  const { token } = await invite(principal, email.toUpperCase());
  expect((await browse('/auth/invitations/look-up', { token })).body).toMatchObject({
    email,
    organizationName: 'Acme & Söhne',
    hasAccount: false,
  });
  const signedUp = await browse('/auth/invitations/sign-up', { token, name: 'Eve', password });
  expect(signedUp).toMatchObject({ status: 200, body: { next: 'done', user: { email, emailVerified: true } } });
  const { cookie } = sessionOf(signedUp);
  expect(await contractOf(iam).authenticateSession({ cookie })).toMatchObject({ tenant: tenantId });
});

test('attack: a token counts once, also for two who use it at the same time', async () => {
  const { principal } = await createOwner();
  const invitee = await createInvitee();
  const { token } = await invite(principal, invitee.email);
  const both = await Promise.all([1, 2].map(() => browse('/auth/invitations/accept', { token }, invitee.cookies)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
  expect(await browse('/auth/invitations/accept', { token }, invitee.cookies)).toMatchObject({
    status: 410,
    body: { code: 'invitation.not_valid' },
  });
});

test('attack: nobody accepts for another person, unconfirmed, without a session or while a second factor is missing', async () => {
  const { principal, tenantId } = await createOwner();
  const invitee = await signUp(iam);
  const { token } = await invite(principal, invitee.email);
  const other = await createInvitee();
  for (const user of [other, invitee])
    expect(await browse('/auth/invitations/accept', { token }, user.cookies)).toMatchObject({
      status: 403,
      body: { code: 'invitation.of_another' },
    });
  expect((await browse('/auth/invitations/accept', { token })).status).toBe(401);
  await verify(invitee);
  const setSession = (column: string, value: unknown) =>
    iam.database.transaction(undefined, (transaction) =>
      transaction.execute(`UPDATE auth.sessions SET ${column} = $2 WHERE user_id = $1`, [invitee.userId, value]),
    );
  await setSession('pending', true);
  expect((await browse('/auth/invitations/accept', { token }, invitee.cookies)).status).toBe(401);
  await setSession('pending', false);
  await setSession('actor_id', other.userId);
  expect((await browse('/auth/invitations/accept', { token }, invitee.cookies)).status).toBe(401);
  const caller = await contractOf(iam).authenticateSession({ cookie: other.cookie });
  expect(caller?.tenant).not.toBe(tenantId);
});

test('attack: whatever is guessed gets the same answer, and the database holds nothing that could be sent', async () => {
  const { principal } = await createOwner();
  const invitee = await createInvitee();
  const { token, id } = await invite(principal, invitee.email);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const rows = await iam.database.platformTransaction((transaction) =>
    transaction.rows<{ text: string; hash: string }>(
      `SELECT to_jsonb(i)::text AS text, encode(token_hash, 'base64') AS hash FROM iam.invitations i WHERE id = $1`,
      [id],
    ),
  );
  expect(rows[0]!.text).not.toContain(token);
  const last = token.at(-1) === 'A' ? 'E' : 'A';
  const guesses = [`${token.slice(0, -1)}${last}`, token.slice(1), `${token} `, '%', id, rows[0]!.hash, invitee.email];
  const answers = [];
  for (const guess of guesses) {
    const { status, body } = await browse('/auth/invitations/accept', { token: guess }, invitee.cookies);
    answers.push(`${status} ${body.code} ${body.detail}`);
  }
  expect(new Set(answers)).toEqual(new Set(['410 invitation.not_valid The invitation is not valid, or not any more.']));
});

test('sends again under a new token and lets the old one die; revoked and expired ones are worth nothing', async () => {
  const { principal } = await createOwner();
  const invitee = await createInvitee();
  const first = await invite(principal, invitee.email);
  const again = await iam.request('POST', '/invitations', {
    principal,
    body: { email: invitee.email, roles: ['org_member'] },
  });
  expect(again).toMatchObject({ status: 409, body: { code: 'invitation.open' } });
  expect((await iam.request('POST', `/invitations/${first.id}/resend`, { principal })).status).toBe(200);
  const token = await tokenTo(invitee.email, 2);
  expect(token).not.toBe(first.token);
  expect((await browse('/auth/invitations/look-up', { token: first.token })).status).toBe(410);
  now = new Date(now.getTime() + 7 * 24 * 3600 * 1000 + 1000);
  const list = await iam.request('GET', '/invitations?status=expired', { principal });
  expect(list.body.data.map((invitation: { id: string }) => invitation.id)).toEqual([first.id]);
  expect((await browse('/auth/invitations/accept', { token }, invitee.cookies)).status).toBe(410);
  // An expired one does not stand in the way of a new one.
  const second = await invite(principal, invitee.email, ['org_member'], 3);
  expect((await iam.request('DELETE', `/invitations/${second.id}`, { principal })).status).toBe(204);
  expect((await browse('/auth/invitations/look-up', { token: second.token })).status).toBe(410);
  expect((await iam.request('DELETE', `/invitations/${second.id}`, { principal })).status).toBe(409);
});

test('attack: nobody invites with more than they hold, with unknown roles, or as a member', async () => {
  const { principal } = await createOwner();
  const body = (roles: string[]) => ({ email: `${newId()}@example.test`, roles });
  expect((await iam.request('POST', '/invitations', { principal, body: body(['platform_admin']) })).status).toBe(400);
  expect((await iam.request('POST', '/invitations', { principal, body: body(['nonsense']) })).status).toBe(400);
  const inviter = {
    ...principal,
    roles: ['org_member'],
    grants: [{ permissions: ['invitation:write'] }],
  };
  expect(await iam.request('POST', '/invitations', { principal: inviter, body: body(['org_admin']) })).toMatchObject({
    status: 403,
    body: { code: 'role.too_powerful' },
  });
  expect((await iam.request('POST', '/invitations', { principal: inviter, body: body(['org_member']) })).status).toBe(
    201,
  );
  const member = { ...principal, roles: ['org_member'] };
  expect((await iam.request('POST', '/invitations', { principal: member, body: body(['org_member']) })).status).toBe(
    403,
  );
  // Who may not give the roles may not send them again either.
  const strong = await invite(principal, `${newId()}@example.test`, ['org_admin']);
  expect((await iam.request('POST', `/invitations/${strong.id}/resend`, { principal: inviter })).status).toBe(403);
});

test('attack: mass assignment is refused', async () => {
  const { principal } = await createOwner();
  const response = await iam.request('POST', '/invitations', {
    principal,
    body: { email: 'a@example.test', roles: ['org_member'], tenantId: newId(), acceptedAt: 'now', invitedBy: newId() },
  });
  expect(response.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual([
    '/acceptedAt',
    '/invitedBy',
    '/tenantId',
  ]);
});

test("attack: another tenant's invitations are neither seen nor changed", async () => {
  const [own, foreign] = [await createOwner(), await createOwner()];
  const { id, token } = await invite(foreign.principal, `${newId()}@example.test`);
  const { principal } = own;
  expect((await iam.request('GET', '/invitations', { principal })).body.data).toEqual([]);
  for (const [method, path] of [
    ['GET', `/invitations/${id}`],
    ['POST', `/invitations/${id}/resend`],
    ['DELETE', `/invitations/${id}`],
  ] as const)
    expect(await iam.request(method, path, { principal })).toMatchObject({
      status: 404,
      body: { code: 'resource.not_found' },
    });
  expect((await browse('/auth/invitations/look-up', { token })).status).toBe(200);
});

test('attack: links are made of the public URL, whatever Host and forwarding headers say', async () => {
  const { principal } = await createOwner();
  const email = `${newId()}@example.test`;
  await iam.request('POST', '/invitations', {
    principal,
    body: { email, roles: ['org_member'], locale: 'de' },
    headers: {
      host: 'evil.test',
      'x-forwarded-host': 'evil.test',
      origin: 'http://evil.test',
      forwarded: 'host=evil.test',
    },
  });
  await tokenTo(email);
  const mail = iam.mails.find(({ to }) => to === email)!;
  expect(mail.subject).toBe('Einladung zu Acme & Söhne');
  expect(mail.text).toContain('http://localhost:3000/sign-in/invitation?token=');
  expect(`${mail.text}${mail.html}`).not.toContain('evil');
  expect(mail.html).toContain('Acme &amp; Söhne');
});

test('attack: a page of another origin cannot make a browser accept', async () => {
  const { principal } = await createOwner();
  const invitee = await createInvitee();
  const { token } = await invite(principal, invitee.email);
  const response = await iam.request('POST', '/auth/invitations/accept', {
    body: { token },
    headers: { cookie: invitee.cookies, origin: 'http://evil.test' },
  });
  expect(response).toMatchObject({ status: 403, body: { code: 'authentication.origin_not_trusted' } });
});

test('holds the limit of members for invitations and those who accept', async () => {
  const { principal, tenantId } = await createOwner();
  const [first, second] = [await createInvitee(), await createInvitee()];
  const { token } = await invite(principal, first.email);
  limits.set(tenantId, { members: 2 });
  now = new Date(now.getTime() + 6000);
  const refused = await iam.request('POST', '/invitations', {
    principal,
    body: { email: second.email, roles: ['org_member'] },
  });
  expect(refused).toMatchObject({ status: 409, body: { code: 'tenant.limit_reached' } });
  expect(refused.body.detail).toContain('"members" of this tenant is 2');
  limits.set(tenantId, { members: 1 });
  now = new Date(now.getTime() + 6000);
  expect((await browse('/auth/invitations/accept', { token }, first.cookies)).status).toBe(409);
  limits.set(tenantId, { members: 2 });
  now = new Date(now.getTime() + 6000);
  expect((await browse('/auth/invitations/accept', { token }, first.cookies)).status).toBe(200);
  const again = await iam.request('POST', '/invitations', {
    principal,
    body: { email: first.email, roles: ['org_member'] },
  });
  expect(again).toMatchObject({ status: 409, body: { code: 'invitation.already_member' } });
});

test('a removed member loses roles, keys and the invitations that they sent', async () => {
  const { principal, tenantId, owner } = await createOwner();
  const admin = await createInvitee();
  const { token } = await invite(principal, admin.email, ['org_admin']);
  await browse('/auth/invitations/accept', { token }, admin.cookies);
  const acting = { ...principal, subject: admin.userId };
  const key = await iam.request('POST', '/api-keys', {
    principal: acting,
    body: { name: 'k', scopes: ['user:read'] },
  });
  expect(key.status).toBe(201);
  const sent = await invite(acting, `${newId()}@example.test`);
  const contract = contractOf(iam);
  expect(await contract.authenticateApiKey({ key: key.body.key })).not.toBeNull();
  await iam.takeEvents();
  expect(await contract.removeMember({ tenantId, userId: admin.userId, by: principal })).toEqual({ removed: true });
  expect(await contract.authenticateApiKey({ key: key.body.key })).toBeNull();
  expect((await browse('/auth/invitations/look-up', { token: sent.token })).status).toBe(410);
  await expect(contract.authenticateSession({ cookie: admin.cookie, requestedTenant: tenantId })).rejects.toMatchObject(
    { code: 'tenant.not_a_member' },
  );
  expect((await iam.takeEvents()).map((event) => event.type)).toContain('member.left');
  expect(await contract.removeMember({ tenantId, userId: admin.userId, by: principal })).toEqual({ removed: false });
  // The last administrator stays.
  await expect(contract.removeMember({ tenantId, userId: owner.userId })).rejects.toMatchObject({
    code: 'role.last_administrator',
  });
});

test('attack: a member with user:write removes nobody who holds more', async () => {
  const { principal, tenantId } = await createOwner();
  const admin = await createInvitee();
  const { token } = await invite(principal, admin.email, ['org_admin']);
  await browse('/auth/invitations/accept', { token }, admin.cookies);
  const by = { ...principal, roles: ['org_member'], grants: [{ permissions: ['user:write'] }] };
  await expect(contractOf(iam).removeMember({ tenantId, userId: admin.userId, by })).rejects.toMatchObject({
    code: 'role.too_powerful',
  });
});
