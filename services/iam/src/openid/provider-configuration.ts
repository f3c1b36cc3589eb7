import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { idSchema, permissions } from '@plinth/contracts';
import { identityScopes } from '../client/client.ts';
import type { IamCore } from '../core.ts';
import { sessionLongestSeconds } from '../session/session.ts';
import { createAccountFinder } from './account.ts';
import { assuranceLevels } from './assurance.ts';
import { cookieNames, endpoints, interactionPath } from './endpoints.ts';
import { renderErrorPage } from './error-page.ts';
import { createGrantLoader } from './grant-loader.ts';
import type { Library } from './library.ts';

const interactionSeconds = 1800;

/** How the library is to behave: code with PKCE, nothing implicit, our sessions, our consents. */
export function buildConfiguration(core: IamCore, library: Library): Configuration {
  const { config } = core;
  const cookie = { httpOnly: true, sameSite: 'lax', secure: config.cookieSecure, overwrite: true } as const;
  return {
    acrValues: [...assuranceLevels],
    claims: {
      // The platform's claims are in every token (requirement: access and id token alike).
      openid: ['sub', 'auth_time', 'acr', 'amr', 'tenant_id', 'organization_id', 'roles', 'email'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    scopes: [...identityScopes, ...permissions],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    clientBasedCORS,
    clientDefaults: { id_token_signed_response_alg: 'RS256' },
    // Applications that read the id token alone get name and address too.
    conformIdTokenClaims: false,
    cookies: { names: { ...cookieNames(config.cookieSecure) }, long: cookie, short: cookie },
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256'],
      clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA'],
    },
    extraClientMetadata: { properties: ['first_party', 'acts_as_user'] },
    extraParams: {
      tenant_id: (_ctx, value) => {
        if (value !== undefined && !idSchema.safeParse(value).success)
          throw new library.errors.InvalidRequest('tenant_id must be a UUID');
      },
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      clientCredentials: { enabled: true },
      // The gateway does not check proofs of possession yet; a token must not look as if it were bound.
      dPoP: { enabled: false },
      deviceFlow: { enabled: true },
      introspection: { enabled: true, allowedPolicy: isOwnToken },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: true },
    },
    // The database joins every look-up with the session, which is stricter than the library's own check.
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    findAccount: createAccountFinder(core),
    loadExistingGrant: createGrantLoader(core, library),
    interactions: { policy: createPolicy(library), url: (_ctx, interaction) => interactionPath(interaction.uid) },
    pkce: { required: () => true },
    renderError: (ctx, out) => renderErrorPage(ctx, out),
    responseTypes: ['code'],
    routes: { ...endpoints },
    ttl: {
      AccessToken: config.accessTokenLifetimeSeconds,
      ClientCredentials: config.accessTokenLifetimeSeconds,
      IdToken: config.accessTokenLifetimeSeconds,
      AuthorizationCode: 60,
      DeviceCode: 600,
      Interaction: interactionSeconds,
      Grant: sessionLongestSeconds,
      RefreshToken: sessionLongestSeconds,
      Session: sessionLongestSeconds,
    },
    // Without the library's guard against private addresses: only the operator names addresses here, and the
    // applications of a self-hosted platform are on its own network.
    fetch: (url, options) =>
      fetch(url, { ...options, dispatcher: undefined, signal: AbortSignal.timeout(5000) } as RequestInit),
  };
}

/** The operator's own applications on devices ask nobody; others are asked each time (RFC 8252, 8.6). */
function createPolicy(library: Library): ReturnType<Library['interactionPolicy']['base']> {
  const { base, Check } = library.interactionPolicy;
  const policy = base();
  const { checks } = policy.get('consent')!;
  checks.remove('native_client_prompt');
  checks.add(
    new Check('native_client_prompt', 'native clients require End-User interaction', 'interaction_required', (ctx) => {
      const { client, result } = ctx.oidc;
      return client?.applicationType === 'native' && !isFirstParty(client) && result?.consent === undefined;
    }),
  );
  return policy;
}

function isFirstParty(client: Client | undefined): boolean {
  return client?.['first_party'] === true;
}

/** A client learns of its own tokens only, and so can nobody else find out which are alive. */
function isOwnToken(
  _ctx: KoaContextWithOIDC,
  client: Client,
  token: { readonly kind: string; readonly clientId?: string | undefined },
): boolean {
  if (token.clientId === client.clientId) return true;
  // Programs that stand for the API may ask about every token that is for it.
  return client['acts_as_user'] === true && client.clientAuthMethod !== 'none' && token.kind !== 'RefreshToken';
}

/** Pages of the redirect URIs may send a public client's requests. */
function clientBasedCORS(_ctx: KoaContextWithOIDC, origin: string, client: Client): boolean {
  return (
    client.clientAuthMethod === 'none' && (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin)
  );
}
