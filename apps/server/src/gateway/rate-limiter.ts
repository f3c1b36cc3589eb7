import { windowMs, type RateCounter, type RateDecision } from './rate-counter.ts';

const SWEEP_EVERY_MS = 30_000;

interface Window {
  startedAt: number;
  count: number;
}

/** Counts in this process's memory: for one gateway alone. */
export class RateLimiter implements RateCounter {
  readonly #windows = new Map<string, Window>();
  #sweptAt = 0;

  take(key: string, limit: number, now: number): RateDecision {
    this.#sweep(now);
    let window = this.#windows.get(key);
    if (window === undefined || now - window.startedAt >= windowMs) {
      window = { startedAt: now, count: 0 };
      this.#windows.set(key, window);
    }
    const resetSeconds = Math.max(1, Math.ceil((window.startedAt + windowMs - now) / 1000));
    if (window.count >= limit) return { allowed: false, limit, remaining: 0, resetSeconds };
    window.count += 1;
    return { allowed: true, limit, remaining: limit - window.count, resetSeconds };
  }

  /** Number of callers that are counted at the moment. */
  get size(): number {
    return this.#windows.size;
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return;
    this.#sweptAt = now;
    for (const [key, window] of this.#windows) if (now - window.startedAt >= windowMs) this.#windows.delete(key);
  }
}
