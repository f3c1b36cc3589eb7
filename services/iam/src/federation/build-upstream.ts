import type { ReadyProvider } from '../identity-provider/provider-secrets.ts';
import { FederationRefusedError } from './federation.errors.ts';
import { appleSettings, googleSettings, microsoftSettings, openidSettings } from './known-providers.ts';
import { facebookSettings, githubSettings, OAuthUpstream } from './oauth-upstream.ts';
import { OpenidUpstream } from './openid-upstream.ts';
import { SamlUpstream, type CompleteSaml } from './saml-upstream.ts';
import type { Upstream, UpstreamContext } from './upstream.ts';

/** The protocol of a provider, as its settings want it. */
export function buildUpstream({ provider, secret }: ReadyProvider, context: UpstreamContext): Upstream {
  const { settings } = provider;
  if (settings.kind === 'saml') return new SamlUpstream(assertComplete(settings), context);
  if (secret === undefined) throw new FederationRefusedError('the provider has no secret');
  switch (settings.kind) {
    case 'google':
      return new OpenidUpstream(googleSettings(settings, secret), context);
    case 'microsoft':
      return new OpenidUpstream(microsoftSettings(settings, secret), context);
    case 'apple':
      return new OpenidUpstream(appleSettings(settings, secret, context.now), context);
    case 'oidc':
      return new OpenidUpstream(openidSettings(settings, secret), context);
    case 'github':
      return new OAuthUpstream(githubSettings(settings, secret), context);
    case 'facebook':
      return new OAuthUpstream(facebookSettings(settings, secret), context);
  }
}

function assertComplete(settings: Partial<CompleteSaml> & { kind: 'saml' }): CompleteSaml {
  const { entityId, ssoUrl, certificates } = settings;
  if (entityId === undefined || ssoUrl === undefined || certificates === undefined)
    throw new FederationRefusedError('the provider is not fully described');
  return settings as CompleteSaml;
}
