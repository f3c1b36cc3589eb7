import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTenant, password, signUp, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
let dns: Socket;
const records = new Map<string, string[]>();
let now = new Date();
const limits = new Map<string, Record<string, number>>();

beforeAll(async () => {
  dns = createSocket('udp4');
  dns.on('message', (query, peer) => dns.send(answer(query), peer.port, peer.address));
  dns.bind(0, '127.0.0.1');
  await once(dns, 'listening');
  iam = await startIam({
    clock: { now: () => now },
    environment: { IAM_DNS_SERVERS: `127.0.0.1:${(dns.address() as AddressInfo).port}` },
    contracts: { tenant: { getLimits: async ({ tenantId }: { tenantId: string }) => limits.get(tenantId) ?? {} } },
  });
});
afterAll(async () => {
  await iam.stop();
  dns.close();
});

/** Answers a query for TXT records (RFC 1035); texts longer than 255 bytes would need several strings. */
function answer(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(12, at + 5);
  const texts = records.get(labels.join('.').toLowerCase()) ?? [];
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  // An answer with authority; 3: there is no such name.
  header.writeUInt16BE(texts.length === 0 ? 0x8583 : 0x8580, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(texts.length, 6);
  const answers = texts.map((text) => {
    const data = Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
    const fixed = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, data.length]);
    return Buffer.concat([fixed, data]);
  });
  return Buffer.concat([header, question, ...answers]);
}

async function createAdministrator(): Promise<Principal & { tenant: string }> {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  return { ...buildPrincipal({ subject: owner.userId, organization: organizationId }), tenant: tenantId };
}

async function addDomain(principal: Principal, domain: string, autoJoinRole: string | null = null) {
  return iam.request('POST', '/email-domains', { principal, body: { domain, autoJoinRole } });
}

/** A domain that the tenant has proven. */
async function proveDomain(principal: Principal, autoJoinRole: string | null): Promise<string> {
  const domain = `${newId()}.example`;
  const { body } = await addDomain(principal, domain, autoJoinRole);
  records.set(body.record.name, ['v=spf1 -all', body.record.value]);
  const verified = await iam.request('POST', `/email-domains/${body.id}/verify`, { principal });
  if (verified.status !== 200) throw new Error(JSON.stringify(verified.body));
  return domain;
}

/** Signs up, confirms the address or not, and lets what was published have its effect. */
async function join(email: string, { confirmed }: { confirmed: boolean }): Promise<string[]> {
  const response = await iam.request('POST', '/auth/sign-up/email', { body: { email, password, name: 'Ann' } });
  const userId: string = response.body.user.id;
  if (confirmed)
    await iam.database.transaction(undefined, (transaction) =>
      transaction.execute(`UPDATE auth.users SET email_verified_at = now() WHERE id = $1`, [userId]),
    );
  await iam.deliver('identity.verified', { userId, email });
  const grants = await iam.database.platformTransaction((transaction) =>
    transaction.rows<{ tenant: string }>(`SELECT tenant_id AS tenant FROM iam.role_assignments WHERE user_id = $1`, [
      userId,
    ]),
  );
  return grants.map(({ tenant }) => tenant);
}

test('a domain counts once its TXT record is there', async () => {
  const principal = await createAdministrator();
  const domain = `${newId()}.example`;
  const added = await addDomain(principal, domain.toUpperCase());
  expect(added).toMatchObject({ status: 201, body: { domain, verifiedAt: null, autoJoinRole: null } });
  const verify = () => iam.request('POST', `/email-domains/${added.body.id}/verify`, { principal });
  expect(await verify()).toMatchObject({ status: 409, body: { code: 'email_domain.not_proven' } });
  records.set(added.body.record.name, [`${added.body.record.value}x`, 'plinth-verification=']);
  expect((await verify()).status).toBe(409);
  records.set(added.body.record.name, [added.body.record.value]);
  expect(await verify()).toMatchObject({ status: 200, body: { verifiedAt: expect.any(String) } });
  expect(await addDomain(principal, domain)).toMatchObject({ status: 409, body: { code: 'resource.already_exists' } });
});

test('people who confirm an address of a proven domain join with its role', async () => {
  const principal = await createAdministrator();
  const domain = await proveDomain(principal, 'org_member');
  await iam.takeEvents();
  expect(await join(`ann@${domain}`, { confirmed: true })).toEqual([principal.tenant]);
  expect((await iam.takeEvents()).map(({ type }) => type)).toContain('member.joined');
});

test('attack: an unconfirmed address, a domain below it and a look-alike do not join', async () => {
  const principal = await createAdministrator();
  const domain = await proveDomain(principal, 'org_member');
  expect(await join(`eve@${domain}`, { confirmed: false })).toEqual([]);
  expect(await join(`eve@sub.${domain}`, { confirmed: true })).toEqual([]);
  expect(await join(`eve@evil-${domain}`, { confirmed: true })).toEqual([]);
  expect(await join(`eve@${domain}.evil.test`, { confirmed: true })).toEqual([]);
  // The address of the event is not the one that the user has.
  const user = await signUp(iam);
  await iam.deliver('identity.verified', { userId: user.userId, email: `eve@${domain}` });
  const members = await iam.request('GET', '/users', { principal });
  expect(members.body.data).toHaveLength(1);
});

test('nobody joins by a domain that is not proven or that does not let people in', async () => {
  const principal = await createAdministrator();
  const unproven = `${newId()}.example`;
  await addDomain(principal, unproven, 'org_member');
  expect(await join(`ann@${unproven}`, { confirmed: true })).toEqual([]);
  expect(await join(`ann@${await proveDomain(principal, null)}`, { confirmed: true })).toEqual([]);
});

test('a full tenant takes nobody more, and says so in its trail', async () => {
  const principal = await createAdministrator();
  limits.set(principal.tenant, { members: 1, emailDomains: 1 });
  // What is known of limits is remembered for a few seconds.
  now = new Date(now.getTime() + 6000);
  const domain = await proveDomain(principal, 'org_member');
  await iam.takeEvents();
  expect(await join(`ann@${domain}`, { confirmed: true })).toEqual([]);
  const actions = (await iam.takeEvents()).map(({ data }) => (data as { action?: string }).action);
  expect(actions).toContain('member.refused_by_limit');
  expect(await addDomain(principal, `${newId()}.example`)).toMatchObject({
    status: 409,
    body: { code: 'tenant.limit_reached' },
  });
});

test('refuses public mail domains, what is no domain, and a role that the caller may not give', async () => {
  const principal = await createAdministrator();
  expect(await addDomain(principal, 'gmail.com')).toMatchObject({ status: 400, body: { code: 'email_domain.public' } });
  expect((await addDomain(principal, 'localhost')).body.errors).toEqual([
    { path: '/domain', message: 'must be a domain such as example.com' },
  ]);
  const inviter = { ...principal, roles: ['org_member'], grants: [{ permissions: ['invitation:write'] }] };
  expect((await addDomain(inviter, `${newId()}.example`, 'org_admin')).status).toBe(403);
  const { body } = await addDomain(inviter, `${newId()}.example`, 'org_member');
  const raised = await iam.request('PATCH', `/email-domains/${body.id}`, {
    principal: inviter,
    body: { autoJoinRole: 'org_admin' },
  });
  expect(raised).toMatchObject({ status: 403, body: { code: 'role.too_powerful' } });
});

test("attack: a domain that is proven belongs to one tenant, and another tenant's is out of reach", async () => {
  const [own, foreign] = [await createAdministrator(), await createAdministrator()];
  const domain = await proveDomain(foreign, 'org_member');
  const { body } = await addDomain(own, domain, 'org_member');
  records.set(body.record.name, [body.record.value]);
  expect(await iam.request('POST', `/email-domains/${body.id}/verify`, { principal: own })).toMatchObject({
    status: 409,
    body: { code: 'email_domain.taken' },
  });
  expect(await join(`ann@${domain}`, { confirmed: true })).toEqual([foreign.tenant]);
  const list = await iam.request('GET', '/email-domains', { principal: foreign });
  const path = `/email-domains/${list.body.data[0].id}`;
  for (const [method, target, sent] of [
    ['GET', path, undefined],
    ['POST', `${path}/verify`, undefined],
    ['PATCH', path, { autoJoinRole: null }],
    ['DELETE', path, undefined],
  ] as const)
    expect((await iam.request(method, target, { principal: own, body: sent })).status).toBe(404);
  expect((await iam.request('DELETE', path, { principal: foreign })).status).toBe(204);
  expect((await iam.request('POST', `/email-domains/${body.id}/verify`, { principal: own })).status).toBe(200);
});
