import type { Logger } from '@plinth/common';
import type { Invoice } from '../invoice/invoice.ts';
import type { Subscription } from '../subscription/subscription.ts';

export interface RunSummary {
  readonly subscriptions: number;
  readonly invoices: number;
  readonly skipped: number;
  readonly failed: number;
  /** Total in smallest units by currency. */
  readonly amounts: ReadonlyMap<string, bigint>;
  readonly durationMs: number;
}

/** Sets aside what cannot be rated, so that one broken price does not stop everybody's invoices. */
export class Failures {
  readonly #log: Logger;
  count = 0;
  /** Why the first one failed. */
  first: unknown;
  constructor(log: Logger) {
    this.#log = log;
  }

  keepSound<Input extends Subscription | { readonly subscription: Subscription }, Output>(
    inputs: readonly Input[],
    work: (input: Input) => Output,
  ): Output[] {
    return inputs.flatMap((input) => {
      try {
        return [work(input)];
      } catch (error) {
        this.count += 1;
        this.first ??= error;
        this.#log.error(
          { err: error, subscriptionId: 'subscription' in input ? input.subscription.id : input.id },
          'a subscription could not be billed',
        );
        return [];
      }
    });
  }
}

/** What one batch came to. */
export interface BatchResult {
  readonly rated: number;
  readonly failed: number;
  readonly subscriptionIds: readonly string[];
  /** Created, or added to. */
  readonly invoices: readonly Invoice[];
}

/** Adds up what a run has done. What was skipped or failed counts as the last walk saw it. */
export class RunTotal {
  readonly #amounts = new Map<string, bigint>();
  readonly #subscriptions = new Set<string>();
  readonly #unfinished = new Set<string>();
  #invoices = 0;
  #failed = 0;
  skipped = 0;
  behind = false;

  beginWalk(): void {
    this.skipped = 0;
    this.#failed = 0;
    this.behind = false;
  }

  add({ rated, failed, subscriptionIds, invoices }: BatchResult): void {
    this.skipped += rated - subscriptionIds.length;
    this.#failed += failed;
    for (const id of subscriptionIds) this.#subscriptions.add(id);
    this.addInvoices(invoices);
  }

  /** Those that are worked out count with their amount; the others once they are. */
  addInvoices(invoices: readonly Invoice[]): void {
    for (const { id, calculation, currency, totalMinor } of invoices) {
      if (calculation !== 'done') {
        this.#unfinished.add(id);
        continue;
      }
      this.#invoices += 1;
      this.addAmount(currency, totalMinor);
    }
  }

  addAmount(currency: string, totalMinor: bigint): void {
    this.#amounts.set(currency, (this.#amounts.get(currency) ?? 0n) + totalMinor);
  }

  /** Ids of the invoices whose amounts are known only after the walks. */
  get unfinishedIds(): readonly string[] {
    return [...this.#unfinished];
  }

  summarize(durationMs: number): RunSummary {
    return {
      subscriptions: this.#subscriptions.size,
      invoices: this.#invoices + this.#unfinished.size,
      skipped: this.skipped,
      failed: this.#failed,
      amounts: this.#amounts,
      durationMs,
    };
  }
}
