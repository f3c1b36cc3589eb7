import { issuerPath } from '../core.ts';

/** Where the endpoints are, below the issuer's path. */
export const endpoints = {
  authorization: '/oauth2/authorize',
  token: '/oauth2/token',
  userinfo: '/oauth2/userinfo',
  introspection: '/oauth2/introspect',
  revocation: '/oauth2/revoke',
  pushed_authorization_request: '/oauth2/par',
  device_authorization: '/oauth2/device-authorization',
  end_session: '/oauth2/logout',
  code_verification: '/oauth2/device',
  jwks: '/jwks',
} as const;

/** Where a running interaction goes on, in the browser that began it. */
export function interactionPath(uid: string): string {
  return `${issuerPath}/oauth2/interaction/${encodeURIComponent(uid)}`;
}

/** The pages of the sign-in; they know nothing of OpenID Connect. */
export const pages = {
  /** `reauthenticate`: also somebody who is signed in has to sign in again. */
  signIn: (returnTo: string, reauthenticate: boolean): string =>
    `/sign-in?return_to=${encodeURIComponent(returnTo)}${reauthenticate ? '&reauthenticate=true' : ''}`,
  consent: (uid: string): string => `/sign-in/consent?interaction=${encodeURIComponent(uid)}`,
  /** Asks whether to sign out, and goes on when somebody did. */
  signOut: (returnTo: string): string => `/sign-out?return_to=${encodeURIComponent(returnTo)}`,
  device: '/device',
} as const;

/** Names of the cookies. Behind TLS browsers take them over TLS only. */
export function cookieNames(secure: boolean): {
  readonly interaction: string;
  readonly resume: string;
  readonly session: string;
} {
  const prefix = secure ? '__Secure-plinth' : 'plinth';
  return { interaction: `${prefix}.interaction`, resume: `${prefix}.resume`, session: `${prefix}.openid` };
}
