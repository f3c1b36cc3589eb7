import type { CompanyServer } from './company-server.ts';
import { buildUpstream } from '../src/federation/build-upstream.ts';
import type { Flow, Upstream } from '../src/federation/upstream.ts';
import { defaultRules, type IdentityProvider } from '../src/identity-provider/identity-provider.ts';
import type { ProviderSettings } from '../src/identity-provider/provider-settings.ts';

export const companySecret = 'a client secret of a test';
export const companyFlow: Flow = {
  state: 'state-state-state-stat',
  nonce: 'nonce-nonce-nonce-nonc',
  verifier: 'verifier-verifier-verifier-verifier-verifier',
  requestId: '_request',
  callbackUrl: 'https://plinth.test/api/v1/auth/federation/x/callback',
  entityId: 'https://plinth.test/api/v1/auth/federation/x/metadata',
};

/** What a browser brings back from a company. */
export function companyAnswer(more: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({ code: 'the-code', state: companyFlow.state, ...more });
}

/** The upstream of a company's settings, on the server that answers in its place. */
export function buildCompanyUpstream(
  company: CompanyServer,
  settings: ProviderSettings,
  secret = companySecret,
): Upstream {
  const now = new Date();
  const provider: IdentityProvider = {
    ...defaultRules,
    title: 'x',
    id: 'x',
    tenantId: null,
    organizationId: null,
    origin: 'administered',
    settings,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const context = { fetch: company.fetch, allowInsecure: false, now: () => new Date() };
  return buildUpstream({ provider, secret }, context);
}
