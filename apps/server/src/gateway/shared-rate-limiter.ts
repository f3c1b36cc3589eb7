import { ServiceUnavailableError, type Logger } from '@plinth/common';
import { windowMs, type RateCounter, type RateDecision } from './rate-counter.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { SharedStore } from './shared-store.ts';

/** What a gateway does while the shared counters cannot be reached. */
export type RateLimitFallback = 'count-alone' | 'refuse' | 'allow';

export interface SharedRateLimiterOptions {
  readonly store: SharedStore;
  readonly fallback: RateLimitFallback;
  readonly log: Logger;
}

// A caller's window begins with their first request and ends by itself. Refused requests are not counted.
const script = `
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
if count < tonumber(ARGV[1]) then
  count = redis.call('INCR', KEYS[1])
  if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return {1, count, redis.call('PTTL', KEYS[1])}
end
return {0, count, redis.call('PTTL', KEYS[1])}`;

const warnEveryMs = 10_000;
/** After a failure the store is left alone for a moment: a server that hangs must not slow every request down. */
const restMs = 1000;

/** Counts in a store that several gateways share, so that a caller has one limit whichever of them they meet. */
export class SharedRateLimiter implements RateCounter {
  readonly #options: SharedRateLimiterOptions;
  readonly #alone = new RateLimiter();
  #warnedAt = -Infinity;
  #restsUntil = -Infinity;

  constructor(options: SharedRateLimiterOptions) {
    this.#options = options;
  }

  async take(key: string, limit: number, now: number): Promise<RateDecision> {
    if (now < this.#restsUntil) return this.#decideAlone(key, limit, now);
    try {
      const answer = (await this.#options.store.run(script, [`plinth:rate:${key}`], [limit, windowMs])) as number[];
      const [allowed, count, left] = answer as [number, number, number];
      return {
        allowed: allowed === 1,
        limit,
        remaining: Math.max(0, limit - count),
        resetSeconds: Math.max(1, Math.ceil(left / 1000)),
      };
    } catch (error) {
      this.#restsUntil = now + restMs;
      this.#warn(error, now);
      return this.#decideAlone(key, limit, now);
    }
  }

  #decideAlone(key: string, limit: number, now: number): RateDecision {
    const { fallback } = this.#options;
    if (fallback === 'refuse') throw new ServiceUnavailableError('that counts requests (REDIS_URL)');
    if (fallback === 'allow') return { allowed: true, limit, remaining: limit, resetSeconds: windowMs / 1000 };
    return this.#alone.take(key, limit, now);
  }

  #warn(error: unknown, now: number): void {
    if (now - this.#warnedAt < warnEveryMs) return;
    this.#warnedAt = now;
    const { log, fallback } = this.#options;
    log.warn({ err: error, fallback }, 'requests are not counted together: the shared store cannot be reached');
  }
}
