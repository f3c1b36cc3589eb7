import type { QuotaDecision } from '@plinth/contracts';

const FRACTION_DIGITS = 12;
const SCALE = 10n ** BigInt(FRACTION_DIGITS);
/** From here on the caller is told what is left. */
const WARN_PERCENT = 80n;
/** Largest integer of a structured header field (RFC 9651). */
const MOST_IN_HEADER = 999_999_999_999_999n;

/** An exact decimal in units of its last of twelve fraction digits. */
export function toExact(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(FRACTION_DIGITS, '0').slice(0, FRACTION_DIGITS));
}

export function fromExact(exact: bigint): string {
  const digits = String(exact < 0n ? -exact : exact).padStart(FRACTION_DIGITS + 1, '0');
  const fraction = digits.slice(-FRACTION_DIGITS).replace(/0+$/, '');
  return `${exact < 0n ? '-' : ''}${digits.slice(0, -FRACTION_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * What is left of a quota: what metering said a moment ago, less what has passed here since. Usage that is on its way to
 * metering is in neither, so that a burst may exceed a quota by what passes within a second or two.
 */
export class QuotaTally {
  readonly limit: string;
  /** Whether more than the limit is refused. */
  readonly blocks: boolean;
  readonly resetsAt: string | null;
  readonly #limit: bigint;
  readonly #used: bigint;
  #taken = 0n;

  constructor({ limit, used, resetsAt, allowed }: QuotaDecision & { readonly limit: string }) {
    this.limit = limit;
    this.resetsAt = resetsAt;
    this.blocks = !allowed;
    this.#limit = toExact(limit);
    this.#used = toExact(used ?? '0');
  }

  /** Takes so much; false when that is more than is left, and nothing is taken then. */
  take(quantity: bigint): boolean {
    if (this.blocks && this.#used + this.#taken + quantity > this.#limit) return false;
    this.#taken += quantity;
    return true;
  }

  giveBack(quantity: bigint): void {
    this.#taken -= quantity;
  }

  get used(): string {
    return fromExact(this.#used + this.#taken);
  }

  get isNearlyUsedUp(): boolean {
    return (this.#used + this.#taken) * 100n >= this.#limit * WARN_PERCENT;
  }

  /** Whole units for a header, rounded down. */
  get wholeLimit(): number {
    return toHeaderInteger(this.#limit);
  }

  get wholeRemaining(): number {
    return toHeaderInteger(this.#limit - this.#used - this.#taken);
  }

  /** Undefined: never. */
  resetSeconds(now: number): number | undefined {
    return this.resetsAt === null ? undefined : Math.max(1, Math.ceil((Date.parse(this.resetsAt) - now) / 1000));
  }
}

function toHeaderInteger(exact: bigint): number {
  const whole = exact / SCALE;
  return Number(whole < 0n ? 0n : whole > MOST_IN_HEADER ? MOST_IN_HEADER : whole);
}
