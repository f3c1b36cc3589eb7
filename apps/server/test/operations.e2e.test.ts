import { newId } from '@plinth/common';
import { rolePermissions } from '@plinth/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiCaller } from './api-caller.ts';
import { buildRequest, loadOperations, sendSample, type Operation } from './api-operations.ts';
import type { JsonSchema } from './sample-value.ts';
import { impersonate, startTwoTenants, type TwoTenants } from './two-tenants.ts';

let world: TwoTenants;
let operations: Operation[];
let acting: ApiCaller;

beforeAll(async () => {
  world = await startTwoTenants();
  operations = await loadOperations(world.url);
  acting = await impersonate(world.operator, world.attacker.ids['userId']!);
}, 120_000);

afterAll(() => world?.stop());

const made = (name: string): string => (name === 'email' ? 'x@example.com' : newId());

/** Permissions whose changes make, show or end credentials, or give somebody something. */
const grantingPermissions = [
  'api-key:write',
  'client:write',
  'credit-note:write',
  'dispute:approve',
  'identity-provider:write',
  'invitation:write',
  'payment:refund',
  'role:write',
  'service-account:write',
  'tenant:delete',
  'tenant:export',
  'usage:correct',
  'user:administer',
  'user:disable',
  'user:impersonate',
];
const credentialPath = /\/(secret|password|passkeys|authenticator|recovery-codes|identities|api-keys|consents)\b/;
/** Sensitive for what they do, which neither permission nor path tells. */
const sensitiveOtherwise = {
  acceptInvitationAsCaller: 'makes the user a member',
  actOnDispute: 'gives money away',
  addDraftLine: 'may give money away',
  addGroupMember: 'gives the roles of the group',
  advanceTestClock: 'bills and charges what falls due on the way',
  attachPaymentMethod: 'says by what an account is charged',
  cancelRequest: 'decides on money in the name of the user',
  changeDraftLine: 'may give money away',
  configureCreditWallet: 'has an account charged by itself',
  connectKillBill: 'takes secrets, and sends what the tenant sells elsewhere',
  createCharge: 'may give money away',
  createGatewayAccount: 'takes secrets, and says to whom money goes',
  createLegalEntity: 'says to which bank account customers pay',
  createWebhook: 'shows a secret, and sends events of the tenant elsewhere',
  downloadTenantExport: 'exports',
  exportAuditTrail: 'exports',
  exportCatalogue: 'exports',
  exportUsage: 'exports',
  grantCredit: 'gives money away',
  importBankStatement: 'says that money has come in',
  importCatalogue: 'replaces what the tenant sells',
  leaveOrganization: 'takes every role of the user',
  migrateVersions: 'changes every subscription of a plan',
  payInvoice: 'charges an account, or says that money has come in',
  putAccessEntity: 'says which user a name is, and what conditions look at',
  replaceLegalEntity: 'says to which bank account customers pay',
  replaceSignInPolicy: 'decides which sign-ins count',
  setDunningPolicy: 'says what is written off by itself',
  setNoticeSettings: 'says of what customers are told',
  startPaymentMethodSetup: 'shows a secret of the customer',
  transferOrganization: 'gives the organization away',
  updateGatewayAccount: 'takes secrets, and says to whom money goes',
  updateOwnUser: 'changes by what name others know the user',
  updateWebhook: 'sends events of the tenant elsewhere',
  voidCreditGrant: 'takes credit away',
  voidInvoice: 'gives money away',
};
/** Not sensitive, although they look so. */
const harmless = {
  endImpersonation: 'ends what support staff began',
  testIdentityProvider: 'asks the provider, and changes nothing',
};

function looksSensitive({ id, method, path, permission }: Operation): boolean {
  if (permission === 'public' || id in harmless) return false;
  if (method === 'GET') return id in sensitiveOtherwise;
  return (
    method === 'DELETE' ||
    grantingPermissions.includes(permission) ||
    credentialPath.test(path) ||
    id in sensitiveOtherwise
  );
}

test('every operation has a name of its own', () => {
  const ids = operations.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('every operation that makes, shows or ends credentials, deletes, exports or grants is sensitive, and no other', () => {
  const ids = (chosen: Operation[]): string[] => chosen.map(({ id }) => id).toSorted();
  expect(ids(operations.filter(({ sensitive }) => sensitive))).toEqual(ids(operations.filter(looksSensitive)));
  const known = new Set(operations.map(({ id }) => id));
  expect(Object.keys({ ...sensitiveOtherwise, ...harmless }).filter((id) => !known.has(id))).toEqual([]);
});

test('attack: support staff who act as a user are refused every sensitive operation, by cookie and by token', async () => {
  const { token } = await acting.expect('GET', '/auth/token');
  const callers = [acting, acting.with({ cookie: '', authorization: `Bearer ${token}` })];
  const open: string[] = [];
  for (const operation of operations.filter(({ sensitive }) => sensitive))
    for (const caller of callers) {
      const { status, body } = await sendSample(operation, caller, made);
      if (status !== 403 || body.code !== 'auth.impersonation_refused') open.push(`${operation.id}: ${status}`);
    }
  expect(open).toEqual([]);
});

/** Fields that a caller might hope to set; those that an operation does take are left out. */
const readOnly = {
  id: newId(),
  tenantId: newId(),
  createdBy: newId(),
  createdAt: '2020-01-01T00:00:00.000Z',
  version: 7,
  isAdmin: true,
  permissions: ['tenant:suspend'],
  actor: newId(),
};

interface BodyObject {
  readonly path: readonly (string | number)[];
  readonly fields: readonly string[];
  /** Takes fields that its schema does not name. */
  readonly open: boolean;
}

/** Every object in a body that names its fields; of alternatives those of the first. */
function listObjects(schema: JsonSchema, path: BodyObject['path'] = []): BodyObject[] {
  const choice = schema.anyOf?.find((option) => option.type !== 'null') ?? schema.oneOf?.[0];
  if (choice !== undefined) return listObjects(choice, path);
  if (schema.type === 'array' && schema.items !== undefined) return listObjects(schema.items, [...path, 0]);
  if (schema.type !== 'object' || schema.properties === undefined) return [];
  const parts = Object.entries(schema.properties);
  return [
    { path, fields: parts.map(([name]) => name), open: schema.additionalProperties !== false },
    ...parts.flatMap(([name, part]) => listObjects(part, [...path, name])),
  ];
}

/** Somebody who may: the owner of a tenant, or the operator. */
function callerFor({ permission }: Operation): ApiCaller {
  const ofTenant = ['public', 'authenticated', ...rolePermissions.org_admin];
  return ofTenant.includes(permission) ? world.attacker.owner : world.operator;
}

function addAt(body: unknown, path: readonly (string | number)[], fields: object): void {
  const target = path.reduce((value, step) => (value as Record<string | number, unknown>)[step], body);
  Object.assign(target as object, fields);
}

/** Bodies of which the standard says that further attributes are ignored or kept. */
const openBodies = {
  evaluateAccess: 'AuthZEN 1.0',
  evaluateAccesses: 'AuthZEN 1.0',
  searchActions: 'AuthZEN 1.0',
  searchResources: 'AuthZEN 1.0',
  searchSubjects: 'AuthZEN 1.0',
  ingestUsage: 'CloudEvents 1.0',
  openMeterIngestEvents: 'CloudEvents 1.0',
  receiveGatewayEvent: 'the message of the gateway, of which every byte is signed',
  createPasskey: 'Web Authentication: the answer of the browser',
  completePasskeySignIn: 'Web Authentication: the answer of the browser',
};

test('mass assignment: a field that an operation does not take is refused with its path, in every object of every body', async () => {
  const accepted: string[] = [];
  let objects = 0;
  for (const operation of operations) {
    if (operation.body === undefined) continue;
    const found = listObjects(operation.body);
    const isOpen = found.length === 0 || found.some(({ open }) => open);
    if (isOpen !== operation.id in openBodies) accepted.push(`${operation.id} ${isOpen ? 'is' : 'is not'} open`);
    for (const { path, fields, open } of found) {
      if (open) continue;
      objects += 1;
      const extra = Object.fromEntries(Object.entries(readOnly).filter(([name]) => !fields.includes(name)));
      const { path: url, body, headers } = buildRequest(operation, made);
      addAt(body, path, extra);
      const answer = await callerFor(operation).send(operation.method, url, body, headers);
      const named: string[] = (answer.body.errors ?? []).map((fault: { path: string }) => fault.path);
      const expected = Object.keys(extra).map((name) => `/${[...path, name].join('/')}`);
      const unnamed = expected.filter((place) => !named.includes(place));
      if (answer.status !== 400 || unnamed.length > 0)
        accepted.push(`${operation.id} at /${path.join('/')}: ${answer.status} without ${unnamed.join(' ')}`);
    }
  }
  expect(accepted).toEqual([]);
  expect(objects).toBeGreaterThan(80);
}, 120_000);

/** Fields that say how many, or how much money is given or taken. */
const counted = /^(quantity|limit|maximumRedemptions|amountMinor|netMinor|dayMinor|thresholdMinor|lowBalanceMinor)$/;

test('negative quantity: no operation takes less than nothing of what it counts, limits or moves', async () => {
  const taken: string[] = [];
  let places = 0;
  for (const operation of operations.filter((candidate) => candidate.body !== undefined))
    for (const { path, fields } of listObjects(operation.body!))
      for (const field of fields.filter((name) => counted.test(name))) {
        places += 1;
        const { path: url, body, headers } = buildRequest(operation, made);
        const given = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], body);
        addAt(body, path, { [field]: typeof (given as Record<string, unknown>)[field] === 'number' ? -1 : '-1' });
        const answer = await callerFor(operation).send(operation.method, url, body, headers);
        const named = (answer.body.errors ?? []).map((fault: { path: string }) => fault.path);
        if (answer.status !== 400 || !named.includes(`/${[...path, field].join('/')}`))
          taken.push(`${operation.id} with ${field}: ${answer.status} ${named.join(' ')}`);
      }
  expect(taken).toEqual([]);
  expect(places).toBeGreaterThan(15);
}, 120_000);

test('every operation refuses a request without a caller, with a forged token and with an unknown key', async () => {
  const claims = { sub: 'x', tenant_id: world.victim.tenantId, roles: ['org_admin'] };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const callers: Record<string, string>[] = [
    {},
    { authorization: `Bearer ${part({ alg: 'none' })}.${part(claims)}.` },
    { authorization: 'Bearer nonsense' },
    { 'x-api-key': 'plk_unknown_key' },
  ];
  const open: string[] = [];
  for (const operation of operations.filter(({ permission }) => permission !== 'public'))
    for (const headers of callers) {
      const anonymous = world.attacker.owner.with({ cookie: '', ...headers });
      const answer = await sendSample(operation, anonymous, (name) => world.victim.ids[name] ?? made(name));
      const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json');
      if (answer.status !== 401 || isProblem !== true)
        open.push(`${operation.id} ${JSON.stringify(headers).slice(0, 40)}: ${answer.status}`);
    }
  expect(open).toEqual([]);
}, 120_000);

/** What everybody may call outside /auth, and what keeps others out. */
const openElsewhere = { receiveGatewayEvent: 'the signature of the gateway' };

test('what everybody may call is below /auth or has another lock, and nothing else is', () => {
  const open = operations.filter(({ permission }) => permission === 'public');
  const elsewhere = open.filter(({ path }) => !path.startsWith('/auth/')).map(({ id }) => id);
  expect(elsewhere).toEqual(Object.keys(openElsewhere));
  expect(open.length).toBeGreaterThan(20);
});

test('API key creation: without a session no credential makes or rotates one', async () => {
  const { attacker } = world;
  const { key } = await attacker.owner.expect('POST', '/api-keys', { name: 'maker', scopes: ['api-key:write'] });
  const callers = [
    attacker.owner.with({ cookie: '' }),
    attacker.owner.with({ cookie: '', 'x-api-key': key }),
    acting,
    attacker.owner.with({ origin: 'https://evil.example' }),
  ];
  for (const caller of callers)
    for (const [path, body] of [
      ['/api-keys', { name: 'more', scopes: ['account:read'] }],
      [`/api-keys/${attacker.ids['apiKeyId']}/rotate`, {}],
    ] as const)
      expect([401, 403]).toContain((await caller.send('POST', path, body)).status);
});

test('no operation answers a text that cannot be stored with an error of ours', async () => {
  const failed: string[] = [];
  for (const operation of operations.filter(({ body }) => body !== undefined))
    for (const text of ['sam\\u0000ple', 'sam\\ud800ple']) {
      const { path, body, headers } = buildRequest(operation, made);
      const sent = JSON.stringify(body).replaceAll('sample', text);
      const { status } = await world.attacker.owner.send(operation.method, path, sent, headers);
      if (status >= 500) failed.push(`${operation.id} ${text}: ${status}`);
    }
  expect(failed).toEqual([]);
}, 120_000);

test('every operation with a body refuses unknown fields, wrong types and what is too large', async () => {
  const accepted: string[] = [];
  for (const operation of operations.filter(({ body }) => body !== undefined)) {
    const { path, headers } = buildRequest(operation, made);
    for (const payload of [
      '{"surprise":true}',
      '"text"',
      '42',
      '{"broken":',
      `{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`,
    ]) {
      const { status } = await world.attacker.owner.send(operation.method, path, payload, headers);
      if (status < 400 || status >= 500) accepted.push(`${operation.id} ${payload.slice(0, 20)}: ${status}`);
    }
  }
  expect(accepted).toEqual([]);
}, 120_000);
