import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineService, standardHealth, type RouteDefinition, type ServiceManifest } from '@plinth/contracts';
import { Cipher, createLogger, newId, Secret } from '@plinth/common';
import { eventually } from '@plinth/testing';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import pg from 'pg';
import { loadConfiguration } from '../src/composition/configuration.ts';
import { createHttp } from '../src/composition/create-http.ts';
import { findFreePort } from '../src/composition/free-port.ts';
import { createBackend } from '../src/composition/run-services.ts';
import { RateLimiter } from '../src/gateway/rate-limiter.ts';
import { loadManifests, serviceNames } from '../src/composition/service-registry.ts';
import { startPlatform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';
import { startUpstream } from './gateway-upstream.ts';

export const apiHost = 'api.conformance.localhost';
export const publicUrl = `http://${apiHost}`;
/** An application for people, and a tool for staff. */
export const webHost = 'app-shop.conformance.localhost';
export const toolHost = 'kafka-ui.conformance.localhost';
export const internalSecret = 'a-secret-of-the-platform-0123456789-abcdef';
const identitySecret = 'a-secret-of-identities-0123456789-abcdef';
/** The only origin that is let in, besides any port of localhost. */
export const allowedOrigin = 'http://app.conformance.localhost';

/** Whose requests a run sends; each run has a subject of its own, so that runs do not share counters. */
export interface Caller {
  token(changes?: TokenChanges): Promise<string>;
}

export interface TokenChanges {
  readonly kid?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresInSeconds?: number;
  readonly tenant?: string;
  readonly roles?: readonly string[];
}

/** Everything behind the gateways under test. */
export interface World {
  /** The embedded gateway, reached without any proxy. */
  readonly embeddedPort: number;
  /** The same, behind proxies that it trusts: it answers `/edge/verify`. */
  readonly verifierPort: number;
  /** Where each service listens: name → port. */
  readonly upstreams: Readonly<Record<string, number>>;
  readonly manifests: readonly ServiceManifest[];
  readonly apiKey: string;
  /** Session cookie of the person whose API key that is. */
  readonly cookie: string;
  readonly tenantId: string;
  readonly suspendedTenantId: string;
  createCaller(): Caller;
  unsignedToken(): string;
  stop(): Promise<void>;
}

/** Services of the tests' own beside the platform's: one that shows what it got, and those that are in trouble. */
const testManifests = [
  testService('echo', [
    { path: '/echo', bodyLimit: 2048 },
    { path: '/echo/limited', rateLimit: 3 },
    { path: '/echo/public', public: true },
  ]),
  testService('deep', [{ path: '/echo/deep' }]),
  testService('slow', [{ path: '/slow', critical: true }]),
  testService('down', [{ path: '/down' }]),
];

function testService(name: string, routes: readonly RouteDefinition[]): ServiceManifest {
  return defineService({
    name,
    title: name,
    description: name,
    port: 3000,
    rateLimit: 1000,
    routes,
    variablePrefix: `${name.toUpperCase()}_`,
    variables: [],
    database: { schema: name, role: name },
    events: { publishes: [], consumes: {} },
    calls: [],
    health: standardHealth,
    resources: { cpu: '100m', memory: '64Mi' },
  });
}

/** Starts the services on the embedded PostgreSQL, two gateways in front of them, and the tests' own services. */
export async function startWorld(): Promise<World> {
  const cleanups: (() => Promise<unknown>)[] = [];
  const directory = await mkdtemp(join(tmpdir(), 'plinth-gateway-'));
  await chmod(directory, 0o755);
  cleanups.push(() => rm(directory, { recursive: true, force: true, maxRetries: 20 }));
  const log = createLogger({ level: 'silent' });
  const services = await startPlatform({
    port: 0,
    gateway: false,
    dataDirectory: join(directory, 'data'),
    environment: {
      PLINTH_PUBLIC_URL: publicUrl,
      PLINTH_INTERNAL_SECRET: internalSecret,
      PLINTH_CORS_ORIGINS: `${allowedOrigin},http://localhost:*`,
      PLINTH_TRUSTED_PROXIES: 'loopback',
      IAM_TRUSTED_ORIGINS: allowedOrigin,
      IAM_SECRET: identitySecret,
      IAM_WEB_REDIRECT_URIS: [webHost, toolHost].map((host) => `http://${host}/edge/callback`).join(','),
    },
    log,
  });
  cleanups.push(() => services.stop());
  const [echo, deep, application, web, tool, slow] = await Promise.all([
    startUpstream('echo'),
    startUpstream('deep'),
    startUpstream('application'),
    startUpstream('web'),
    startUpstream('tool'),
    startUpstream('slow', 'slow'),
  ]);
  for (const upstream of [echo, deep, application, web, tool, slow]) cleanups.push(() => upstream.stop());
  const platformManifests = await loadManifests(serviceNames);
  const manifests = [...platformManifests, ...testManifests];
  const upstreams = {
    ...Object.fromEntries(platformManifests.map(({ name }) => [name, services.port])),
    echo: echo.port,
    deep: deep.port,
    application: application.port,
    web: web.port,
    tool: tool.port,
    slow: slow.port,
    down: await findFreePort('127.0.0.1'),
  };
  const databaseUrl = services.databaseUrl.reveal();
  const startOne = async (trustedProxies: string): Promise<number> => {
    const gateway = await startGateway({ databaseUrl, trustedProxies, upstreams, manifests });
    cleanups.push(() => gateway.stop());
    return gateway.port;
  };
  const embeddedPort = await startOne('');
  const verifierPort = await startOne('loopback');

  const servicesUrl = `http://127.0.0.1:${services.port}`;
  const owner = await ApiCaller.signUp(servicesUrl, 'owner@example.com');
  const tenantId = await createTenant(owner);
  const { key: apiKey } = await owner.expect('POST', '/api-keys', { name: 'conformance', scopes: ['usage:read'] });
  const suspendedTenantId = await createTenant(await ApiCaller.signUp(servicesUrl, 'suspended@example.com'));
  const database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  cleanups.push(() => database.end());
  const key = await addSigningKey(database);
  await database.query(`UPDATE tenant.tenants SET status = 'suspended' WHERE id = $1`, [suspendedTenantId]);

  return {
    embeddedPort,
    verifierPort,
    upstreams: { ...upstreams, gateway: verifierPort },
    manifests,
    apiKey,
    cookie: owner.headers['cookie'] ?? '',
    tenantId,
    suspendedTenantId,
    createCaller: () => {
      const people = new Map<string, Promise<Person>>();
      return {
        token: async (changes = {}) => {
          const { tenant = tenantId, roles = ['org_admin'] } = changes;
          const kind = `${tenant} ${roles.join()}`;
          const person = people.get(kind) ?? addPerson(database, tenant, roles);
          people.set(kind, person);
          return signToken(key, { ...changes, tenant }, await person);
        },
      };
    },
    unsignedToken: () =>
      new UnsecuredJWT({ tenant_id: tenantId, roles: ['org_admin'] })
        .setIssuer(`${publicUrl}/api/v1/auth`)
        .setAudience('plinth-api')
        .setSubject(newId())
        .setExpirationTime('10m')
        .encode(),
    async stop() {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    },
  };
}

interface GatewaySetting {
  readonly databaseUrl: string;
  readonly trustedProxies: string;
  readonly upstreams: Readonly<Record<string, number>>;
  readonly manifests: readonly ServiceManifest[];
}

/** A process that is the gateway and nothing else; services of the tests' own are among its routes. */
async function startGateway(setting: GatewaySetting): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const urls = Object.entries(setting.upstreams).map(([name, port]) => `${name}=http://127.0.0.1:${port}`);
  const environment = {
    DATABASE_URL: setting.databaseUrl,
    PLINTH_PUBLIC_URL: publicUrl,
    PLINTH_INTERNAL_SECRET: internalSecret,
    PLINTH_CORS_ORIGINS: `${allowedOrigin},http://localhost:*`,
    PLINTH_TRUSTED_PROXIES: setting.trustedProxies,
    PLINTH_SIGN_IN_ORIGINS: [webHost, toolHost].map((host) => `http://${host}`).join(','),
    PLINTH_SERVICE_URLS: urls.join(','),
  };
  const log = createLogger({ level: 'silent' });
  const configuration = await loadConfiguration([], environment, undefined);
  const backend = await createBackend({
    definitions: [],
    configuration,
    runtimeUrl: setting.databaseUrl,
    publicUrl,
    dataDirectory: undefined,
    log,
  });
  const app = await createHttp({
    backend,
    configuration,
    gateway: true,
    limiter: new RateLimiter(),
    remoteManifests: setting.manifests,
    publicUrl,
    version: '0.0.0',
    log,
    tracing: undefined,
    isDraining: () => false,
  });
  await app.listen(0, '127.0.0.1');
  return {
    port: Number(new URL(await app.getUrl()).port),
    async stop() {
      await app.close();
      await backend.stop();
    },
  };
}

interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
}

/** Puts a key of the tests' own among the issuer's, older than those that sign. */
async function addSigningKey(database: pg.Pool): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const id = newId();
  const common = { kid: id, alg: 'RS256', use: 'sig' };
  const sealed = new Cipher(new Secret(identitySecret), 'signing-key').encrypt(
    JSON.stringify({ ...(await exportJWK(privateKey)), ...common }),
    id,
  );
  await database.query(
    `INSERT INTO auth.signing_keys (id, algorithm, public_key, private_key, created_at, retires_at, expires_at)
     VALUES ($1, 'RS256', $2, $3, '2020-01-01', '2020-04-01', now() + interval '1 day')`,
    [id, JSON.stringify({ ...(await exportJWK(publicKey)), ...common }), sealed],
  );
  return { id, privateKey };
}

interface Person {
  readonly id: string;
  readonly session: string;
}

/** A member of a tenant with a session, to whom tokens may be issued. */
async function addPerson(database: pg.Pool, tenantId: string, roles: readonly string[]): Promise<Person> {
  const [id, session] = [newId(), newId()];
  await database.query(
    `INSERT INTO auth.users (id, name, email, email_verified_at, created_at, updated_at)
     VALUES ($1, 'Ada', $2, now(), now(), now())`,
    [id, `${id}@example.com`],
  );
  await database.query(
    `INSERT INTO auth.sessions (id, user_id, token_hash, methods, created_at, used_at, expires_at, ends_at)
     VALUES ($1, $2, $3, '{pwd}', now(), now(), now() + interval '1 hour', now() + interval '1 hour')`,
    [session, id, randomBytes(32)],
  );
  for (const role of new Set(['org_member', ...roles]))
    await database.query(`INSERT INTO iam.role_assignments (id, tenant_id, user_id, role) VALUES ($1, $2, $3, $4)`, [
      newId(),
      role === 'platform_admin' ? null : tenantId,
      id,
      role,
    ]);
  return { id, session };
}

async function createTenant(owner: ApiCaller): Promise<string> {
  const { tenantId } = await owner.expect('POST', '/organizations', { name: 'Acme' });
  await eventually(async () => ((await owner.send('GET', '/users/me')).body.tenant === tenantId ? true : undefined));
  return tenantId;
}

function signToken(key: SigningKey, changes: TokenChanges, person: Person): Promise<string> {
  const {
    kid = key.id,
    audience = 'plinth-api',
    issuer = `${publicUrl}/api/v1/auth`,
    expiresInSeconds = 600,
  } = changes;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ tenant_id: changes.tenant, sid: person.session })
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(person.id)
    .setIssuedAt(now - 900)
    .setExpirationTime(now + expiresInSeconds)
    .sign(key.privateKey);
}
