import { expect, test } from 'vitest';
import type { CatalogueEntry } from '../../catalogue/catalogue-entry.ts';
import type { IdentitySettings } from '../../model/platform-model.ts';
import { buildInput } from '../observability/observability.builders.ts';
import { renderRealm } from './realm.ts';

const identity: IdentitySettings = {
  provider: 'keycloak',
  issuer: 'https://auth.acme.example.com/realms/acme-production',
  realm: 'acme-production',
  redirectUris: ['https://console.acme.example.com/auth/callback', 'https://app.acme.example.com/auth/callback'],
  webOrigins: ['https://console.acme.example.com', 'https://app.acme.example.com'],
  brokers: ['google', 'apple', 'facebook', 'github', 'microsoft'],
};

function render(fields: Partial<IdentitySettings> = {}, interfaceName?: string) {
  const input = buildInput(['gateway'], {}, { identity: { ...identity, ...fields } });
  const signIn = {
    client: '${platform}-grafana',
    secret: 'client-secret',
    ...(interfaceName === undefined ? {} : { interface: interfaceName }),
    redirectPaths: ['/login/generic_oauth'],
  };
  const shown = { container: '', port: 3000, ownSignIn: true };
  const entry = {
    name: 'grafana',
    title: 'Grafana',
    signIn,
    containers: [],
    interfaces: [
      { ...shown, name: 'web', host: 'grafana' },
      { ...shown, name: 'sign-in', host: 'grafana-sign-in' },
    ],
  } as unknown as CatalogueEntry;
  const component = {
    name: 'grafana',
    entry,
    settings: {},
    workloads: ['grafana'],
    kubernetes: { form: 'workloads' },
  } as const;
  const [artifact] = renderRealm({ ...input, platform: { ...input.platform, components: [component] } });
  return { path: artifact?.path, text: artifact?.content ?? '', realm: JSON.parse(artifact?.content ?? 'null') };
}

test('renders a realm for Keycloak only', () => {
  expect(render().path).toBe('realm-acme-production.json');
  expect(render({ provider: 'embedded' }).path).toBeUndefined();
});

test('has no wildcard in any address or origin', () => {
  for (const client of render().realm.clients) {
    expect(client.redirectUris.length, client.clientId).toBeGreaterThan(0);
    for (const address of [...client.redirectUris, ...client.webOrigins]) {
      expect(address).not.toContain('*');
      expect(URL.canParse(address)).toBe(true);
    }
    for (const origin of client.webOrigins) expect(new URL(origin).origin).toBe(origin);
  }
});

test('the public client has PKCE only; nobody signs in with a password at the token endpoint', () => {
  const clients = new Map(render().realm.clients.map((client: { clientId: string }) => [client.clientId, client]));
  expect([...clients.keys()]).toEqual(['acme-api', 'acme-grafana', 'acme-web']);
  expect(clients.get('acme-web')).toMatchObject({
    publicClient: true,
    serviceAccountsEnabled: false,
    redirectUris: identity.redirectUris.toSorted(),
    webOrigins: identity.webOrigins.toSorted(),
  });
  expect(clients.get('acme-web')).not.toHaveProperty('secret');
  for (const client of clients.values())
    expect(client).toMatchObject({
      standardFlowEnabled: true,
      implicitFlowEnabled: false,
      directAccessGrantsEnabled: false,
      attributes: {
        'pkce.code.challenge.method': 'S256',
        'access.token.lifespan': '900',
        'client.session.idle.timeout': '1800',
      },
    });
});

test('lets a tool come back to its main host, or to the one that it names', () => {
  const origins = (interfaceName?: string) =>
    render({}, interfaceName).realm.clients.find(({ clientId }: { clientId: string }) => clientId === 'acme-grafana');
  expect(origins().redirectUris).toEqual(['https://grafana.acme.example.com/login/generic_oauth']);
  expect(origins('sign-in')).toMatchObject({
    redirectUris: ['https://grafana-sign-in.acme.example.com/login/generic_oauth'],
    webOrigins: ['https://grafana-sign-in.acme.example.com'],
  });
});

test('names secrets, and holds none', () => {
  const { realm, text } = render();
  const secrets = realm.clients.flatMap(({ secret }: { secret?: string }) => secret ?? []);
  expect(secrets).toEqual(['${KEYCLOAK_API_CLIENT_SECRET}', '${GRAFANA_CLIENT_SECRET}']);
  for (const { config } of realm.identityProviders)
    expect(config.clientSecret).toMatch(/^\$\{BROKER_[A-Z]+_CLIENT_SECRET\}$/);
  expect([...text.matchAll(/"(?:clientSecret|secret|password)": "([^$][^"]*)"/g)]).toEqual([]);
});

test('protects sign-in with the numbers that are asked for', () => {
  expect(render().realm).toMatchObject({
    sslRequired: 'external',
    registrationAllowed: false,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    resetPasswordAllowed: true,
    editUsernameAllowed: false,
    bruteForceProtected: true,
    permanentLockout: false,
    failureFactor: 5,
    waitIncrementSeconds: 60,
    maxFailureWaitSeconds: 900,
    maxDeltaTimeSeconds: 43_200,
    quickLoginCheckMilliSeconds: 1000,
    minimumQuickLoginWaitSeconds: 60,
    eventsEnabled: true,
    adminEventsEnabled: true,
  });
});

test('puts the claims into access and id token; only tokens of services and pages are for the services', () => {
  for (const { clientId, protocolMappers, defaultClientScopes } of render().realm.clients) {
    const byClaim = new Map(protocolMappers.map((mapper: { name: string }) => [mapper.name, mapper]));
    for (const claim of ['tenant_id', 'organization_id', 'roles', 'email'])
      expect(byClaim.get(claim)).toMatchObject({
        config: { 'claim.name': claim, 'access.token.claim': 'true', 'id.token.claim': 'true' },
      });
    if (clientId === 'acme-grafana') expect(byClaim.has('audience')).toBe(false);
    else expect(byClaim.get('audience')).toMatchObject({ config: { 'included.client.audience': 'acme-api' } });
    // It would make `account` an audience.
    expect(defaultClientScopes).not.toContain('roles');
  }
});

test('keeps users from writing which tenant they belong to', () => {
  const [provider] = render().realm.components['org.keycloak.userprofile.UserProfileProvider'];
  const { attributes } = JSON.parse(provider.config['kc.user.profile.config'][0]);
  for (const name of ['tenant_id', 'organization_id'])
    expect(attributes.find((attribute: { name: string }) => attribute.name === name).permissions.edit).toEqual([
      'admin',
    ]);
});

test('does not trust the email addresses of other providers', () => {
  const { identityProviders, identityProviderMappers } = render().realm;
  expect(identityProviders.map(({ alias }: { alias: string }) => alias)).toEqual(identity.brokers.toSorted());
  for (const { trustEmail } of identityProviders) expect(trustEmail).toBe(false);
  for (const { alias } of identityProviders)
    expect(identityProviderMappers.some((mapper: { name: string }) => mapper.name === `${alias} email`)).toBe(true);
});

test('tells the gateway of sign-outs, which keeps sessions of browsers for the client of the pages alone', () => {
  const told = render()
    .realm.clients.filter(
      ({ attributes }: { attributes: Record<string, string> }) => 'backchannel.logout.url' in attributes,
    )
    .map(({ clientId, attributes }: { clientId: string; attributes: Record<string, string> }) => [
      clientId,
      attributes['backchannel.logout.url'],
    ]);
  expect(told).toEqual([['acme-web', expect.stringMatching(/^https?:\/\/api\.[^/]+\/edge\/back-channel-logout$/)]]);
});
