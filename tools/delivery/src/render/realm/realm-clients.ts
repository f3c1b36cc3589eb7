import type { ResolvedComponent, ResolvedPlatform } from '../../model/platform-model.ts';
import { placeholderOf } from './placeholder.ts';
import { claimMappers } from './protocol-mappers.ts';
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
    ...clientDefaults(platform),
    clientId: apiClientOf(platform),
    name: `${platform.title} services`,
    publicClient: false,
    clientAuthenticatorType: 'client-secret',
    secret: placeholderOf(`${keycloak}-api-client-secret`),
    serviceAccountsEnabled: true,
    redirectUris: redirectUris.toSorted(),
    webOrigins: webOrigins.toSorted(),
  };
}

function webClient(platform: ResolvedPlatform) {
  const { redirectUris, webOrigins } = platform.identity;
  return {
    ...clientDefaults(platform),
    clientId: `${platform.name}-web`,
    name: `${platform.title} pages`,
    publicClient: true,
    serviceAccountsEnabled: false,
    redirectUris: redirectUris.toSorted(),
    webOrigins: webOrigins.toSorted(),
  };
}

/** A client for each component that signs staff in by itself. */
function toolClients(platform: ResolvedPlatform) {
  return platform.components.flatMap((component) => {
    const { signIn } = component.entry;
    if (signIn === undefined) return [];
    const origins = originsOf(platform, component);
    return [
      {
        ...clientDefaults(platform),
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

/** Where the edge serves the component; the host that its entry asks for when it has no route. */
function originsOf({ routes, scheme, domain }: ResolvedPlatform, component: ResolvedComponent): string[] {
  const hosts = routes.filter(({ workload }) => component.workloads.includes(workload)).map(({ host }) => host);
  const own = component.entry.interface?.host;
  const all = hosts.length > 0 || own === undefined ? hosts : [`${own}.${domain}`];
  return [...new Set(all)].toSorted().map((host) => `${scheme}://${host}`);
}

/** What all clients share: the authorisation code with PKCE, and no other way in. */
function clientDefaults(platform: ResolvedPlatform) {
  return {
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
      // The same addresses as for redirects.
      'post.logout.redirect.uris': '+',
      'oauth2.device.authorization.grant.enabled': 'false',
      'oidc.ciba.grant.enabled': 'false',
    },
    defaultClientScopes: ['acr', 'basic', 'profile', 'web-origins'],
    optionalClientScopes: ['email', 'offline_access'],
    protocolMappers: claimMappers(apiClientOf(platform)),
  };
}
