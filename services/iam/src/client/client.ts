import type { Permission } from '@plinth/contracts';

/** Ways of a client to get tokens. Neither the implicit flow nor passwords (OAuth 2.1). */
export const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials', 'device_code'] as const;
export type GrantType = (typeof grantTypes)[number];

/** Scopes that every client may ask for; they say which claims it sees, and permit nothing. */
export const identityScopes = ['openid', 'profile', 'email'] as const;

/** Where a client comes from; only administered ones are changed through the API. */
export type ClientOrigin = 'built-in' | 'declared' | 'administered';

/** What a client is, as whoever makes it says it. */
export interface ClientSettings {
  readonly name: string;
  /** Has a secret: a program on a server. Others live where everybody can read them. */
  readonly confidential: boolean;
  /** Runs on a device, not on a web server. */
  readonly native: boolean;
  /** The operator's own: nobody is asked for consent. */
  readonly firstParty: boolean;
  /** Its tokens may do all that their user may, unless it asks for less; those of others do only what they ask for. */
  readonly actsAsUser: boolean;
  readonly grantTypes: readonly GrantType[];
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri: string | null;
  readonly permissions: readonly Permission[];
  readonly logoUri: string | null;
  readonly homeUri: string | null;
}

/** An application that signs people in through us, or that gets tokens for itself. */
export interface Client extends ClientSettings {
  readonly id: string;
  readonly origin: ClientOrigin;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a client may leave out. */
export const defaultClientSettings: Omit<ClientSettings, 'name' | 'redirectUris'> = {
  confidential: true,
  native: false,
  firstParty: false,
  actsAsUser: false,
  grantTypes: ['authorization_code', 'refresh_token'],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  permissions: [],
  logoUri: null,
  homeUri: null,
};

/** The scopes that a client may ask for. */
export function scopesOf(client: Pick<ClientSettings, 'permissions'>): string[] {
  return [...identityScopes, ...client.permissions];
}

/** The permissions among the scopes of a token: `resource:action`. */
export function permissionScopes(scope: string | undefined): string[] {
  return (scope ?? '').split(' ').filter((name) => name.includes(':'));
}
