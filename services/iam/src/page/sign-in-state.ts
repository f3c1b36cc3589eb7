import { Cipher, type Clock, type Secret } from '@plinth/common';
import { z } from 'zod';
import { findCookie, renderCookie } from '../session/session-cookie.ts';

const lifetimeMs = 30 * 60_000;
const stateSchema = z.object({ email: z.string(), returnTo: z.string().nullable(), until: z.number() });

/** What a browser waits for while its user reads a mail. */
export interface SignInState {
  readonly email: string;
  readonly returnTo: string | null;
}

/**
 * Keeps the address that a mail went to, and where its reader was going, in a cookie: addresses do not belong into the
 * address line, and the link in the mail knows of neither.
 */
export class SignInStates {
  readonly #cipher: Cipher;
  readonly #clock: Clock;
  readonly #secure: boolean;

  constructor(options: { readonly secret: Secret; readonly clock: Clock; readonly cookieSecure: boolean }) {
    this.#cipher = new Cipher(options.secret, 'sign-in-state');
    this.#clock = options.clock;
    this.#secure = options.cookieSecure;
  }

  /** The Set-Cookie header that keeps a state; without one, the header that removes it. */
  render(state: SignInState | undefined): string {
    const until = this.#clock.now().getTime() + lifetimeMs;
    const value =
      state === undefined
        ? undefined
        : this.#cipher.encrypt(JSON.stringify({ ...state, until }), 'cookie').toString('base64url');
    return renderCookie(this.#name, value, this.#secure);
  }

  /** The state of a browser; undefined when there is none, or it is not ours, or it is old. */
  read(cookies: string | undefined): SignInState | undefined {
    const value = findCookie(cookies, this.#name);
    if (value === undefined) return undefined;
    try {
      const state = stateSchema.parse(JSON.parse(this.#cipher.decrypt(Buffer.from(value, 'base64url'), 'cookie')));
      return state.until > this.#clock.now().getTime() ? state : undefined;
    } catch {
      return undefined;
    }
  }

  get #name(): string {
    return this.#secure ? '__Host-plinth.sign_in' : 'plinth.sign_in';
  }
}
