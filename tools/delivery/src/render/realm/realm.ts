import type { Render } from '../renderer.ts';
import { identityProviderMappers, identityProviders } from './identity-brokers.ts';
import { apiClientOf, realmClients } from './realm-clients.ts';
import { realmComponents } from './realm-components.ts';
import { realmSettings } from './realm-settings.ts';

const roles = [
  { name: 'org_admin', description: 'Administers an organization' },
  { name: 'org_member', description: 'Belongs to an organization' },
  { name: 'platform_admin', description: 'Administers the platform' },
];

/**
 * The realm of an environment, for `kc.sh import` and `--import-realm` of Keycloak 26; nothing where the platform
 * signs people in by itself. JSON has no comments: what rendered it is an attribute of the realm.
 */
export const renderRealm: Render = ({ platform }) => {
  if (platform.identity.provider !== 'keycloak') return [];
  const { realm, brokers } = platform.identity;
  const representation = {
    ...realmSettings(platform),
    attributes: { renderedBy: 'plinth' },
    roles: { realm: roles },
    clients: realmClients(platform),
    // The services administer users over the admin API, and nothing else of the realm.
    users: [
      {
        username: `service-account-${apiClientOf(platform)}`,
        enabled: true,
        serviceAccountClientId: apiClientOf(platform),
        clientRoles: { 'realm-management': ['manage-users', 'query-users', 'view-users'] },
      },
    ],
    identityProviders: identityProviders(brokers),
    identityProviderMappers: identityProviderMappers(brokers),
    components: realmComponents(),
  };
  return [{ path: `realm-${realm}.json`, content: `${JSON.stringify(representation, undefined, 2)}\n` }];
};
