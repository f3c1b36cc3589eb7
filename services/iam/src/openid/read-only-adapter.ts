import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { KnownClient } from '../client/client.service.ts';
import { scopesOf, type GrantType } from '../client/client.ts';
import type { LiveSession } from '../session/session.store.ts';
import { levelOf } from './assurance.ts';
import type { ServiceAccountClient } from './service-account.ts';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** What the library only reads, because the platform keeps it itself: sessions and clients. */
export class ReadOnlyAdapter implements Adapter {
  readonly #load: (id: string) => Promise<AdapterPayload | undefined>;

  constructor(load: (id: string) => Promise<AdapterPayload | undefined>) {
    this.#load = load;
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#load(id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#load(uid);
  }

  async upsert(): Promise<void> {}
  async findByUserCode(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

/** A session of the platform as the library sees one: its user signed in when it began, and in its way. */
export function toSessionPayload(session: LiveSession): AdapterPayload {
  const loginTs = toSeconds(session.createdAt);
  return {
    kind: 'Session',
    jti: session.id,
    uid: session.id,
    accountId: session.userId,
    loginTs,
    iat: loginTs,
    exp: Math.ceil(Date.now() / 1000 + session.secondsLeft),
    amr: [...session.methods],
    acr: levelOf(session.strong),
  };
}

/** A client as the library takes it (OpenID Connect Dynamic Client Registration 1.0). */
export function toClientPayload({ client, secretHashes }: KnownClient): AdapterPayload {
  const grants = client.grantTypes.map((type: GrantType) => (type === 'device_code' ? deviceGrant : type));
  const hasCode = client.grantTypes.includes('authorization_code') && client.redirectUris.length > 0;
  return {
    client_id: client.id,
    client_name: client.name,
    application_type: client.native ? 'native' : 'web',
    token_endpoint_auth_method: client.confidential ? 'client_secret_basic' : 'none',
    ...(client.confidential ? { client_secret: renderHashes(secretHashes) } : {}),
    grant_types: hasCode ? grants : grants.filter((type) => type !== 'authorization_code'),
    response_types: hasCode ? ['code'] : [],
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    scope: scopesOf(client).join(' '),
    ...(client.backchannelLogoutUri === null
      ? {}
      : { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }),
    ...(client.logoUri === null ? {} : { logo_uri: client.logoUri }),
    ...(client.homeUri === null ? {} : { client_uri: client.homeUri }),
    first_party: client.firstParty,
    acts_as_user: client.actsAsUser,
  } as AdapterPayload;
}

/** The same for a service account, which can do nothing but get tokens for itself. */
export function toServiceAccountPayload(clientId: string, account: ServiceAccountClient): AdapterPayload {
  return {
    client_id: clientId,
    ...(account.publicKeys === null
      ? { token_endpoint_auth_method: 'client_secret_basic', client_secret: renderHashes(account.secretHashes) }
      : {
          token_endpoint_auth_method: 'private_key_jwt',
          jwks: { keys: account.publicKeys.map((key) => ({ ...key })) },
        }),
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    // One without a role may ask for nothing that counts; the library takes no empty list.
    scope: account.permissions.join(' ') || 'openid',
    first_party: true,
  } as AdapterPayload;
}

/** The library compares what is sent with this text; ours compares hashes, and an empty list fits nothing. */
function renderHashes(hashes: readonly Buffer[]): string {
  return ['sha256', ...hashes.map((hash) => hash.toString('base64url'))].join(' ');
}

/** The hashes in such a text. */
export function parseHashes(text: string): Buffer[] {
  return text
    .split(' ')
    .slice(1)
    .map((hash) => Buffer.from(hash, 'base64url'));
}

export function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
