import type { ContractFunctions, iamContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { ACCESS_TOKEN_AUDIENCE, trustEmbeddedIssuer } from './issuer.ts';
import { TokenVerifier } from './token-verifier.ts';

const issuer = 'https://plinth.example/api/v1/auth';
const claims = { tenant_id: newId(), roles: ['org_member'], email: 'ada@example.com' };
const subject = newId();
let time = Date.UTC(2026, 0, 1);
let key: CryptoKey;
let otherKey: CryptoKey;
let published: JWK[];
let keyReads = 0;
let lookUps = 0;
const ended = new Set<string>();

beforeAll(async () => {
  const [own, other] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')]);
  key = own.privateKey;
  otherKey = other.privateKey;
  published = [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
});

function buildVerifier(): TokenVerifier {
  const identity = {
    listSigningKeys: async () => {
      keyReads += 1;
      return { keys: published };
    },
    resolveSubject: async ({
      subject: id,
      tenant,
      session,
    }: {
      subject: string;
      tenant?: string;
      session?: string;
    }) => {
      lookUps += 1;
      if (ended.has(session ?? '')) return null;
      return { kind: 'user', subject: id, tenant, session, roles: ['org_member'] };
    },
  } as unknown as ContractFunctions<typeof iamContract>;
  const now = () => time;
  const log = { warn: () => {} };
  return new TokenVerifier({ issuers: [trustEmbeddedIssuer(issuer, identity, { now, log })], identity, now });
}

const seconds = (): number => Math.floor(time / 1000);
const draft = (changes: object = {}, header: object = {}): SignJWT =>
  new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt', ...header })
    .setIssuer(issuer)
    .setAudience(ACCESS_TOKEN_AUDIENCE)
    .setSubject(subject)
    .setIssuedAt(seconds())
    .setExpirationTime(seconds() + 600);

test('takes a token of the issuer for its subject, tenant and roles, and remembers it', async () => {
  const verifier = buildVerifier();
  const token = await draft().sign(key);
  expect(verifier.peek(token)).toBeUndefined();
  const principal = await verifier.verify(token);
  expect(principal).toMatchObject({ kind: 'user', subject, tenant: claims.tenant_id, roles: ['org_member'] });
  expect(verifier.peek(token)).toEqual(principal);
});

test('forgets a remembered token when it expires', async () => {
  const verifier = buildVerifier();
  const token = await draft()
    .setExpirationTime(seconds() + 5)
    .sign(key);
  await verifier.verify(token);
  const before = time;
  time += 6000;
  expect(verifier.peek(token)).toBeUndefined();
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'auth.token_invalid' });
  time = before;
});

test('asks once a second who the subject is now, and refuses a token whose session has ended', async () => {
  const verifier = buildVerifier();
  const session = newId();
  const token = await draft({ sid: session }).sign(key);
  await verifier.verify(token);
  const before = lookUps;
  time += 1001;
  await Promise.all([verifier.verify(token), verifier.verify(token)]);
  await verifier.verify(token);
  expect(lookUps).toBe(before + 1);
  ended.add(session);
  time += 1001;
  expect(verifier.peek(token)).toBeUndefined();
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'auth.token_invalid' });
  time -= 2002;
});

test.each<[string, () => Promise<string> | string]>([
  [
    'expired',
    () =>
      draft()
        .setExpirationTime(seconds() - 1)
        .sign(key),
  ],
  [
    'not yet valid',
    () =>
      draft()
        .setNotBefore(seconds() + 60)
        .sign(key),
  ],
  [
    'without an end',
    async () =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(ACCESS_TOKEN_AUDIENCE)
        .setSubject(subject)
        .sign(key),
  ],
  ['of another issuer', () => draft().setIssuer('https://elsewhere.example').sign(key)],
  ['an id token for a client with the name of the API', () => draft({}, { typ: 'JWT' }).sign(key)],
  ['an id token without a type', () => draft({}, { typ: undefined }).sign(key)],
  ['a logout token', () => draft({}, { typ: 'logout+jwt' }).sign(key)],
  ['for another audience', () => draft().setAudience('account').sign(key)],
  ['without a subject', () => draft().setSubject('').sign(key)],
  ['signed with another key under a known name', () => draft().sign(otherKey)],
  ['signed with an unknown key', () => draft({}, { alg: 'RS256', kid: 'two' }).sign(otherKey)],
  [
    'signed with the public key as a secret',
    () => draft({}, { alg: 'HS256', kid: 'one' }).sign(Buffer.from(JSON.stringify(published[0]))),
  ],
  [
    'not signed',
    () =>
      new UnsecuredJWT(claims)
        .setIssuer(issuer)
        .setAudience(ACCESS_TOKEN_AUDIENCE)
        .setSubject(subject)
        .setExpirationTime(seconds() + 600)
        .encode(),
  ],
  ['with another tenant pasted in', async () => tamper(await draft().sign(key))],
  ['without a tenant that is an id', () => draft({ tenant_id: 'x' }).sign(key)],
  ['no token at all', () => 'nothing'],
])('refuses a token that is %s', async (_what, make) => {
  await expect(buildVerifier().verify(await make())).rejects.toMatchObject({ code: 'auth.token_invalid' });
});

test('reads the keys again for a new key, and not for each token with an unknown one', async () => {
  const verifier = buildVerifier();
  await verifier.verify(await draft().sign(key));
  const rotated = await generateKeyPair('RS256', { extractable: true });
  published = [...published, { ...(await exportJWK(rotated.publicKey)), kid: 'two', alg: 'RS256', use: 'sig' }];
  const token = await draft({}, { alg: 'RS256', kid: 'two' }).sign(rotated.privateKey);
  const before = time;
  time += 6000;
  await verifier.verify(token);
  const reads = keyReads;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const forged = await draft({}, { alg: 'RS256', kid: `unknown-${attempt}` }).sign(otherKey);
    await expect(verifier.verify(forged)).rejects.toMatchObject({ code: 'auth.token_invalid' });
  }
  expect(keyReads).toBe(reads);
  time = before;
});

function tamper(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const changed = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), tenant_id: newId() };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}
