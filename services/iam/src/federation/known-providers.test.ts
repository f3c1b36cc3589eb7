import { createHash, generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CompanyServer } from '../../test/company-server.ts';
import {
  buildCompanyUpstream,
  companyAnswer as answer,
  companyFlow as flow,
  companySecret as secret,
} from '../../test/company-upstream.ts';
import type { ProviderSettings } from '../identity-provider/provider-settings.ts';

let company: CompanyServer;
beforeAll(async () => {
  company = await CompanyServer.start();
});
beforeEach(() => void company.requests.splice(0));
afterAll(() => company.stop());

const build = (settings: ProviderSettings, own = secret) => buildCompanyUpstream(company, settings, own);

/** Lets a company answer with an ID token. */
function issue(tokenUrl: string, claims: JWTPayload): void {
  company.answer(tokenUrl, async () => ({
    body: {
      access_token: 'an-access-token',
      token_type: 'Bearer',
      expires_in: 3599,
      scope: 'openid email profile',
      id_token: await company.sign({ nonce: flow.nonce, aud: 'the-client', ...claims }),
    },
  }));
}

const tokenRequest = (path: string) => company.requests.find(({ url }) => url.pathname.endsWith(path))!;

// https://accounts.google.com/.well-known/openid-configuration
const google = () => {
  company.answer('accounts.google.com/.well-known/openid-configuration', () => ({
    body: {
      issuer: 'https://accounts.google.com',
      authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_endpoint: 'https://oauth2.googleapis.com/token',
      userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
      jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
      response_types_supported: ['code', 'token', 'id_token', 'code token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['plain', 'S256'],
    },
  }));
};
const googleClaims = {
  iss: 'https://accounts.google.com',
  azp: 'the-client',
  sub: '110169484474386276334',
  email: 'ann@corp.test',
  email_verified: true,
  name: 'Ann Google',
  locale: 'en',
};

it('signs in by Google: PKCE, state and nonce, addresses only where Google is the authority', async () => {
  google();
  const upstream = build({ kind: 'google', clientId: 'the-client', hostedDomain: 'corp.test' });
  const url = await upstream.start(flow);
  expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'the-client',
    redirect_uri: flow.callbackUrl,
    response_type: 'code',
    scope: 'openid email profile',
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: createHash('sha256').update(flow.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    hd: 'corp.test',
  });
  issue('oauth2.googleapis.com/token', { ...googleClaims, hd: 'corp.test' });
  expect(await upstream.finish(answer(), flow)).toEqual({
    issuer: 'https://accounts.google.com',
    subject: googleClaims.sub,
    email: 'ann@corp.test',
    emailVerified: true,
    name: 'Ann Google',
    locale: 'en',
    multiFactor: false,
  });
  expect(Object.fromEntries(tokenRequest('/token').form)).toEqual({
    grant_type: 'authorization_code',
    code: 'the-code',
    redirect_uri: flow.callbackUrl,
    code_verifier: flow.verifier,
    client_id: 'the-client',
    client_secret: secret,
  });
  for (const hd of [undefined, 'evil.test']) {
    issue('oauth2.googleapis.com/token', { ...googleClaims, ...(hd && { hd }) });
    await expect(upstream.finish(answer(), flow)).rejects.toMatchObject({ code: 'federation.refused' });
  }
  const open = build({ kind: 'google', clientId: 'the-client' });
  issue('oauth2.googleapis.com/token', googleClaims);
  expect((await open.finish(answer(), flow)).emailVerified).toBe(false);
  issue('oauth2.googleapis.com/token', { ...googleClaims, email: 'ann@gmail.com' });
  expect((await open.finish(answer(), flow)).emailVerified).toBe(true);
});

it('attack: refuses ID tokens of another audience, issuer, nonce, time or key, and unsigned ones', async () => {
  google();
  const upstream = build({ kind: 'google', clientId: 'the-client' });
  const other = await CompanyServer.start();
  const unsigned = (claims: object) =>
    [{ alg: 'none' }, { exp: Date.now(), iat: 1, ...claims }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.') + '.';
  const sound = { ...googleClaims, aud: 'the-client', nonce: flow.nonce };
  const tokens = [
    await company.sign({ ...sound, aud: 'another-client' }),
    await company.sign({ ...sound, iss: 'https://evil.test' }),
    await company.sign({ ...sound, nonce: 'another' }),
    await company.sign({ ...sound, nonce: undefined }),
    await other.sign(sound),
    unsigned(sound),
    undefined,
  ];
  await other.stop();
  for (const token of tokens) {
    company.answer('oauth2.googleapis.com/token', () => ({
      body: { access_token: 'a', token_type: 'Bearer', ...(token && { id_token: token }) },
    }));
    await expect(upstream.finish(answer(), flow), String(token)).rejects.toMatchObject({ code: 'federation.refused' });
  }
});

const tid = 'b8a1f6a1-3d3c-4a58-9d51-52a4c28a7a11';
const personalTid = '9188040d-6c67-4c5b-b112-36a304b66dad';
const microsoft = (directory: string, issuer: string) =>
  company.answer(`login.microsoftonline.com/${directory}/v2.0/.well-known/openid-configuration`, () => ({
    body: {
      issuer,
      authorization_endpoint: `https://login.microsoftonline.com/${directory}/oauth2/v2.0/authorize`,
      token_endpoint: `https://login.microsoftonline.com/${directory}/oauth2/v2.0/token`,
      jwks_uri: 'https://login.microsoftonline.com/keys',
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    },
  }));
const microsoftClaims = (directory: string) => ({
  ver: '2.0',
  iss: `https://login.microsoftonline.com/${directory}/v2.0`,
  tid: directory,
  oid: '00000000-0000-0000-66f3-3332eca7ea81',
  sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
  preferred_username: 'ann@corp.test',
  email: 'ann@corp.test',
  name: 'Ann Microsoft',
});

it('signs in by Microsoft: the issuer is the directory of the account, the subject its object id', async () => {
  microsoft('organizations', 'https://login.microsoftonline.com/{tenantid}/v2.0');
  const settings = {
    kind: 'microsoft',
    clientId: 'the-client',
    directory: 'organizations',
    allowedDirectories: [],
  } satisfies ProviderSettings;
  const upstream = build(settings);
  const tokenUrl = 'login.microsoftonline.com/organizations/oauth2/v2.0/token';
  issue(tokenUrl, microsoftClaims(tid));
  expect(await upstream.finish(answer(), flow)).toMatchObject({
    issuer: `https://login.microsoftonline.com/${tid}/v2.0`,
    subject: '00000000-0000-0000-66f3-3332eca7ea81',
    email: 'ann@corp.test',
    // Without xms_edov the directory's administrator could have written any address.
    emailVerified: false,
    name: 'Ann Microsoft',
  });
  for (const [owned, verified] of [
    [true, true],
    ['1', true],
    [false, false],
    ['0', false],
  ] as const) {
    issue(tokenUrl, { ...microsoftClaims(tid), xms_edov: owned });
    expect((await upstream.finish(answer(), flow)).emailVerified).toBe(verified);
  }
});

it('attack: refuses accounts of directories that are not wanted, and tokens whose issuer is not their directory', async () => {
  microsoft('organizations', 'https://login.microsoftonline.com/{tenantid}/v2.0');
  microsoft('common', 'https://login.microsoftonline.com/{tenantid}/v2.0');
  const base = { kind: 'microsoft', clientId: 'the-client' } as const;
  const refused = async (directory: string, allowedDirectories: string[], claims: JWTPayload) => {
    issue(`login.microsoftonline.com/${directory}/oauth2/v2.0/token`, claims);
    const upstream = build({ ...base, directory, allowedDirectories });
    await expect(upstream.finish(answer(), flow), JSON.stringify(claims)).rejects.toMatchObject({
      code: 'federation.refused',
    });
  };
  await refused('organizations', [], microsoftClaims(personalTid));
  await refused('common', [tid], microsoftClaims('1cd2f6a1-3d3c-4a58-9d51-52a4c28a7a11'));
  await refused('common', [], {
    ...microsoftClaims(tid),
    iss: `https://login.microsoftonline.com/${personalTid}/v2.0`,
  });
  await refused('common', [], {
    ...microsoftClaims('x/../evil'),
    iss: 'https://login.microsoftonline.com/x/../evil/v2.0',
  });
});

it('signs in by Apple: a client secret made of the key, an answer by form, the name beside it', async () => {
  company.answer('appleid.apple.com/.well-known/openid-configuration', () => ({
    body: {
      issuer: 'https://appleid.apple.com',
      authorization_endpoint: 'https://appleid.apple.com/auth/authorize',
      token_endpoint: 'https://appleid.apple.com/auth/token',
      jwks_uri: 'https://appleid.apple.com/auth/keys',
      response_modes_supported: ['query', 'fragment', 'form_post'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    },
  }));
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const upstream = build({ kind: 'apple', clientId: 'the-client', teamId: 'TEAM123456', keyId: 'KEY1234567' }, pem);
  const url = await upstream.start(flow);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_mode: 'form_post',
    scope: 'openid name email',
  });
  const claims = { iss: 'https://appleid.apple.com', sub: '001234.abcd.0123', email: 'x7k@privaterelay.appleid.com' };
  issue('appleid.apple.com/auth/token', { ...claims, email_verified: 'true', is_private_email: 'true' });
  const user = JSON.stringify({ name: { firstName: 'Ann', lastName: 'Apple' }, email: 'admin@evil.test' });
  expect(await upstream.finish(answer({ user }), flow)).toMatchObject({
    issuer: 'https://appleid.apple.com',
    subject: '001234.abcd.0123',
    // Never the one that came beside the token, which anybody can write.
    email: 'x7k@privaterelay.appleid.com',
    emailVerified: true,
    name: 'Ann Apple',
  });
  expect((await upstream.finish(answer({ user: '{' }), flow)).name).toBeUndefined();
  const assertion = tokenRequest('/auth/token').form.get('client_secret')!;
  const { payload } = await jwtVerify(assertion, publicKey, {
    algorithms: ['ES256'],
    audience: 'https://appleid.apple.com',
  });
  expect(decodeProtectedHeader(assertion)).toEqual({ alg: 'ES256', kid: 'KEY1234567' });
  expect(payload).toMatchObject({ iss: 'TEAM123456', sub: 'the-client' });
  expect(payload.exp! - payload.iat!).toBeLessThan(15_777_000);
});

it('takes addresses, names and languages from the claims that the mapping names', async () => {
  company.answer('idp.test/.well-known/openid-configuration', () => ({
    body: {
      issuer: 'https://idp.test',
      authorization_endpoint: 'https://idp.test/auth',
      token_endpoint: 'https://idp.test/token',
      jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
    },
  }));
  const own = { email: 'upn', firstName: 'vorname', lastName: 'nachname', locale: 'sprache' };
  const buildMapped = (mapping: object) =>
    build({
      kind: 'oidc',
      issuer: 'https://idp.test',
      clientId: 'the-client',
      scopes: ['openid'],
      clientAuthentication: 'basic',
      mapping,
      multiFactorValues: ['urn:two'],
    });
  issue('idp.test/token', {
    iss: 'https://idp.test',
    sub: 's1',
    acr: 'urn:two',
    email: 'ann@a.test',
    email_verified: true,
    upn: 'ann@other.test',
    vorname: 'Ann',
    nachname: 'Own',
    sprache: 'de',
  });
  expect(await buildMapped(own).finish(answer(), flow)).toEqual({
    issuer: 'https://idp.test',
    subject: 's1',
    email: 'ann@other.test',
    // What the provider verified is another address.
    emailVerified: false,
    name: 'Ann Own',
    locale: 'de',
    multiFactor: true,
  });
  expect(await buildMapped({}).finish(answer(), flow)).toMatchObject({ email: 'ann@a.test', emailVerified: true });
  expect(tokenRequest('/token').headers.authorization).toMatch(/^Basic /);
});
