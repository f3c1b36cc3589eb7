import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest, type TestResponse } from '@plinth/testing';
import { origin, sessionOf } from './builders.ts';
import type { OpenidUpstreamServer } from './openid-upstream.ts';

export const operator = buildPrincipal({ roles: ['platform_admin'] });
export const callbackBase = `${origin}/api/v1/auth/federation`;

type Body = Readonly<Record<string, unknown>>;

/** A body that makes an OpenID Connect provider of the upstream. */
export function openidBody(upstream: OpenidUpstreamServer, changes: Body = {}): Body {
  const { issuer, clientId, clientSecret } = upstream;
  return { title: 'Upstream', settings: { kind: 'oidc', issuer, clientId, clientSecret }, ...changes };
}

/** Makes a provider of the whole platform, or of a principal's tenant. */
export async function createProvider(iam: ServiceUnderTest, body: Body, principal = operator): Promise<string> {
  const realm = principal === operator ? 'platform' : 'tenant';
  const response = await iam.request('POST', `/identity-providers?realm=${realm}`, { principal, body });
  if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  return response.body.id as string;
}

/** Makes a domain a tenant's own, as its proof does. */
export async function proveDomain(
  iam: ServiceUnderTest,
  tenantId: string,
  domain = `${newId()}.test`,
): Promise<string> {
  await iam.database.platformTransaction((transaction) =>
    transaction.execute(`INSERT INTO iam.email_domains (domain, tenant_id, verified_at) VALUES ($1, $2, now())`, [
      domain,
      tenantId,
    ]),
  );
  return domain;
}

export interface Started {
  /** Where the browser was sent. */
  readonly location: string;
  /** Cookie header of the flow. */
  readonly cookies: string;
  readonly response: TestResponse;
}

/** Begins a sign-in as a browser does. */
export async function start(iam: ServiceUnderTest, provider: string, query = ''): Promise<Started> {
  const response = await iam.request('GET', `/auth/federation/${provider}/start${query}`);
  return { location: String(response.headers['location']), cookies: cookiesOf(response), response };
}

/** The Cookie header that a browser sends after an answer. */
export function cookiesOf(response: TestResponse): string {
  return [response.headers['set-cookie']]
    .flat()
    .filter((header) => header !== undefined && !String(header).includes('Max-Age=0'))
    .map((header) => String(header).split(';')[0])
    .join('; ');
}

/** Comes back from a provider by an address. */
export function comeBack(iam: ServiceUnderTest, url: URL, cookies: string): Promise<TestResponse> {
  return iam.request('GET', url.pathname.replace('/api/v1', '') + url.search, { headers: { cookie: cookies } });
}

/** Comes back from a provider by a form. */
export function postBack(
  iam: ServiceUnderTest,
  provider: string,
  form: Readonly<Record<string, string>>,
  cookies: string,
): Promise<TestResponse> {
  return iam.request('POST', `/auth/federation/${provider}/callback`, {
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookies },
  });
}

/** Signs a person of the upstream in, from beginning to end. */
export async function signInBy(
  iam: ServiceUnderTest,
  upstream: OpenidUpstreamServer,
  { provider, person, query = '' }: { readonly provider: string; readonly person: string; readonly query?: string },
): Promise<TestResponse> {
  const { location, cookies } = await start(iam, provider, query);
  return comeBack(iam, await upstream.visit(location, person), cookies);
}

/** The code that a failed sign-in shows on its page; undefined when it did not fail. */
export function errorOf(response: TestResponse): string | undefined {
  const location = String(response.headers['location']);
  return new URL(location, origin).searchParams.get('error') ?? undefined;
}

/** The session that a sign-in began, as the service sees it. */
export async function sessionFrom(iam: ServiceUnderTest, response: TestResponse) {
  const { cookies } = sessionOf(response);
  return (await iam.request('GET', '/auth/session', { headers: { cookie: cookies } })).body;
}
