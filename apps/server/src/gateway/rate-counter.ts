/** What a request learns about its limit. */
export interface RateDecision {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetSeconds: number;
}

export const windowMs = 60_000;

/** Counts requests by caller and route in windows of a minute. */
export interface RateCounter {
  /** Counts one request against `limit`; answers without waiting where it can. */
  take(key: string, limit: number, now: number): RateDecision | Promise<RateDecision>;
}
