import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { issuersFileSchema, type ContractFunctions, type iamContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { trustExternalIssuer } from './issuer.ts';
import { TokenVerifier } from './token-verifier.ts';

type Subject = Parameters<ContractFunctions<typeof iamContract>['resolveSubject']>[0];

let server: Server;
let issuer: string;
let key: CryptoKey;
let ellipticKey: CryptoKey;
let published: JWK[];
let reads = 0;
let status = 200;
let named: string | undefined;
let time = Date.UTC(2026, 0, 1);
let seen: Subject[] = [];

beforeAll(async () => {
  const [rsa, elliptic] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('ES256', { extractable: true }),
  ]);
  key = rsa.privateKey;
  ellipticKey = elliptic.privateKey;
  published = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(elliptic.publicKey)), kid: 'curve', alg: 'ES256', use: 'sig' },
  ];
  server = createServer((request, response) => {
    const isKeys = request.url === '/keys';
    if (isKeys) reads += 1;
    const body = isKeys ? { keys: published } : { issuer: named ?? issuer, jwks_uri: `${issuer}/keys` };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  seen = [];
  status = 200;
  named = undefined;
});

function buildVerifier(changes: object = {}): TokenVerifier {
  const [configured] = issuersFileSchema.parse({
    issuers: [{ issuer, audiences: ['acme-api'], tenant: { from: 'membership' }, ...changes }],
  }).issuers;
  const identity = {
    resolveSubject: async (subject: Subject) => {
      seen.push(subject);
      return { kind: 'user', subject: 'ada', roles: [], ...(subject.tenant ? { tenant: subject.tenant } : {}) };
    },
  } as unknown as ContractFunctions<typeof iamContract>;
  const now = () => time;
  const log = { warn: () => {} };
  return new TokenVerifier({ issuers: [trustExternalIssuer(configured!, { now, log })], identity, now });
}

const seconds = (): number => Math.floor(time / 1000);
const draft = (claims: object = {}, header: object = {}): SignJWT =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt', ...header })
    .setIssuer(issuer)
    .setAudience('acme-api')
    .setSubject('subject-1')
    .setIssuedAt(seconds())
    .setExpirationTime(seconds() + 7200);
const invalid = { code: 'auth.token_invalid', kind: 'unauthenticated' };

test('hands iam what the token says, with roles mapped and the tenant of its claim', async () => {
  const tenantId = newId();
  const verifier = buildVerifier({
    tenant: { from: 'claim', claim: 'https://acme.example.com/tenant', setBy: 'administrators' },
    roles: { from: 'claim', claim: 'realm_access.roles', map: { admin: 'org_admin', staff: 'org_member' } },
    secondFactor: { claim: 'acr', values: ['2'] },
  });
  const token = await draft({
    'https://acme.example.com/tenant': tenantId,
    realm_access: { roles: ['staff', 'platform_admin', 'constructor', 'admin'] },
    acr: '2',
    email: 'ada@example.com',
    email_verified: true,
    given_name: 'Ada',
    family_name: 'Lovelace',
  }).sign(key);
  await verifier.verify(token);
  expect(seen).toEqual([
    {
      issuer,
      subject: 'subject-1',
      kind: 'user',
      tenant: tenantId,
      external: {
        issuedAt: seconds(),
        email: 'ada@example.com',
        emailVerified: true,
        name: 'Ada Lovelace',
        roles: ['org_member', 'org_admin'],
        strong: true,
      },
    },
  ]);
});

test('takes an address for verified only if the token says so with a truth value', async () => {
  await buildVerifier().verify(await draft({ email: 'ada@example.com', email_verified: 'true' }).sign(key));
  expect(seen[0]!.external).toMatchObject({ emailVerified: false });
});

test('chooses the tenant by the request where the configuration says so, and only there', async () => {
  const tenantId = newId();
  const token = await draft().sign(key);
  expect(await buildVerifier().verifyFor(token, tenantId)).toMatchObject({ tenant: tenantId });
  const fixed = buildVerifier({ tenant: { from: 'fixed', tenantId: newId() } });
  await expect(fixed.verifyFor(token, tenantId)).rejects.toMatchObject(invalid);
});

test('takes only the algorithms that are configured', async () => {
  const token = await draft({}, { alg: 'ES256', kid: 'curve' }).sign(ellipticKey);
  await expect(buildVerifier().verify(token)).rejects.toMatchObject(invalid);
  await buildVerifier({ algorithms: ['ES256'] }).verify(token);
});

test.each<[string, object, object]>([
  ['of another type', {}, { typ: 'JWT' }],
  ['without a type', {}, { typ: undefined }],
  ['whose tenant is no id', { tenant_id: 'acme' }, {}],
])('refuses a token %s', async (_what, claims, header) => {
  const verifier = buildVerifier({ tenant: { from: 'claim', claim: 'tenant_id', setBy: 'administrators' } });
  await expect(verifier.verify(await draft(claims, header).sign(key))).rejects.toMatchObject(invalid);
});

test.each<[string, object]>([
  ['ID token of Keycloak', { typ: 'ID' }],
  ['refresh token of Keycloak', { typ: 'Refresh' }],
  ['ID token with a nonce', { nonce: 'n' }],
  ['ID token with the hash of an access token', { at_hash: 'h' }],
  ['logout token', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
])('where access tokens have no type of their own, refuses an %s', async (_what, claims) => {
  const verifier = buildVerifier({ tokenType: 'JWT' });
  await expect(verifier.verify(await draft(claims, { typ: 'JWT' }).sign(key))).rejects.toMatchObject(invalid);
  await verifier.verify(await draft({ typ: 'Bearer' }, { typ: 'JWT' }).sign(key));
});

test('takes no keys from metadata that is of another issuer', async () => {
  named = 'https://elsewhere.example.com';
  await expect(buildVerifier().verify(await draft().sign(key))).rejects.toMatchObject({ code: 'service.unavailable' });
});

test('uses the last keys for an hour while the issuer is away, and then answers that it is', async () => {
  const verifier = buildVerifier();
  const token = (subject: string) => draft().setSubject(subject).sign(key);
  await verifier.verify(await token('one'));
  const before = time;
  status = 500;
  time += 3_000_000;
  await verifier.verify(await token('two'));
  time += 700_000;
  await expect(verifier.verify(await token('three'))).rejects.toMatchObject({
    code: 'service.unavailable',
    kind: 'unavailable',
  });
  status = 200;
  time += 6000;
  await verifier.verify(await token('four'));
  time = before;
});

test('asks for a key that it does not know at most once in five seconds', async () => {
  const verifier = buildVerifier();
  await verifier.verify(await draft().sign(key));
  const before = time;
  time += 6000;
  const started = reads;
  for (let attempt = 0; attempt < 5; attempt += 1)
    await expect(verifier.verify(await draft({}, { kid: `unknown-${attempt}` }).sign(key))).rejects.toMatchObject(
      invalid,
    );
  expect(reads).toBe(started + 1);
  time = before;
});

test('refuses a token of an issuer that is not configured, without asking anybody', async () => {
  const started = reads;
  const token = await draft().setIssuer(`${issuer}/`).sign(key);
  await expect(buildVerifier().verify(token)).rejects.toMatchObject(invalid);
  expect(reads).toBe(started);
});
