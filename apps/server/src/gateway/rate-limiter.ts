/** What a request learns about its limit. */
export interface RateDecision {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetSeconds: number;
}

const WINDOW_MS = 60_000;
const SWEEP_EVERY_MS = 30_000;

interface Window {
  startedAt: number;
  count: number;
}

/** Counts requests by caller and route in windows of a minute, in this process's memory. */
export class RateLimiter {
  readonly #windows = new Map<string, Window>();
  #sweptAt = 0;

  take(key: string, limit: number, now: number): RateDecision {
    this.#sweep(now);
    let window = this.#windows.get(key);
    if (window === undefined || now - window.startedAt >= WINDOW_MS) {
      window = { startedAt: now, count: 0 };
      this.#windows.set(key, window);
    }
    const resetSeconds = Math.max(1, Math.ceil((window.startedAt + WINDOW_MS - now) / 1000));
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
    for (const [key, window] of this.#windows) if (now - window.startedAt >= WINDOW_MS) this.#windows.delete(key);
  }
}
