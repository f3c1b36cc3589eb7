import { createHmac, timingSafeEqual } from 'node:crypto';

/** Name of the cookie that carries a session; browsers accept the prefixed one over TLS only. */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Secure-plinth.session_token' : 'plinth.session_token';
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
  const expected = createHmac('sha256', secret).update(token).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

/** The value of a cookie in a Cookie header; undefined when it is not there. */
export function findCookie(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
