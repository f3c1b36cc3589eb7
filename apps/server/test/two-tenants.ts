import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolePermissions } from '@plinth/contracts';
import { createLogger } from '@plinth/common';
import { runMainJob, StripeStandIn } from '@plinth/testing';
import pg from 'pg';
import { startPlatform } from '../src/index.ts';
import { ApiCaller, cookiesOf } from './api-caller.ts';
import { fillBilling } from './fill-billing.ts';
import { invitationTo } from './mail-folder.ts';

const password = 'correct horse battery staple';
const operatorEmail = 'operator@example.com';

/** A tenant with one of everything that people and programs keep in it. */
export interface FilledTenant {
  readonly owner: ApiCaller;
  readonly email: string;
  readonly tenantId: string;
  /** Its ids by the names that parameters and fields have for them. */
  readonly ids: Readonly<Record<string, string>>;
}

/** A platform with two full tenants and its operator. */
export interface TwoTenants {
  readonly url: string;
  readonly operator: ApiCaller;
  readonly victim: FilledTenant;
  readonly attacker: FilledTenant;
  stop(): Promise<void>;
}

export async function startTwoTenants(): Promise<TwoTenants> {
  const directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  const stripe = new StripeStandIn();
  const platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {
      PLINTH_RATE_LIMIT_FACTOR: '100000',
      IAM_INITIAL_ADMIN_EMAIL: operatorEmail,
      IAM_INITIAL_ADMIN_PASSWORD: password,
      IAM_EMAIL_VERIFICATION: 'optional',
      // Nobody answers there, and nobody is asked.
      METERING_PROMETHEUS_URL: 'http://127.0.0.1:9',
      SUBSCRIPTION_STRIPE_URL: await stripe.start(),
    },
    log: createLogger({ level: 'silent' }),
  });
  const database = new pg.Client({ connectionString: platform.databaseUrl.reveal() });
  await database.connect();
  const stop = async (): Promise<void> => {
    await database.end();
    await platform.stop();
    await stripe.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 20 });
  };
  const signedIn = await new ApiCaller(platform.url).send('POST', '/auth/sign-in/email', {
    email: operatorEmail,
    password,
  });
  const operator = new ApiCaller(platform.url, { cookie: cookiesOf(signedIn) });
  const world = { url: platform.url, database, mails: join(directory, 'data', 'mail'), operator };
  return {
    url: world.url,
    operator,
    victim: await fillTenant(world, 'victim'),
    attacker: await fillTenant(world, 'attacker'),
    stop,
  };
}

/** Every way in which the owner of a tenant, or a program of it, can call. */
export async function listCredentials(
  { url, operator }: Pick<TwoTenants, 'url' | 'operator'>,
  { owner, ids }: FilledTenant,
): Promise<Record<string, ApiCaller>> {
  const bare = new ApiCaller(url);
  const bearer = (token: string): ApiCaller => bare.with({ authorization: `Bearer ${token}` });
  const { token } = await owner.expect('GET', '/auth/token');
  const { key } = await owner.expect('POST', '/api-keys', {
    name: 'everything',
    scopes: rolePermissions.org_admin,
  });
  const directory = await owner.expect('POST', '/api-keys', { name: 'directory', scopes: ['scim:write'] });
  const account = await owner.expect('POST', '/service-accounts', { name: 'everything' });
  await owner.expect('POST', '/roles/assignments', { serviceAccountId: account.id, role: 'org_admin' });
  const issued = await fetch(`${url}/api/v1/auth/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${account.id}:${account.secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: accountToken } = (await issued.json()) as { access_token: string };
  return {
    session: owner,
    token: bearer(token),
    'API key': bare.with({ 'x-api-key': key }),
    'service account': bearer(accountToken),
    'SCIM token': bearer(directory.key),
    impersonation: await impersonate(operator, ids['userId']!),
  };
}

/** The session in which the operator acts as a user. */
export async function impersonate(operator: ApiCaller, userId: string): Promise<ApiCaller> {
  const started = await operator.send('POST', '/impersonations', { userId, reason: 'ticket 4711' });
  if (started.status !== 201) throw new Error(JSON.stringify(started.body));
  return operator.with({ cookie: cookiesOf(started) });
}

interface World {
  readonly url: string;
  readonly database: pg.Client;
  /** Folder that the platform writes its mails to. */
  readonly mails: string;
  readonly operator: ApiCaller;
}

async function fillTenant(world: World, name: string): Promise<FilledTenant> {
  const email = `${name}@example.com`;
  const owner = await ApiCaller.signUp(world.url, email, password);
  const job = await runMainJob(owner);
  const { tenantId, organizationId, accountId, planId, subscriptionId, invoice } = job;
  const { id: userId } = await owner.expect('GET', '/users/me');
  const division = await owner.expect('POST', '/divisions', { name });
  const role = await owner.expect('POST', '/roles', { name: `${name}-role`, title: name });
  const group = await owner.expect('POST', '/groups', { name });
  const member = await addMember(world, owner, `member-of-${name}@example.com`);
  await owner.expect('PUT', `/groups/${group.id}/members/${member}`);
  const assignment = await owner.expect('POST', '/roles/assignments', { groupId: group.id, role: role.name });
  await owner.expect('POST', '/permissions', { name: `${name}:see` });
  await owner.expect('PUT', `/access/entities/${name}-record/${name}-1`, { properties: { owner: name } });
  const serviceAccount = await owner.expect('POST', '/service-accounts', { name });
  const key = await owner.expect('POST', '/api-keys', { name, scopes: ['account:read'] });
  const webhook = await owner.expect('POST', '/webhooks', {
    url: `https://${name}.example.com/hook`,
    eventTypes: ['member.joined'],
  });
  await owner.send('POST', `/webhooks/${webhook.id}/test`);
  const first = async (path: string): Promise<string> => (await owner.expect('GET', path)).data[0].id;
  const productId = await first('/products');
  const feature = await owner.expect('POST', '/features', { key: name, name, productId, type: 'boolean' });
  const invitation = await owner.expect('POST', '/invitations', {
    email: `invited-by-${name}@example.com`,
    roles: ['org_member'],
  });
  const domain = await owner.expect('POST', '/email-domains', { domain: `${name}.example.com` });
  const provider = await owner.expect('POST', '/identity-providers', {
    title: name,
    settings: { kind: 'google', clientId: `${name}-client`, clientSecret: `${name}-secret` },
  });
  const tenantExport = await owner.expect('POST', `/tenants/${tenantId}/exports`);
  const quota = await owner.expect('POST', '/metering/quotas', { accountId, meter: 'calls', limit: '1', reset: 'day' });
  const source = await createBackfillSource(world, owner, tenantId);
  const directory = await fillDirectory(owner, name);
  const billing = await fillBilling(job, name);
  const meterId = await first('/metering/meters');
  return {
    owner,
    email,
    tenantId,
    ids: {
      tenantId,
      customerTenantId: tenantId,
      organizationId,
      accountId,
      planId,
      subscriptionId,
      userId,
      invoiceId: invoice.id,
      divisionId: division.id,
      parentId: division.id,
      roleId: role.id,
      groupId: group.id,
      assignmentId: assignment.id,
      serviceAccountId: serviceAccount.id,
      apiKeyId: key.id,
      webhookId: webhook.id,
      invitationId: invitation.id,
      domainId: domain.id,
      providerId: provider.id,
      exportId: tenantExport.id,
      productId,
      meterId,
      meterIdOrSlug: meterId,
      quotaId: quota.id,
      sourceId: source.id,
      priceId: await first('/prices'),
      featureId: feature.id,
      deliveryId: await first(`/webhooks/${webhook.id}/deliveries`),
      sessionId: await first('/sessions'),
      entryId: await first('/audit'),
      type: `${name}-record`,
      id: `${name}-1`,
      name: `${name}:see`,
      ...directory,
      ...billing,
    },
  };
}

/** Usage of a meter from the platform's Prometheus, as its operator sets it up. */
async function createBackfillSource(
  { operator }: World,
  owner: ApiCaller,
  tenantId: string,
): Promise<{ readonly id: string }> {
  await owner.expect('POST', '/metering/meters', {
    key: 'requests',
    name: 'Requests',
    eventType: 'requests',
    aggregation: 'sum',
    valueProperty: 'count',
  });
  return operator.expect('POST', `/metering/tenants/${tenantId}/backfill-sources`, {
    name: 'requests',
    meter: 'requests',
    selector: 'http_requests_total',
    accountLabel: 'account',
  });
}

/** Provisions a person and a group as a directory does. */
async function fillDirectory(owner: ApiCaller, name: string): Promise<Record<'scimUserId' | 'scimGroupId', string>> {
  const { key } = await owner.expect('POST', '/api-keys', { name: `directory of ${name}`, scopes: ['scim:write'] });
  const caller = owner.with({ cookie: '', authorization: `Bearer ${key}` });
  const headers = { 'content-type': 'application/scim+json' };
  const user = await caller.expect(
    'POST',
    '/scim/v2/Users',
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: `${name}-person`,
      displayName: name,
      emails: [{ value: `provisioned-by-${name}@example.com`, primary: true }],
    },
    headers,
  );
  const group = await caller.expect(
    'POST',
    '/scim/v2/Groups',
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: `${name}-people`,
      members: [{ value: user.id }],
    },
    headers,
  );
  return { scimUserId: user.id, scimGroupId: group.id };
}

async function addMember({ url, database, mails }: World, owner: ApiCaller, email: string): Promise<string> {
  const person = await ApiCaller.signUp(url, email, password);
  await database.query(`UPDATE auth.users SET email_verified_at = now() WHERE email = $1`, [email]);
  await owner.expect('POST', '/invitations', { email, roles: ['org_member'] });
  await person.expect('POST', '/auth/invitations/accept', { token: await invitationTo(mails, email) });
  return (await person.expect('GET', '/users/me')).id;
}
