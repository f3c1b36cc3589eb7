import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { issuersFileSchema, type IssuersFile } from '@plinth/contracts';
import { createLogger, newId } from '@plinth/common';
import { openPlatform, renderTargets } from '@plinth/delivery';
import { startKeycloak, type RunningKeycloak } from '@plinth/testing';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';
import { startMailSink, type MailSink } from './mail-sink.ts';

const apiSecret = 'the-secret-of-the-services';
const administrator = { email: 'admin@plinth.localhost', password: 'a password of the first administrator' };
const root = resolve(import.meta.dirname, '../../..');

export interface Person {
  /** Keycloak's id of them. */
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** A platform whose people are in a real Keycloak, both as the delivery tool renders them. */
export interface KeycloakWorld {
  readonly keycloak: RunningKeycloak;
  readonly platform: Platform;
  readonly mails: MailSink;
  /** Redirect address of the client of the pages. */
  readonly callback: string;
  readonly web: string;
  /** What tokens for the platform are for; also the client that administers users. */
  readonly audience: string;
  /** The first administrator of the platform itself. */
  readonly administrator: { readonly email: string; readonly password: string };
  readonly anonymous: ApiCaller;
  /** Makes a person by the admin API, with realm roles. */
  addPerson(roles?: readonly string[], tenantId?: string): Promise<Person>;
  setTenant(id: string, tenantId: string): Promise<void>;
  /** Tokens of a person, got without a page, by a client that is like the one of the pages. */
  getTokens(person: Pick<Person, 'email' | 'password'>, client?: string): Promise<TokenAnswer>;
  /** A client like that of the pages, with changes, which gives tokens for a password. */
  addClient(changes: object): Promise<string>;
  call(token: string): ApiCaller;
  stop(): Promise<void>;
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
}

type Json = ReturnType<typeof JSON.parse>;

/** `settings`: of the platform, beside those that it has anyway. */
export async function startKeycloakWorld(
  script: string,
  settings: (keycloak: RunningKeycloak) => Readonly<Record<string, string>> = () => ({}),
): Promise<KeycloakWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'plinth-keycloak-world-'));
  await chmod(directory, 0o755);
  const { environments } = await openPlatform('examples/saas-on-one-vm/platform.ts', root);
  const described = environments.find(({ environment }) => environment === 'production')!;
  const [realm] = renderTargets({ environments: [described], targets: ['realm'] });
  const content = JSON.parse(realm!.content) as Json;
  const mails = await startMailSink();
  const keycloak = await startKeycloak({
    script,
    realm: {
      path: `realm-${content.realm}.json`,
      content: JSON.stringify({
        ...content,
        smtpServer: { host: '127.0.0.1', port: String(mails.port), from: 'no-reply@saas.example.com' },
      }),
    },
    environment: { KEYCLOAK_API_CLIENT_SECRET: apiSecret },
    options: ['--hostname-strict=false'],
  });
  const secretFile = join(directory, 'client-secret');
  await writeFile(secretFile, `${apiSecret}\n`);
  const rendered = described.workloads.find(({ name }) => name === 'iam')!.files[0]!.content;
  const issuersFile = join(directory, 'issuers.json');
  const issuers = atTestAddresses(issuersFileSchema.parse(JSON.parse(rendered)), keycloak, secretFile);
  await writeFile(issuersFile, JSON.stringify(issuers));
  const platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {
      PLINTH_JOBS: 'false',
      PLINTH_ISSUERS_FILE: issuersFile,
      IAM_INITIAL_ADMIN_PASSWORD: administrator.password,
      ...settings(keycloak),
    },
    log: createLogger({ level: 'silent' }),
  });

  const web = content.clients.find(({ clientId }: Json) => clientId.endsWith('-web'));
  const world: KeycloakWorld = {
    keycloak,
    platform,
    mails,
    callback: web.redirectUris[0],
    web: web.clientId,
    audience: issuers.issuers[0]!.audiences[0]!,
    administrator,
    anonymous: new ApiCaller(platform.url),
    call: (token) => new ApiCaller(platform.url, { authorization: `Bearer ${token}` }),
    async addPerson(roles = [], tenantId) {
      const email = `${newId()}@saas.example.com`;
      const password = 'a long password of a test';
      const made = await keycloak.admin('POST', '/users', {
        username: email,
        email,
        emailVerified: true,
        firstName: 'Ada',
        lastName: 'Lovelace',
        enabled: true,
        credentials: [{ type: 'password', value: password, temporary: false }],
        ...(tenantId === undefined ? {} : { attributes: { tenant_id: [tenantId] } }),
      });
      const id = made.headers.get('location')!.split('/').at(-1)!;
      const known = (await (await keycloak.admin('GET', '/roles')).json()) as { name: string }[];
      const given = known.filter(({ name }) => roles.includes(name));
      if (given.length > 0) await keycloak.admin('POST', `/users/${id}/role-mappings/realm`, given);
      return { id, email, password };
    },
    async setTenant(id, tenantId) {
      const user = (await (await keycloak.admin('GET', `/users/${id}`)).json()) as object;
      await keycloak.admin('PUT', `/users/${id}`, { ...user, attributes: { tenant_id: [tenantId] } });
    },
    async addClient(changes) {
      const clientId = newId();
      const { redirectUris, ...same } = web;
      const { 'pkce.code.challenge.method': _pkce, ...attributes } = same.attributes;
      await keycloak.admin('POST', '/clients', {
        ...same,
        attributes,
        redirectUris,
        directAccessGrantsEnabled: true,
        ...changes,
        clientId,
      });
      return clientId;
    },
    async getTokens({ email, password }, client = direct) {
      const answer = await fetch(`${keycloak.issuer}/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'password',
          client_id: client,
          username: email,
          password,
          scope: 'openid',
        }),
      });
      if (!answer.ok) throw new Error(`Keycloak gives no token: ${await answer.text()}`);
      return (await answer.json()) as TokenAnswer;
    },
    async stop() {
      await platform.stop();
      await keycloak.stop();
      await mails.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 20 });
    },
  };
  const direct = await world.addClient({});
  return world;
}

/** What is rendered names hosts of the platform's own network. */
function atTestAddresses(file: IssuersFile, keycloak: RunningKeycloak, secretFile: string): IssuersFile {
  return {
    ...file,
    issuers: file.issuers.map((issuer) => ({
      ...issuer,
      issuer: keycloak.issuer,
      discoveryUrl: `${keycloak.issuer}/.well-known/openid-configuration`,
      administration: { ...issuer.administration!, baseUrl: keycloak.base, secretFile },
    })),
  };
}
