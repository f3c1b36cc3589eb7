import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contractOf, createTenant, password, startIam } from '../../test/builders.ts';
import { createProvider, openidBody, proveDomain } from '../../test/federation-world.ts';
import { tokenOf } from '../../test/mailbox.ts';
import { startOpenidUpstream, type OpenidUpstreamServer } from '../../test/openid-upstream.ts';
import { buildCodeRequest, callback, discover, redeem, registerClient } from '../../test/openid.ts';
import { PageVisitor, textOf } from '../../test/page-visitor.ts';

let iam: ServiceUnderTest;
let upstream: OpenidUpstreamServer;

beforeAll(async () => {
  [iam, upstream] = await Promise.all([
    startIam({
      environment: { IAM_PRIVATE_IDENTITY_PROVIDERS: 'true' },
      contracts: {
        tenant: { findTenant: async () => ({ name: 'Acme & Söhne' }), getLimits: async () => ({}) },
        account: { ensureMember: async () => ({ created: true }) },
      },
    }),
    startOpenidUpstream(),
  ]);
});
afterAll(() => Promise.all([iam.stop(), upstream.stop()]));

const newEmail = () => `${newId()}@example.test`;
const callerOf = (visitor: PageVisitor) =>
  contractOf(iam).authenticateSession({ cookie: visitor.cookie('plinth.session_token') ?? '' });

async function signUp(email = newEmail()): Promise<PageVisitor> {
  const visitor = new PageVisitor(iam);
  await visitor.open('/sign-up');
  await visitor.submit('/sign-up', { fields: { name: 'Ann Example', email, password } });
  return visitor;
}

it('takes somebody from an application through sign-in and consent back to it, and its code is good', async () => {
  const email = newEmail();
  await signUp(email);
  const client = await registerClient(iam, { name: 'Grafana <b>' });
  const configuration = await discover(iam, client.id, client.secret);
  const request = await buildCodeRequest(configuration);
  const visitor = new PageVisitor(iam);

  const signIn = await visitor.open(request.url.pathname + request.url.search);
  expect(signIn.url).toMatch(/^\/sign-in\?return_to=/);
  expect((await visitor.submit('/sign-in', { fields: { email, password } })).url).toMatch(/^\/sign-in\/continue\?/);
  const consent = await visitor.goOn();
  expect(textOf(consent.html)).toContain('Allow Grafana <b> to use your account?');
  expect(textOf(consent.html)).toContain('know who you are see your name see your email address');
  expect(consent.headers['content-security-policy']).toContain("form-action 'self'");

  await visitor.submit('/sign-in/consent', { fields: { answer: 'allow' } });
  const back = await visitor.goOn();
  expect(back.url.startsWith(callback)).toBe(true);
  const tokens = await redeem(configuration, request, new URL(back.url));
  expect(tokens.claims()).toMatchObject({ email, name: 'Ann Example' });
});

it('tells the application when its user does not agree', async () => {
  const visitor = await signUp();
  const client = await registerClient(iam);
  const configuration = await discover(iam, client.id, client.secret);
  const { url } = await buildCodeRequest(configuration);
  await visitor.open(url.pathname + url.search);
  await visitor.submit('/sign-in/consent', { fields: { answer: 'refuse' } });
  const back = new URL((await visitor.goOn()).url);
  expect(back.searchParams.get('error')).toBe('access_denied');
});

it('shows the consent of one browser to no other one', async () => {
  const client = await registerClient(iam);
  const { url } = await buildCodeRequest(await discover(iam, client.id, client.secret));
  const ann = await signUp();
  const { url: consent } = await ann.open(url.pathname + url.search);
  expect(consent).toMatch(/^\/sign-in\/consent\?/);
  const page = await (await signUp()).open(consent);
  expect(page.status).toBe(404);
  expect(textOf(page.html)).toContain('begun in another browser');
  expect((await new PageVisitor(iam).open(consent)).status).toBe(404);
});

it('admits a device after its user has compared the code', async () => {
  const client = await registerClient(iam, {
    name: 'Television',
    confidential: false,
    redirectUris: [],
    grantTypes: ['device_code'],
  });
  const configuration = await discover(iam, client.id);
  const device = await openid.initiateDeviceAuthorization(configuration, { scope: 'openid email' });
  const link = new URL(device.verification_uri_complete!);
  const visitor = new PageVisitor(iam);
  const email = newEmail();
  await signUp(email);

  // Somebody who is not signed in does that first, and comes back to the code.
  await visitor.open(link.pathname + link.search);
  expect(visitor.page.url).toMatch(/^\/sign-in\?return_to=%2Fdevice%3Fuser_code/);
  await visitor.submit('/sign-in', { fields: { email, password } });
  expect(visitor.page.html).toContain(`value="${device.user_code}"`);

  const unknown = await visitor.submit('/device', { fields: { user_code: 'BBBB-BBBB' } });
  expect(unknown.status).toBe(404);
  expect(textOf(unknown.html)).toContain('No device is waiting with this code.');
  const question = await visitor.submit('/device', { fields: { user_code: device.user_code } });
  expect(textOf(question.html)).toContain(`Connect Television? Only go on if you have this device`);
  expect(textOf(question.html)).toContain(device.user_code);
  const done = await visitor.submit('/device', { fields: { answer: 'allow' } });
  expect(textOf(done.html)).toContain('The device is connected');
  const tokens = await openid.pollDeviceAuthorizationGrant(configuration, { ...device, interval: 0.1 });
  expect(tokens.claims()!.sub).toBe((await callerOf(visitor))!.subject);
});

async function invite(email: string): Promise<string> {
  const owner = (await callerOf(await signUp()))!;
  const { tenantId, organizationId } = await createTenant(iam, owner.subject);
  const principal = buildPrincipal({ subject: owner.subject, tenant: tenantId, organization: organizationId });
  const answer = await iam.request('POST', '/invitations', { principal, body: { email, roles: ['org_member'] } });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const mail = await expect
    .poll(() => iam.mails.find(({ to, text }) => to === email && text.includes('/sign-in/invitation')))
    .toBeDefined()
    .then(() => iam.mails.find(({ to, text }) => to === email && text.includes('/sign-in/invitation'))!);
  return `/sign-in/invitation?token=${encodeURIComponent(tokenOf(mail, '/sign-in/invitation'))}`;
}

it('makes an account for somebody who is invited, in the organization, and takes the link once', async () => {
  const email = newEmail();
  const link = await invite(email);
  const visitor = new PageVisitor(iam);
  const page = await visitor.open(link);
  expect(textOf(page.html)).toContain('You are invited to Acme & Söhne.');
  const short = await visitor.submit('/sign-in/invitation', { fields: { name: 'New', password: 'short' } });
  expect([short.status, short.html.includes('value="New"')]).toEqual([422, true]);
  const joined = await visitor.submit('/sign-in/invitation', { fields: { name: 'New', password } });
  expect(joined.url).toBe('/security?notice=invitation_accepted');
  expect(textOf(joined.html)).toMatch(/Acme & Söhne .*org_member/);
  expect((await new PageVisitor(iam).open(link)).status).toBe(410);
});

it('gives an invitation to the person whose address it is for, and to nobody else', async () => {
  const email = newEmail();
  const ann = await signUp(email);
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET email_verified_at = now() WHERE email = $1`, [email]),
  );
  const link = await invite(email);
  const other = await signUp();
  expect((await other.open(link)).html).not.toContain('value="accept"');
  const token = new URLSearchParams(link.split('?')[1]).get('token')!;
  const form_token = /name="form_token" value="([^"]+)"/.exec((await other.open('/security')).html)![1]!;
  const refused = await other.post('/sign-in/invitation', { form_token, step: 'accept', token });
  expect(refused.status).toBe(403);
  expect(textOf(refused.html)).toContain('The invitation is for another address.');

  // Signed out, they are asked to sign in, and come back.
  const fresh = new PageVisitor(iam);
  expect(textOf((await fresh.open(link)).html)).toContain(`Sign in with the address ${email}`);
  await ann.open(link);
  expect((await ann.submit('/sign-in/invitation')).url).toBe('/security?notice=invitation_accepted');
});

it('leads to other providers from sign-in, and tells in words what they came back with', async () => {
  const provider = await createProvider(iam, openidBody(upstream, { title: 'Company <login>' }));
  const visitor = new PageVisitor(iam);
  const page = await visitor.open('/sign-in?return_to=%2Fdevice');
  expect(textOf(page.html)).toContain('Continue with Company <login>');
  expect(page.html).toContain(`href="/api/v1/auth/federation/${provider}/start?return_to=%2Fdevice"`);
  const [subject, email] = [newId(), newEmail()];
  upstream.setPerson(subject, { email, email_verified: true, name: 'Ann Upstream' });
  const started = await visitor.open(`/api/v1/auth/federation/${provider}/start?return_to=%2Fdevice`);
  const back = await upstream.visit(started.url, subject);
  expect((await visitor.open(back.pathname + back.search)).url).toBe('/device');
  // An answer is taken once.
  const again = await visitor.open(back.pathname + back.search);
  expect(textOf(again.html)).toContain(
    'There is a problem This sign-in was begun in another browser, took too long, or was finished before.',
  );
});

it('connects and removes an account at another provider, but never the last way to sign in', async () => {
  const provider = await createProvider(iam, openidBody(upstream, { title: 'Second' }));
  const visitor = await signUp();
  await visitor.open('/security');
  const leaving = await visitor.submit('/security/identities', {}, provider);
  expect(leaving.status).toBe(200);
  const [subject, email] = [newId(), newEmail()];
  upstream.setPerson(subject, { email, email_verified: true });
  const back = await upstream.visit((await visitor.goOn()).url, subject);
  const linked = await visitor.open(back.pathname + back.search);
  expect(textOf(linked.html)).toContain('The account was connected.');
  expect(textOf(linked.html)).toContain(email);
  const removed = await visitor.submit('/security/identities/removal');
  expect(removed.url).toBe('/security?notice=identity_removed');

  const fresh = new PageVisitor(iam);
  const started = await fresh.open(`/api/v1/auth/federation/${provider}/start`);
  const arrived = await upstream.visit(started.url, subject);
  await fresh.open(arrived.pathname + arrived.search);
  const refused = await fresh.submit('/security/identities/removal');
  expect(refused.status).toBe(409);
  expect(textOf(refused.html)).toContain('This is your only way to sign in.');
});

it('finds the sign-in of an organization by the domain alone, whoever has an account', async () => {
  const owner = (await callerOf(await signUp()))!;
  const { tenantId, organizationId } = await createTenant(iam, owner.subject);
  const principal = buildPrincipal({ subject: owner.subject, tenant: tenantId, organization: organizationId });
  const domain = await proveDomain(iam, tenantId);
  const provider = await createProvider(iam, openidBody(upstream, { title: 'Acme', homeRealm: true }), principal);
  const visitor = new PageVisitor(iam);
  await visitor.open('/sign-in/organization?return_to=%2Fdevice');
  const found = await visitor.submit('/sign-in/organization', { fields: { email: `nobody@${domain}` } });
  expect(found.html).toContain(`url=/api/v1/auth/federation/${provider}/start?return_to=%2Fdevice"`);
  await visitor.open('/sign-in/organization');
  const none = await visitor.submit('/sign-in/organization', { fields: { email: newEmail() } });
  expect(none.status).toBe(422);
  expect(textOf(none.html)).toContain('No organization has a sign-in of its own for this domain.');
});
