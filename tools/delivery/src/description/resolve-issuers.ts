import { builtInRoles, type IssuersFileInput } from '@plinth/contracts';
import type { ConfigurationFile, IdentitySettings } from '../model/platform-model.ts';
import { endpointOf, type Component } from './component-index.ts';
import { apiClientSecret } from './resolve-identity-secrets.ts';

/** How the core services are told of the realm. */
export interface CoreIssuers {
  /** What `PLINTH_ISSUERS_FILE` names. */
  readonly file: ConfigurationFile;
  /** Where its keys are read, and its users administered. */
  readonly workload: string;
  /** Secret of the client that administers users; for the one service that does. */
  readonly secret: string;
}

/** Without an identity provider of its own, a platform is its own issuer, and nothing is said. */
export function resolveIssuers(
  platformName: string,
  { issuer, realm }: IdentitySettings,
  keycloak: Component | undefined,
): CoreIssuers | undefined {
  if (keycloak === undefined) return undefined;
  const { host, port } = endpointOf(keycloak);
  const baseUrl = `http://${host}:${port}`;
  const secret = apiClientSecret(keycloak);
  const content: IssuersFileInput = {
    embeddedSignIn: false,
    issuers: [
      {
        issuer,
        // Keys and users inside the platform; tokens name the public address all the same.
        discoveryUrl: `${baseUrl}/realms/${realm}/.well-known/openid-configuration`,
        audiences: [`${platformName}-api`],
        algorithms: ['RS256'],
        tokenType: 'at+jwt',
        tenant: { from: 'claim', claim: 'tenant_id', setBy: 'administrators' },
        roles: {
          from: 'claim',
          claim: 'roles',
          map: Object.fromEntries(builtInRoles.map((role) => [role, role])),
          assignments: 'added',
        },
        provisioning: 'first-token',
        administration: {
          kind: 'keycloak',
          baseUrl,
          realm,
          clientId: `${platformName}-api`,
          secretFile: `/run/secrets/${secret}`,
          newUsers: true,
        },
      },
    ],
  };
  return {
    file: { path: '/etc/plinth/issuers.json', content: `${JSON.stringify(content, undefined, 2)}\n` },
    workload: host,
    secret,
  };
}
