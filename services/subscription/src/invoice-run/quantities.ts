import type { UsageRequest } from '@plinth/contracts';
import type { FindQuantity, UsageWindow } from '../billing/bill-usage.ts';

/** Collects the windows of many subscriptions, each once, and gives their quantities back. */
export class Quantities {
  readonly #requests: UsageRequest[] = [];
  readonly #positions = new Map<string, number>();
  #quantities: readonly string[] = [];

  add(accountId: string, window: UsageWindow): void {
    const key = keyOf(accountId, window);
    if (this.#positions.has(key)) return;
    this.#positions.set(key, this.#requests.length);
    this.#requests.push({
      accountId,
      meter: window.meter,
      from: window.from.toISOString(),
      to: window.to.toISOString(),
    });
  }

  get requests(): readonly UsageRequest[] {
    return this.#requests;
  }

  /** Takes the answers, in the order of the requests. */
  answer(quantities: readonly string[]): void {
    if (quantities.length !== this.#requests.length)
      throw new RangeError(`${quantities.length} quantities for ${this.#requests.length} requests`);
    this.#quantities = quantities;
  }

  finderFor(accountId: string): FindQuantity {
    return (window) => this.#quantities[this.#positions.get(keyOf(accountId, window)) ?? -1] ?? '0';
  }
}

function keyOf(accountId: string, { meter, from, to }: UsageWindow): string {
  return `${accountId}/${from.getTime()}/${to.getTime()}/${meter}`;
}
