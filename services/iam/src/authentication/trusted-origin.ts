import { createOriginCheck } from '@plinth/common';
import { OriginNotTrustedError } from './authentication.errors.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Refuses requests that change a sign-in and come from pages that may not. */
export class TrustedOrigins {
  readonly #isTrusted: (origin: string) => boolean;

  constructor(publicUrl: string, patterns: readonly string[]) {
    this.#isTrusted = createOriginCheck([new URL(publicUrl).origin, ...patterns]);
  }

  /**
   * Throws unless the origin is the platform's or a trusted one. Browsers say where a request comes from; programs
   * that are none say nothing, and have no cookies of somebody else either.
   */
  assert(headers: Headers): void {
    const origin = headers['origin'];
    if (origin === undefined && headers['sec-fetch-site'] !== 'cross-site') return;
    if (typeof origin !== 'string' || !this.#isTrusted(origin)) throw new OriginNotTrustedError();
  }
}
