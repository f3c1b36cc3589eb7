import type { Clock, Database } from '@plinth/common';
import type { CompletedInvoice } from '../invoice/draft-completion.service.ts';
import type { DraftLine } from '../invoice/invoice.ts';
import type { SubscriptionPreviewService } from '../preview/subscription-preview.service.ts';
import type { SubscriptionService } from '../subscription/subscription.service.ts';
import { listRemaining } from './credit-grant.store.ts';
import { listWallets } from './credit-wallet.store.ts';
import { isUsable } from './credit.ts';

export interface CreditBalanceDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly subscriptions: Pick<SubscriptionService, 'listSubscriptions'>;
  readonly previews: Pick<SubscriptionPreviewService, 'previewNext'>;
}

/** What an account has ahead in one currency, and what will be taken of it. Smallest units. */
export interface ProjectedBalance {
  readonly currency: string;
  /** What can pay an invoice now. */
  readonly availableMinor: bigint;
  /** What the usage of periods that are not billed yet costs so far, with tax. */
  readonly openUsageMinor: bigint;
  /** What the next invoices come to as it stands now. */
  readonly nextInvoicesMinor: bigint;
}

const subscriptionsAtOnce = 100;

/** Looks ahead: what the credit of an account has to pay next. */
export class CreditBalanceService {
  readonly #dependencies: CreditBalanceDependencies;
  constructor(dependencies: CreditBalanceDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * By currency: what is there, and what the account's own subscriptions will take with the usage so far. Invoices are
   * worked out as the run would; subscriptions of accounts that it pays for are left out.
   */
  async getBalance(tenantId: string, accountId: string): Promise<ProjectedBalance[]> {
    const available = await this.#listAvailable(tenantId, accountId);
    const drafts = await this.#listNext(tenantId, accountId);
    const currencies = new Set([...available.keys(), ...drafts.map(({ currency }) => currency)]);
    return [...currencies].sort().map((currency) => {
      const own = drafts.filter((draft) => draft.currency === currency);
      return {
        currency,
        availableMinor: available.get(currency) ?? 0n,
        openUsageMinor: sum(own.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'usage').map(grossOf))),
        nextInvoicesMinor: sum(own.map(({ totalMinor }) => totalMinor)),
      };
    });
  }

  async #listAvailable(tenantId: string, accountId: string): Promise<Map<string, bigint>> {
    const { database, clock } = this.#dependencies;
    const now = clock.now();
    return database.transaction(tenantId, async (transaction) => {
      const wallets = await listWallets(transaction, accountId);
      const grants = await listRemaining(
        transaction,
        wallets.map(({ id }) => id),
      );
      const usable = grants.filter((grant) => isUsable(grant, now));
      return new Map(
        wallets.map(({ id, currency }) => [
          currency,
          sum(usable.filter(({ walletId }) => walletId === id).map(({ remainingMinor }) => remainingMinor)),
        ]),
      );
    });
  }

  /** The next invoices of the account's subscriptions, of those that it pays itself. */
  async #listNext(tenantId: string, accountId: string): Promise<CompletedInvoice[]> {
    const { subscriptions, previews } = this.#dependencies;
    const drafts: CompletedInvoice[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await subscriptions.listSubscriptions(tenantId, {
        accountId,
        limit: subscriptionsAtOnce,
        ...(cursor === undefined || cursor === null ? {} : { cursor }),
      });
      for (const subscription of page.data)
        if (subscription.billNextAt !== null) drafts.push(...(await previews.previewNext(tenantId, subscription)));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return drafts.filter((draft) => draft.accountId === accountId);
  }
}

/** What a line adds to the total. */
function grossOf({ amountMinor, discountMinor, taxInclusive, taxMinor }: DraftLine): bigint {
  return amountMinor - discountMinor + (taxInclusive ? 0n : taxMinor);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
