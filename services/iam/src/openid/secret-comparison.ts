import { RateLimitedError } from '@plinth/common';
import { SignInThrottledError } from '../authentication/authentication.errors.ts';
import type { ThrottleService } from '../authentication/throttle.service.ts';
import { isClientSecret } from '../client/client-secret.ts';
import type { Library } from './library.ts';
import { parseHashes } from './read-only-adapter.ts';

/** The library's client, as far as a secret of it is compared. */
interface ComparedClient {
  readonly clientId: string;
  readonly clientSecret?: string;
}

/**
 * How the library compares secrets: by their hashes. Wrong ones are counted for the client and the address that sends
 * them, and slow down. The right one never waits: nobody guesses 256 bits, and so nobody can lock a client out.
 */
export function createSecretComparison(
  throttle: ThrottleService,
  library: Library,
): (this: ComparedClient, given: string) => Promise<boolean> {
  return async function (given) {
    if (isClientSecret(given, parseHashes(this.clientSecret ?? ''))) return true;
    const target = { kind: 'client', value: `${this.clientId} ${library.Provider.ctx?.ip ?? ''}` } as const;
    const wrong = new library.errors.InvalidClientAuth('invalid secret provided');
    return throttle
      .attempt(
        target,
        (error) => error === wrong,
        () => Promise.reject(wrong),
      )
      .catch((error: unknown) => {
        if (!(error instanceof SignInThrottledError) && !(error instanceof RateLimitedError)) throw error;
        throw tooMany(library, error.retryAfterSeconds ?? 1);
      });
  };
}

function tooMany(library: Library, seconds: number): Error {
  library.Provider.ctx?.set('retry-after', String(seconds));
  const error = new library.errors.CustomOIDCProviderError('slow_down', 'too many wrong secrets were sent');
  return Object.assign(error, { status: 429, statusCode: 429 });
}
