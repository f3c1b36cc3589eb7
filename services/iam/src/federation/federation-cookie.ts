import { randomBytes } from 'node:crypto';
import { Cipher, type Clock, type Secret } from '@plinth/common';
import { z } from 'zod';
import { findCookie } from '../session/session-cookie.ts';
import { FederationFlowError } from './federation.errors.ts';

const lifetimeSeconds = 600;
const statePattern = /^[A-Za-z0-9_-]{22}$/;
/** Further flows begin without those before: a page that begins many would make requests longer than servers take. */
const mostFlows = 5;

const beginningSchema = z.object({
  providerId: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  requestId: z.string(),
  returnTo: z.string().optional(),
  link: z.object({ userId: z.string(), sessionId: z.string() }).optional(),
  startedAt: z.number(),
});

/** What one browser began at one provider. */
export type Beginning = z.output<typeof beginningSchema> & { readonly state: string };

/** The two secrets of a new flow, and what else it draws. */
export function drawFlow(): Pick<Beginning, 'state' | 'nonce' | 'verifier' | 'requestId'> {
  return {
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    verifier: randomBytes(32).toString('base64url'),
    // An XML ID begins with a letter or an underscore.
    requestId: `_${randomBytes(16).toString('hex')}`,
  };
}

/**
 * Keeps what a sign-in at a provider needs until its answer, in the browser that began it: encrypted, for ten minutes,
 * one cookie for each flow, so that several tabs do not meet. Behind TLS the prefix __Host- binds it to our host.
 */
export class FederationCookies {
  readonly #cipher: Cipher;
  readonly #clock: Clock;
  readonly #secure: boolean;

  constructor(options: { readonly secret: Secret; readonly clock: Clock; readonly cookieSecure: boolean }) {
    this.#cipher = new Cipher(options.secret, 'federation-flow');
    this.#clock = options.clock;
    this.#secure = options.cookieSecure;
  }

  /**
   * The Set-Cookie header of a flow. `crossSite`: the answer is a form that another site posts; browsers send cookies
   * along with it for SameSite=None alone, which they take with Secure only (also from http://localhost).
   */
  render({ state, ...beginning }: Omit<Beginning, 'startedAt'>, crossSite: boolean): string {
    const content = { ...beginning, startedAt: this.#clock.now().getTime() };
    const value = this.#cipher.encrypt(JSON.stringify(content), state).toString('base64url');
    return this.#compose(state, value, lifetimeSeconds, crossSite);
  }

  renderRemoval(state: string, crossSite: boolean): string {
    return this.#compose(state, '', 0, crossSite);
  }

  /** Headers that remove the flows of a browser that has begun too many. */
  renderSurplusRemovals(cookies: string | undefined): string[] {
    const prefix = this.#name('');
    const states = (cookies ?? '')
      .split(';')
      .map((pair) => pair.trim().split('=')[0]!)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .filter((state) => statePattern.test(state));
    return states.length < mostFlows ? [] : states.map((state) => this.renderRemoval(state, true));
  }

  /** What this browser began under a state. Throws when it did not, or too long ago, or at another provider. */
  read(cookies: string | undefined, state: string, providerId: string): Beginning {
    if (!statePattern.test(state)) throw new FederationFlowError();
    const value = findCookie(cookies, this.#name(state));
    if (value === undefined) throw new FederationFlowError();
    const beginning = this.#decrypt(value, state);
    const age = this.#clock.now().getTime() - beginning.startedAt;
    if (beginning.providerId !== providerId || age > lifetimeSeconds * 1000) throw new FederationFlowError();
    return { ...beginning, state };
  }

  #decrypt(value: string, state: string): z.output<typeof beginningSchema> {
    try {
      return beginningSchema.parse(JSON.parse(this.#cipher.decrypt(Buffer.from(value, 'base64url'), state)));
    } catch {
      throw new FederationFlowError();
    }
  }

  #name(state: string): string {
    return `${this.#secure ? '__Host-' : ''}plinth.federation.${state}`;
  }

  #compose(state: string, value: string, seconds: number, crossSite: boolean): string {
    return [
      `${this.#name(state)}=${value}`,
      `Max-Age=${seconds}`,
      'Path=/',
      'HttpOnly',
      ...(this.#secure || crossSite ? ['Secure'] : []),
      `SameSite=${crossSite ? 'None' : 'Lax'}`,
    ].join('; ');
  }
}
