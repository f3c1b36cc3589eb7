import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, newId } from '@plinth/common';
import { eventually } from '@plinth/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';
import { invitationTo } from './mail-folder.ts';

interface Organization {
  readonly owner: ApiCaller;
  readonly id: string;
  readonly tenantId: string;
}

let directory: string;
let platform: Platform;
let database: pg.Client;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: { PLINTH_RATE_LIMIT_FACTOR: '1000', IAM_EMAIL_VERIFICATION: 'optional' },
    log: createLogger({ level: 'silent' }),
  });
  database = new pg.Client({ connectionString: platform.databaseUrl.reveal() });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database?.end();
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

async function signUp(email: string): Promise<ApiCaller> {
  const caller = await ApiCaller.signUp(platform.url, email);
  await database.query(`UPDATE auth.users SET email_verified_at = now() WHERE email = $1`, [email]);
  return caller;
}

/** Who somebody is is remembered for a second. */
async function untilIn(caller: ApiCaller, tenantId: string): Promise<void> {
  await eventually(async () => ((await caller.expect('GET', '/users/me')).tenant === tenantId ? true : undefined));
}

async function createOrganization(name: string): Promise<Organization> {
  const owner = await signUp(`${newId()}@example.com`);
  const { id, tenantId } = await owner.expect('POST', '/organizations', { name });
  await untilIn(owner, tenantId);
  return { owner, id, tenantId };
}

const tokenTo = (email: string): Promise<string> => invitationTo(join(directory, 'data', 'mail'), email);

async function invite(organization: Organization, email: string, roles: string[]): Promise<void> {
  await organization.owner.expect('POST', '/invitations', { email, roles });
}

test('a person joins a second organization, switches between both, and is out of one within a second of their removal', async () => {
  const first = await createOrganization('First');
  const email = `${newId()}@example.com`;
  const person = await signUp(email);
  const own = await person.expect('POST', '/organizations', { name: 'Own' });
  await untilIn(person, own.tenantId);
  await invite(first, email, ['org_admin']);
  const accepted = await person.expect('POST', '/auth/invitations/accept', { token: await tokenTo(email) });
  expect(accepted).toEqual({ tenantId: first.tenantId, organizationId: first.id });
  const list = await person.expect('GET', '/organizations');
  expect(list.data.map(({ id }: { id: string }) => id).sort()).toEqual([first.id, own.id].sort());
  const inFirst = { 'x-tenant-id': first.tenantId };
  expect((await person.expect('GET', '/users/me')).tenant).toBe(own.tenantId);
  expect((await person.expect('GET', '/users/me', undefined, inFirst)).tenant).toBe(first.tenantId);
  const { token } = await person.expect('GET', '/auth/token', undefined, inFirst);
  const { key } = await person.expect('POST', '/api-keys', { name: 'k', scopes: ['user:read'] }, inFirst);
  const bare = person.with({ cookie: '' });
  const credentials = [
    person.with(inFirst),
    bare.with({ authorization: `Bearer ${token}` }),
    bare.with({ 'x-api-key': key }),
  ];
  const statuses = () => Promise.all(credentials.map(async (caller) => (await caller.send('GET', '/users')).status));
  expect(await statuses()).toEqual([200, 200, 200]);
  const members = await first.owner.expect('GET', `/organizations/${first.id}/members`);
  const { userId } = members.data.find(({ isOwner }: { isOwner: boolean }) => !isOwner);
  await first.owner.expect('DELETE', `/organizations/${first.id}/members/${userId}`);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await statuses()).every((status) => status === 401 || status === 403)).toBe(true);
  expect((await person.expect('GET', '/organizations')).data.map(({ id }: { id: string }) => id)).toEqual([own.id]);
  expect((await person.send('GET', '/accounts')).status).toBe(200);
}, 60_000);

test('an owner passes the organization on and leaves it; nobody takes their role before', async () => {
  const organization = await createOrganization('Passed on');
  const email = `${newId()}@example.com`;
  const heir = await signUp(email);
  await invite(organization, email, ['org_admin']);
  await heir.expect('POST', '/auth/invitations/accept', { token: await tokenTo(email) });
  await untilIn(heir, organization.tenantId);
  const { owner, id } = organization;
  expect((await owner.send('POST', `/organizations/${id}/leave`)).body).toMatchObject({
    code: 'organization.owner_stays',
  });
  const me = await owner.expect('GET', '/users/me');
  const assignments = await heir.expect('GET', `/roles/assignments?userId=${me.id}`);
  expect((await heir.send('DELETE', `/roles/assignments/${assignments.data[0].id}`)).body).toMatchObject({
    code: 'role.owner_keeps',
  });
  const { id: userId } = await heir.expect('GET', '/users/me');
  await owner.expect('POST', `/organizations/${id}/transfer`, { userId });
  await owner.expect('POST', `/organizations/${id}/leave`);
  await eventually(
    async () => ((await owner.expect('GET', '/organizations')).data.length === 0 ? true : undefined),
    2000,
  );
  expect((await heir.send('POST', `/organizations/${id}/leave`)).status).toBe(409);
}, 60_000);

test('attack: no credential of another tenant reaches members, invitations, domains, exports or the deletion', async () => {
  const [victim, attacker] = [await createOrganization('Victim'), await createOrganization('Attacker')];
  await invite(victim, `${newId()}@example.com`, ['org_member']);
  const invitation = (await victim.owner.expect('GET', '/invitations')).data[0].id;
  const domain = await victim.owner.expect('POST', '/email-domains', { domain: `${newId()}.example` });
  const { id: exportId } = await victim.owner.expect('POST', `/tenants/${victim.tenantId}/exports`);
  const userId = (await victim.owner.expect('GET', '/users/me')).id;
  const { token } = await attacker.owner.expect('GET', '/auth/token');
  const scopes = ['user:read', 'user:write', 'invitation:read', 'invitation:write', 'tenant:read', 'tenant:write'];
  const { key } = await attacker.owner.expect('POST', '/api-keys', {
    name: 'attack',
    scopes: [...scopes, 'tenant:export', 'tenant:delete', 'organization:write'],
  });
  const bare = attacker.owner.with({ cookie: '' });
  const credentials = {
    session: attacker.owner,
    token: bare.with({ authorization: `Bearer ${token}` }),
    key: bare.with({ 'x-api-key': key }),
  };
  const routes: [string, string, object?][] = [
    ['GET', `/organizations/${victim.id}/members`],
    ['DELETE', `/organizations/${victim.id}/members/${userId}`],
    ['POST', `/organizations/${victim.id}/leave`],
    ['POST', `/organizations/${victim.id}/transfer`, { userId }],
    ['GET', `/invitations/${invitation}`],
    ['POST', `/invitations/${invitation}/resend`],
    ['DELETE', `/invitations/${invitation}`],
    ['GET', `/email-domains/${domain.id}`],
    ['POST', `/email-domains/${domain.id}/verify`],
    ['PATCH', `/email-domains/${domain.id}`, { autoJoinRole: null }],
    ['DELETE', `/email-domains/${domain.id}`],
    ['GET', `/tenants/${victim.tenantId}`],
    ['PUT', `/tenants/${victim.tenantId}/limits`, {}],
    ['POST', `/tenants/${victim.tenantId}/suspend`],
    ['POST', `/tenants/${victim.tenantId}/close`, { name: 'Victim', password: 'correct horse battery staple' }],
    ['POST', `/tenants/${victim.tenantId}/reopen`],
    ['POST', `/tenants/${victim.tenantId}/exports`],
    ['GET', `/tenants/${victim.tenantId}/exports`],
    ['GET', `/tenants/${victim.tenantId}/exports/${exportId}`],
    ['GET', `/tenants/${victim.tenantId}/exports/${exportId}/archive`],
    ['GET', `/tenants/${attacker.tenantId}/exports/${exportId}`],
    ['GET', `/tenants/${victim.tenantId}/certificate`],
  ];
  const reached: string[] = [];
  for (const [kind, caller] of Object.entries(credentials))
    for (const [method, path, body] of routes)
      for (const headers of [{}, { 'x-tenant-id': victim.tenantId }] as Record<string, string>[]) {
        const { status } = await caller.send(method, path, body, headers);
        // A token that is for one tenant is none for another.
        const refused = 'x-tenant-id' in headers ? [401, 403, 404] : [403, 404];
        if (!refused.includes(status)) reached.push(`${kind} ${method} ${path} ${JSON.stringify(headers)}: ${status}`);
      }
  expect(reached).toEqual([]);
  expect((await victim.owner.expect('GET', `/tenants/${victim.tenantId}`)).status).toBe('active');
  expect((await victim.owner.expect('GET', `/invitations/${invitation}`)).status).toBe('open');
  expect((await victim.owner.expect('GET', `/organizations/${victim.id}/members`)).data).toHaveLength(1);
}, 60_000);
