import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { LogoutTokenError } from './sign-in.errors.ts';

/** Who is signed out at the provider: one session, or everything of a person. */
export interface LogoutNotice {
  /** Of the token, which counts once. */
  readonly id: string;
  readonly subject: string | undefined;
  readonly sid: string | undefined;
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** Reads the claims of a logout token whose signature was verified (OpenID Connect Back-Channel Logout 1.0, 2.6). */
export function readLogoutClaims(payload: JWTPayload, header: Pick<JWTHeaderParameters, 'typ'>): LogoutNotice {
  const { sub, sid, jti, events, nonce } = payload as JWTPayload & Record<'sid' | 'events' | 'nonce', unknown>;
  // An id token has the same issuer, audience and key, and must never end anything.
  if (nonce !== undefined) throw new LogoutTokenError('it has a nonce');
  if (header.typ !== undefined && !/^(logout\+jwt|JWT)$/i.test(header.typ))
    throw new LogoutTokenError(`it is a ${header.typ}`);
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, logoutEvent))
    throw new LogoutTokenError('it does not speak of a logout');
  if (sub === undefined && typeof sid !== 'string') throw new LogoutTokenError('it names neither person nor session');
  return { id: jti ?? '', subject: sub, sid: typeof sid === 'string' ? sid : undefined };
}
