import type { SignInClient } from '../../catalogue/catalogue-entry.ts';
import { interfacesOf } from '../../description/component-interfaces.ts';
import type { ResolvedComponent, ResolvedPlatform } from '../../model/platform-model.ts';
import { placeholderOf } from './placeholder.ts';
import { audienceMapper, claimMappers } from './protocol-mappers.ts';
import { accessTokenSeconds, sessionIdleSeconds, sessionSeconds } from './realm-settings.ts';

/** Client of the services: its tokens are what they accept. */
export function apiClientOf({ name }: ResolvedPlatform): string {
  return `${name}-api`;
}

/** The clients of a realm: services, web pages, and the tools that sign staff in. */
export function realmClients(platform: ResolvedPlatform) {
  return [apiClient(platform), webClient(platform), ...toolClients(platform)].toSorted((left, right) =>
    left.clientId < right.clientId ? -1 : 1,
  );
}

function apiClient(platform: ResolvedPlatform) {
  const { redirectUris, webOrigins } = platform.identity;
  const keycloak = platform.components.find(({ entry }) => entry.name === 'keycloak')?.name ?? 'keycloak';
  return {
    ...clientDefaults,
    clientId: apiClientOf(platform),
    name: `${platform.title} services`,
    publicClient: false,
    clientAuthenticatorType: 'client-secret',
    secret: placeholderOf(`${keycloak}-api-client-secret`),
    serviceAccountsEnabled: true,
    redirectUris: redirectUris.toSorted(),
    webOrigins: webOrigins.toSorted(),
    protocolMappers: forServices(platform),
  };
}

function webClient(platform: ResolvedPlatform) {
  const { redirectUris, webOrigins } = platform.identity;
  return {
    ...clientDefaults,
    clientId: `${platform.name}-web`,
    name: `${platform.title} pages`,
    publicClient: true,
    serviceAccountsEnabled: false,
    redirectUris: redirectUris.toSorted(),
    webOrigins: webOrigins.toSorted(),
    attributes: { ...clientDefaults.attributes, ...backChannel(platform) },
    protocolMappers: forServices(platform),
  };
}

/** Whom Keycloak signs out is signed out by the platform's gateway too, which keeps sessions of browsers. */
function backChannel({ scheme, domain, workloads }: ResolvedPlatform): Readonly<Record<string, string>> {
  if (!workloads.some(({ name, kind }) => name === 'gateway' && kind === 'core')) return {};
  return {
    'backchannel.logout.url': `${scheme}://api.${domain}/edge/back-channel-logout`,
    'backchannel.logout.session.required': 'true',
  };
}

/** The services take tokens of these clients; those of a tool say who somebody is, and open nothing else. */
function forServices(platform: ResolvedPlatform) {
  return [...claimMappers(), audienceMapper(apiClientOf(platform))].toSorted((left, right) =>
    left.name < right.name ? -1 : 1,
  );
}

/** A client for each component that signs staff in by itself. */
function toolClients(platform: ResolvedPlatform) {
  return platform.components.flatMap((component) => {
    const { signIn } = component.entry;
    if (signIn === undefined) return [];
    const origins = originsOf(platform, component, signIn);
    return [
      {
        ...clientDefaults,
        clientId: signIn.client.replaceAll('${platform}', platform.name),
        name: component.entry.title,
        publicClient: false,
        clientAuthenticatorType: 'client-secret',
        secret: placeholderOf(`${component.name}-${signIn.secret}`),
        serviceAccountsEnabled: false,
        redirectUris: origins.flatMap((origin) => signIn.redirectPaths.map((path) => `${origin}${path}`)),
        webOrigins: origins,
      },
    ];
  });
}

/** Where browsers come back to, whether or not the edge of this environment serves it. */
function originsOf({ scheme, domain }: ResolvedPlatform, component: ResolvedComponent, signIn: SignInClient): string[] {
  const interfaces = interfacesOf(component, domain);
  const wanted = signIn.interface ?? interfaces[0]?.definition.name;
  return interfaces.flatMap(({ definition, host }) => (definition.name === wanted ? [`${scheme}://${host}`] : []));
}

/** What all clients share: the authorisation code with PKCE, and no other way in. */
const clientDefaults = {
  protocol: 'openid-connect',
  enabled: true,
  alwaysDisplayInConsole: false,
  bearerOnly: false,
  consentRequired: false,
  standardFlowEnabled: true,
  implicitFlowEnabled: false,
  directAccessGrantsEnabled: false,
  frontchannelLogout: false,
  fullScopeAllowed: true,
  attributes: {
    'access.token.lifespan': String(accessTokenSeconds),
    'client.session.idle.timeout': String(sessionIdleSeconds),
    'client.session.max.lifespan': String(sessionSeconds),
    'pkce.code.challenge.method': 'S256',
    // Header at+jwt (RFC 9068): nothing else that the realm signs is then taken for an access token.
    'access.token.header.type.rfc9068': 'true',
    // The same addresses as for redirects.
    'post.logout.redirect.uris': '+',
    'oauth2.device.authorization.grant.enabled': 'false',
    'oidc.ciba.grant.enabled': 'false',
  },
  defaultClientScopes: ['acr', 'basic', 'profile', 'web-origins'],
  optionalClientScopes: ['email', 'offline_access'],
  protocolMappers: claimMappers(),
};
