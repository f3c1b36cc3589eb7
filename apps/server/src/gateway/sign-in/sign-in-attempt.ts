import { Cipher, type Secret } from '@plinth/common';
import { z } from 'zod';
import { edgeCookieName, listCookies, renderEdgeCookie } from './cookies.ts';
import type { SignInChecks } from './relying-party.ts';

const attemptSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnPath: z.string(),
  startedAt: z.number(),
});

/** A sign-in that this browser has begun at one origin. */
export interface SignInAttempt extends SignInChecks {
  readonly returnPath: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** For as long as a person may take to sign in. */
export const attemptMs = 10 * 60 * 1000;
/** Tabs that may sign in at the same time; more would fill the headers. */
const mostAttempts = 4;
const cookieStart = 'edge_sign_in_';

/**
 * Keeps attempts in the browser alone, encrypted and bound to their origin: the answer of the provider counts only in
 * the browser, and on the host, that asked for it.
 */
export class SignInAttempts {
  readonly #cipher: Cipher;
  readonly #now: () => number;

  constructor(secret: Secret, now: () => number) {
    this.#cipher = new Cipher(secret, 'edge-sign-in');
    this.#now = now;
  }

  /** Set-Cookie headers that keep the attempt, and drop the oldest of too many others. */
  keep(attempt: SignInAttempt, origin: string, cookies: string | undefined): string[] {
    const start = edgeCookieName(cookieStart, origin);
    const names = listCookies(cookies)
      .map(([name]) => name)
      .filter((name) => name.startsWith(start));
    const value = this.#cipher.encrypt(JSON.stringify(attempt), origin).toString('base64url');
    return [
      ...names.slice(0, Math.max(0, names.length - mostAttempts + 1)).map((name) => renderEdgeCookie(name, undefined)),
      renderEdgeCookie(nameOf(attempt.state, origin), value, attemptMs / 1000),
    ];
  }

  /** The attempt with this state that this browser began here, and has not forgotten. */
  find(state: string, origin: string, cookies: string | undefined): SignInAttempt | undefined {
    const wanted = nameOf(state, origin);
    return listCookies(cookies)
      .filter(([name]) => name === wanted)
      .map(([, value]) => this.#open(value, origin))
      .find((attempt) => attempt?.state === state && attempt.startedAt + attemptMs > this.#now());
  }

  /** The Set-Cookie header that removes an attempt. */
  drop(state: string, origin: string): string {
    return renderEdgeCookie(nameOf(state, origin), undefined);
  }

  #open(value: string, origin: string): SignInAttempt | undefined {
    try {
      return attemptSchema.parse(JSON.parse(this.#cipher.decrypt(Buffer.from(value, 'base64url'), origin)));
    } catch {
      return undefined;
    }
  }
}

/** Only letters that a cookie's name may have: the state comes from the address. */
function nameOf(state: string, origin: string): string {
  return edgeCookieName(cookieStart + state.replaceAll(/[^\w-]/g, '').slice(0, 12), origin);
}
