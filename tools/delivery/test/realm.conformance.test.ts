import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findFreePort, javaOfShortLife, requirePeers, runPeer, startPeer, type RunningPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CatalogueEntry } from '../src/catalogue/catalogue-entry.ts';
import { buildInput } from '../src/render/observability/observability.builders.ts';
import { renderRealm } from '../src/render/realm/realm.ts';
import { exampleNames, loadExample } from './example-platforms.ts';

const peers = requirePeers('keycloak');
const folder = peers.skip ? undefined : dirname(dirname(peers.paths.keycloak));
const root = mkdtempSync(join(tmpdir(), 'plinth-realm-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function renderExample(): { path: string; content: string } {
  const input = buildInput(['gateway'], {});
  const identity = {
    ...input.platform.identity,
    provider: 'keycloak',
    brokers: ['apple', 'facebook', 'github', 'google', 'microsoft'],
  } as const;
  const signIn = { client: '${platform}-grafana', secret: 'client-secret', redirectPaths: ['/login/generic_oauth'] };
  const entry = {
    name: 'grafana',
    title: 'Grafana',
    signIn,
    containers: [],
    interfaces: [{ name: 'web', container: '', port: 3000, host: 'grafana', ownSignIn: true }],
  } as unknown as CatalogueEntry;
  const component = {
    name: 'grafana',
    entry,
    settings: {},
    workloads: ['grafana'],
    kubernetes: { form: 'workloads' },
  } as const;
  const [artifact] = renderRealm({ ...input, platform: { ...input.platform, identity, components: [component] } });
  if (artifact === undefined) throw new Error('no realm was rendered');
  return artifact;
}

const secrets = {
  KEYCLOAK_API_CLIENT_SECRET: 'the-secret-of-the-services',
  GRAFANA_CLIENT_SECRET: 'the-secret-of-grafana',
  BROKER_GOOGLE_CLIENT_ID: 'the-id-at-google',
  BROKER_GOOGLE_CLIENT_SECRET: 'the-secret-at-google',
};

/** A server writes into its own folder. */
function copyServer(name: string): string {
  const home = join(root, name);
  cpSync(folder ?? '', home, { recursive: true });
  mkdirSync(join(home, 'data/import'), { recursive: true });
  return home;
}

/** Keycloak's JSON: its shape is what is tested. */
type Json = ReturnType<typeof JSON.parse>;

describe.skipIf(folder === undefined)('a Keycloak that imports the rendered realm', () => {
  const rendered = renderExample();
  let server: RunningPeer;
  let base: string;
  let management: string;
  let admin: string;

  async function requestToken(realm: string, fields: Record<string, string>): Promise<Json> {
    const response = await fetch(`${base}/realms/${realm}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    return (await response.json()) as Json;
  }

  async function ask(path: string, token = admin): Promise<Json> {
    const response = await fetch(`${base}/admin/realms/acme-production${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status, path).toBe(200);
    return response.json();
  }

  async function send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Response> {
    return fetch(`${base}/admin/realms/acme-production${path}`, {
      method,
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  beforeAll(async () => {
    const home = copyServer('server');
    writeFileSync(join(home, 'data/import', rendered.path), rendered.content);
    const [port, managementPort] = [await findFreePort(), await findFreePort()];
    base = `http://127.0.0.1:${port}`;
    management = `http://127.0.0.1:${managementPort}`;
    server = await startPeer(
      join(home, 'bin/kc.sh'),
      [
        'start',
        '--optimized',
        '--import-realm',
        '--http-enabled=true',
        '--hostname-strict=false',
        '--http-host=127.0.0.1',
        `--http-port=${port}`,
        `--http-management-port=${managementPort}`,
      ],
      {
        cwd: home,
        env: {
          ...secrets,
          JAVA_OPTS_APPEND: javaOfShortLife,
          KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
          KC_BOOTSTRAP_ADMIN_PASSWORD: 'admin-of-a-test',
        },
        waitFor: { url: `${base}/realms/acme-production` },
        timeoutMs: 240_000,
      },
    );
    const token = await requestToken('master', {
      grant_type: 'password',
      client_id: 'admin-cli',
      username: 'admin',
      password: 'admin-of-a-test',
    });
    admin = token['access_token'];
  });
  afterAll(async () => server?.stop());

  test('has every setting of the file', async () => {
    const { roles, clients, users, components, identityProviders, identityProviderMappers, ...settings } = JSON.parse(
      rendered.content,
    ) as Json;
    const realm = await ask('');
    for (const [name, value] of Object.entries(settings)) {
      if (name === 'attributes' || name === 'passwordPolicy') continue;
      expect(realm[name], name).toEqual(
        Array.isArray(value) || typeof value !== 'object' ? value : expect.objectContaining(value),
      );
    }
    for (const part of ['length(12)', 'notUsername', 'notEmail', 'passwordHistory(5)'])
      expect(realm['passwordPolicy']).toContain(part);
    expect((await ask('/roles')).map(({ name }: Json) => name)).toEqual(
      expect.arrayContaining(roles.realm.map(({ name }: Json) => name)),
    );
    expect((await ask('/identity-provider/instances')).length).toBe(identityProviders.length);
    for (const { alias } of identityProviders) {
      const mappers = identityProviderMappers.filter((mapper: Json) => mapper['identityProviderAlias'] === alias);
      expect((await ask(`/identity-provider/instances/${alias}/mappers`)).length, alias).toBe(mappers.length);
    }
    // A placeholder without a variable stays as it is: the container must not start without its secrets.
    expect((await ask('/identity-provider/instances/google')).config.clientId).toBe(secrets.BROKER_GOOGLE_CLIENT_ID);
    expect((await ask('/identity-provider/instances/apple')).config.clientId).toBe('${BROKER_APPLE_CLIENT_ID}');
    expect([users.length, clients.length, Object.keys(components).length]).toEqual([1, 3, 2]);
  });

  test('has every client as rendered, with its secret from the environment', async () => {
    const clients = await ask('/clients');
    for (const wanted of JSON.parse(rendered.content).clients as Json[]) {
      const found = clients.find(({ clientId }: Json) => clientId === wanted['clientId']);
      const {
        attributes,
        protocolMappers,
        secret,
        redirectUris,
        webOrigins,
        defaultClientScopes,
        optionalClientScopes,
        ...same
      } = wanted;
      expect(found).toMatchObject(same);
      expect(found.attributes).toMatchObject(attributes);
      expect(found.redirectUris.toSorted()).toEqual(redirectUris.toSorted());
      expect(found.webOrigins.toSorted()).toEqual(webOrigins.toSorted());
      expect(found.defaultClientScopes.toSorted()).toEqual(defaultClientScopes.toSorted());
      expect(found.optionalClientScopes.toSorted()).toEqual(optionalClientScopes.toSorted());
      expect(found.protocolMappers.map(({ name }: Json) => name).toSorted()).toEqual(
        protocolMappers.map(({ name }: Json) => name).toSorted(),
      );
      for (const mapper of protocolMappers as Json[])
        expect(found.protocolMappers.find(({ name }: Json) => name === mapper['name']).config).toMatchObject(
          mapper['config'],
        );
      if (secret !== undefined)
        expect((await ask(`/clients/${found.id}/client-secret`)).value).toBe(
          secrets[secret.slice(2, -1) as keyof typeof secrets],
        );
    }
  });

  test('gives the services a token for themselves alone, with which they administer users', async () => {
    const answer = await requestToken('acme-production', {
      grant_type: 'client_credentials',
      client_id: 'acme-api',
      client_secret: secrets.KEYCLOAK_API_CLIENT_SECRET,
    });
    const [header, claims] = answer['access_token']
      .split('.')
      .slice(0, 2)
      .map((part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(header.alg).toBe('RS256');
    expect(claims.aud).toBe('acme-api');
    expect(claims.exp - claims.iat).toBe(900);
    expect(await ask('/users', answer['access_token'])).toEqual([]);
    const forbidden = await fetch(`${base}/admin/realms/acme-production/events`, {
      headers: { authorization: `Bearer ${answer['access_token']}` },
    });
    expect(forbidden.status).toBe(403);
  });

  test('puts tenant, organization, roles and email of a user into both tokens', async () => {
    const created = await send('POST', '/users', {
      username: 'ada',
      email: 'ada@acme.example.com',
      emailVerified: true,
      firstName: 'Ada',
      lastName: 'Example',
      enabled: true,
      attributes: { tenant_id: ['tenant-1'], organization_id: ['organization-1'] },
    });
    expect(created.status, await created.clone().text()).toBe(201);
    const user = created.headers.get('location')?.split('/').at(-1) ?? '';
    const role = await ask('/roles/org_admin');
    expect((await send('POST', `/users/${user}/role-mappings/realm`, [role])).status).toBe(204);
    const client = (await ask('/clients?clientId=acme-web'))[0];
    for (const kind of ['generate-example-access-token', 'generate-example-id-token']) {
      const claims = await ask(`/clients/${client.id}/evaluate-scopes/${kind}?userId=${user}&scope=openid`);
      expect(claims, kind).toMatchObject({
        tenant_id: 'tenant-1',
        organization_id: 'organization-1',
        email: 'ada@acme.example.com',
        roles: expect.arrayContaining(['org_admin']),
      });
      expect([claims.aud].flat(), kind).toEqual([kind.includes('access') ? 'acme-api' : 'acme-web']);
    }
  });

  test('answers a page without PKCE, or with another address, with an error', async () => {
    const authorise = (query: Record<string, string>) =>
      fetch(`${base}/realms/acme-production/protocol/openid-connect/auth?${new URLSearchParams(query)}`, {
        redirect: 'manual',
      });
    const query = {
      client_id: 'acme-web',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'https://console.acme.example.com/auth/callback',
    };
    const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
    const page = await authorise({ ...query, ...challenge });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'self'; object-src 'none'");
    const without = await authorise(query);
    expect(without.status).toBe(302);
    expect(without.headers.get('location')).toContain('error=invalid_request');
    expect(
      (await authorise({ ...query, ...challenge, redirect_uri: 'https://console.acme.example.com/other' })).status,
    ).toBe(400);
    const direct = await requestToken('acme-production', {
      grant_type: 'password',
      client_id: 'acme-web',
      username: 'ada',
      password: 'x',
    });
    expect(direct['error']).toBe('unauthorized_client');
  });

  test('exports the metric that the alert on failed sign-ins reads', async () => {
    await requestToken('acme-production', {
      grant_type: 'password',
      client_id: 'admin-cli',
      username: 'ada',
      password: 'wrong',
    });
    const text = await (await fetch(`${management}/metrics`)).text();
    expect(text).toMatch(/keycloak_user_events_total\{[^}]*error="(?!")[^"]+"[^}]*event="login"/);
  });
});

test.each(exampleNames)('no realm of %s has a wildcard or a secret', async (name) => {
  const { environments } = await loadExample(name);
  for (const platform of environments) {
    for (const { content } of renderRealm({ platform, environments })) {
      for (const { clientId, redirectUris, webOrigins, secret } of JSON.parse(content).clients) {
        expect(redirectUris.length, clientId).toBeGreaterThan(0);
        for (const address of [...redirectUris, ...webOrigins])
          expect(address, clientId).toMatch(/^https?:\/\/[a-z0-9.:-]+(\/[a-z0-9/_-]*)?$/);
        if (secret !== undefined) expect(secret, clientId).toMatch(/^\$\{[A-Z0-9_]+\}$/);
      }
    }
  }
});

describe.skipIf(folder === undefined)('a Keycloak that is given a broken realm', () => {
  test('refuses it', async () => {
    const home = copyServer('refusing');
    const file = join(home, 'data/import/broken.json');
    const realm = JSON.parse(renderExample().content) as Json;
    realm['clients'][0].protocolMappers[0].protocolMapper = 'no-such-mapper';
    realm['clients'][0].defaultClientScopes = 'roles';
    writeFileSync(file, JSON.stringify(realm));
    const { code, stdout, stderr } = await runPeer(
      join(home, 'bin/kc.sh'),
      ['import', '--optimized', `--file=${file}`],
      { cwd: home, env: { JAVA_OPTS_APPEND: javaOfShortLife }, timeoutMs: 240_000 },
    );
    expect(code, stdout + stderr).not.toBe(0);
  });
});
