import type { Logger, ParsedEnvironment } from '@plinth/common';
import type { RateCounter } from '../gateway/rate-counter.ts';
import { RateLimiter } from '../gateway/rate-limiter.ts';
import { SharedRateLimiter, type RateLimitFallback } from '../gateway/shared-rate-limiter.ts';
import { SharedStore } from '../gateway/shared-store.ts';

/** The store that several gateways share; undefined for a gateway that is alone. */
export async function openSharedStore(environment: ParsedEnvironment, log: Logger): Promise<SharedStore | undefined> {
  const url = environment.findSecret('REDIS_URL');
  return url === undefined ? undefined : SharedStore.open(url, log);
}

/** Counts together with the other gateways where there is a shared store, and alone where there is none. */
export function createRateCounter(
  store: SharedStore | undefined,
  environment: ParsedEnvironment,
  log: Logger,
): RateCounter {
  if (store === undefined) return new RateLimiter();
  const fallback = environment.getString('PLINTH_RATE_LIMIT_FALLBACK') as RateLimitFallback;
  return new SharedRateLimiter({ store, fallback, log });
}
