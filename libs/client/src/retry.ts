/** How often a request is sent and how long the client waits in between. */
export interface RetryOptions {
  /** Requests in all, the first one included; 1 means that nothing is tried again. */
  readonly attempts: number;
  /** The longest wait; an answer that asks for a longer one is handed to the caller at once. */
  readonly maximumDelayMs: number;
}

export const defaultRetry: RetryOptions = { attempts: 4, maximumDelayMs: 20_000 };

const FIRST_DELAY_MS = 250;

/** Seconds of a Retry-After header (RFC 9110): a number or a date; undefined for anything else. */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - nowMs) / 1000);
}

/** The wait before the next attempt, or undefined when there is none. `random` is in [0, 1). */
export function planRetry(
  options: RetryOptions,
  attempt: number,
  retryAfterSeconds: number | undefined,
  random: number,
): number | undefined {
  if (attempt >= options.attempts) return undefined;
  if (retryAfterSeconds !== undefined) {
    const asked = retryAfterSeconds * 1000;
    return asked <= options.maximumDelayMs ? asked : undefined;
  }
  const ceiling = Math.min(options.maximumDelayMs, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
