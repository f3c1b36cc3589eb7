import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineService, standardHealth, type RouteDefinition, type ServiceManifest } from '@plinth/contracts';
import { createLogger, newId } from '@plinth/common';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import pg from 'pg';
import { loadConfiguration } from '../src/composition/configuration.ts';
import { createHttp } from '../src/composition/create-http.ts';
import { findFreePort } from '../src/composition/free-port.ts';
import { createBackend } from '../src/composition/run-services.ts';
import { loadManifests, serviceNames } from '../src/composition/service-registry.ts';
import { startPlatform } from '../src/index.ts';
import { ApiCaller, eventually } from './api-caller.ts';
import { startUpstream } from './gateway-upstream.ts';

export const apiHost = 'api.conformance.localhost';
export const publicUrl = `http://${apiHost}`;
export const internalSecret = 'a-secret-of-the-platform-0123456789-abcdef';
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
    },
    log,
  });
  cleanups.push(() => services.stop());
  const [echo, deep, application, tool, slow] = await Promise.all([
    startUpstream('echo'),
    startUpstream('deep'),
    startUpstream('application'),
    startUpstream('tool'),
    startUpstream('slow', 'slow'),
  ]);
  for (const upstream of [echo, deep, application, tool, slow]) cleanups.push(() => upstream.stop());
  const platformManifests = await loadManifests(serviceNames);
  const manifests = [...platformManifests, ...testManifests];
  const upstreams = {
    ...Object.fromEntries(platformManifests.map(({ name }) => [name, services.port])),
    echo: echo.port,
    deep: deep.port,
    application: application.port,
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
  const { keyId, privateKey } = await prepareDatabase(databaseUrl, suspendedTenantId);

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
      const subject = newId();
      return { token: (changes = {}) => signToken(privateKey, { kid: keyId, tenant: tenantId, ...changes }, subject) };
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

/** Puts a key of the tests' own among the issuer's, older than those that sign, and suspends a tenant. */
async function prepareDatabase(
  databaseUrl: string,
  suspendedTenantId: string,
): Promise<{ readonly keyId: string; readonly privateKey: CryptoKey }> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const keyId = newId();
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(
    `INSERT INTO auth.jwks (id, "publicKey", "privateKey", "createdAt", alg) VALUES ($1, $2, '', '2020-01-01', 'RS256')`,
    [keyId, JSON.stringify(await exportJWK(publicKey))],
  );
  await database.query(`UPDATE tenant.tenants SET status = 'suspended' WHERE id = $1`, [suspendedTenantId]);
  await database.end();
  return { keyId, privateKey };
}

async function createTenant(owner: ApiCaller): Promise<string> {
  const { tenantId } = await owner.expect('POST', '/organizations', { name: 'Acme' });
  await eventually(async () => ((await owner.send('GET', '/users/me')).body.tenant === tenantId ? true : undefined));
  return tenantId;
}

function signToken(key: CryptoKey, changes: TokenChanges, subject: string): Promise<string> {
  const { kid = '', audience = 'plinth-api', issuer = `${publicUrl}/api/v1/auth`, expiresInSeconds = 600 } = changes;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ tenant_id: changes.tenant, roles: changes.roles ?? ['org_admin'], email: 'ada@example.com' })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(now - 900)
    .setExpirationTime(now + expiresInSeconds)
    .sign(key);
}
