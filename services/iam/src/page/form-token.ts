import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@plinth/common';

/** Name of the cookie that forms are bound to; over TLS no other host of the domain can set it. */
export function formCookieName(secure: boolean): string {
  return secure ? '__Host-plinth.form' : 'plinth.form';
}

/**
 * Binds forms to the browser and the session that they were shown to: a signed double-submit cookie. Another site can
 * neither read the cookie nor make a token that fits it.
 */
export class FormTokens {
  readonly #key: Buffer;

  constructor(secret: Secret) {
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', 'plinth:form-token', 32));
  }

  /** A new value for the cookie. */
  draw(): string {
    return randomBytes(24).toString('base64url');
  }

  /** The token of a form that is shown to a browser with this cookie. */
  make(cookie: string, sessionId: string | undefined): string {
    return createHmac('sha256', this.#key)
      .update(`${cookie}\0${sessionId ?? ''}`)
      .digest('base64url');
  }

  /** Whether a form with this token was shown to the browser that sends it. */
  isValid(token: string | null, cookie: string | undefined, sessionId: string | undefined): boolean {
    if (token === null || cookie === undefined) return false;
    const expected = Buffer.from(this.make(cookie, sessionId));
    const given = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
