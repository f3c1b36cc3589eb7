import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Name of the cookie that carries a session; browsers accept the prefixed one over TLS only. */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Secure-plinth.session_token' : 'plinth.session_token';
}

/** Name of the cookie that keeps the own session of support staff while they act as somebody else. */
export function supportCookieName(secure: boolean): string {
  return secure ? '__Secure-plinth.support_session' : 'plinth.support_session';
}

/** A Set-Cookie header that scripts cannot read; without a value it removes the cookie. */
export function renderCookie(name: string, value: string | undefined, secure: boolean): string {
  return [
    `${name}=${value ?? ''}`,
    ...(value === undefined ? ['Max-Age=0'] : []),
    'Path=/',
    'HttpOnly',
    ...(secure ? ['Secure'] : []),
    'SameSite=Lax',
  ].join('; ');
}

/**
 * The Set-Cookie header for a session, or the one that removes it. The cookie has no lifetime of its own: the server
 * alone decides when a session ends.
 */
export function renderSessionCookie(token: string | undefined, secret: string, secure: boolean): string {
  const value = token === undefined ? undefined : encodeURIComponent(`${token}.${sign(token, secret)}`);
  return renderCookie(sessionCookieName(secure), value, secure);
}

/**
 * The session token in the value of a session cookie, `<token>.<signature>`, percent-encoded or not. Undefined when
 * the signature is not ours, so that guessing tokens never reaches the database.
 */
export function readSessionCookie(value: string, secret: string): string | undefined {
  const text = decode(value);
  const dot = text.lastIndexOf('.');
  if (dot < 1) return undefined;
  const token = text.slice(0, dot);
  const given = Buffer.from(text.slice(dot + 1), 'base64');
  const expected = Buffer.from(sign(token, secret), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

/** What is kept of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The value of a cookie in a Cookie header; undefined when it is not there. */
export function findCookie(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

function sign(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64');
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
