import { DomainError, type Clock, type Database, type Logger, type Transaction } from '@plinth/common';
import type { CreditGrantService } from './credit-grant.service.ts';
import { listForTopUp, lockWalletsById, updateSettings } from './credit-wallet.store.ts';
import { standardPriority, type CreditTopUp, type CreditWallet } from './credit.ts';

export interface CreditTopUpDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly grants: CreditGrantService;
}

const atOnce = 100;
const lowestId = '00000000-0000-0000-0000-000000000000';
const dayMs = 86_400_000;
// A card that was declined is not tried every hour.
const retryAfterMs = dayMs;

/** Buys credit by itself where a wallet has fallen below its threshold. */
export class CreditTopUpService {
  readonly #dependencies: CreditTopUpDependencies;
  constructor(dependencies: CreditTopUpDependencies) {
    this.#dependencies = dependencies;
  }

  /** Charges the default payment method of every account whose balance is too low. Gives how many were charged. */
  async topUp(tenantId: string): Promise<number> {
    const { database, clock } = this.#dependencies;
    let charged = 0;
    const failures: unknown[] = [];
    let after = lowestId;
    for (;;) {
      const page = await database.transaction(tenantId, (transaction) =>
        listForTopUp(transaction, clock.now(), after, atOnce),
      );
      for (const wallet of page) {
        try {
          if (await this.#topUp(tenantId, wallet)) charged += 1;
        } catch (error) {
          // One wallet's fault does not keep the others waiting.
          failures.push(error);
        }
      }
      if (page.length < atOnce) break;
      after = page.at(-1)!.id;
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} wallets could not be topped up`);
    return charged;
  }

  async #topUp(tenantId: string, wallet: CreditWallet): Promise<boolean> {
    const { grants, database, log } = this.#dependencies;
    const topUp = wallet.topUp!;
    try {
      const { payment } = await grants.grant(tenantId, {
        accountId: wallet.accountId,
        currency: wallet.currency,
        terms: { priority: standardPriority, reason: 'automatic top-up', expiresAt: this.#expiryOf(topUp) },
        source: {
          type: 'charge',
          amountMinor: topUp.amountMinor,
          by: { cause: 'automatic', paymentMethodId: undefined, customerPresent: false },
        },
        // Two runs that find the same balance make one payment.
        requestKey: `top-up:${wallet.id}:${wallet.topUpNotBefore?.toISOString() ?? wallet.updatedAt.toISOString()}:${wallet.balanceMinor}`,
        cause: 'top_up',
      });
      if (payment?.status !== 'failed') return true;
      await database.transaction(tenantId, (transaction) => this.#waitIn(transaction, wallet.id, payment.failureCode));
    } catch (error) {
      // No payment method, one that cannot be charged, a gateway that refuses: somebody has to look at it.
      if (!(error instanceof DomainError) || error.kind === 'internal') throw error;
      log.warn({ err: error, tenantId, accountId: wallet.accountId }, 'credit cannot be topped up now');
      await database.transaction(tenantId, (transaction) => this.#waitIn(transaction, wallet.id, error.code));
    }
    return false;
  }

  async #waitIn(transaction: Transaction, walletId: string, failure: string | null): Promise<void> {
    const now = this.#dependencies.clock.now();
    const [wallet] = await lockWalletsById(transaction, [walletId]);
    const topUpNotBefore = new Date(now.getTime() + retryAfterMs);
    await updateSettings(transaction, { ...wallet!, topUpNotBefore, updatedAt: now });
    transaction.audit({
      action: 'credit_wallet.top_up_failed',
      resourceType: 'credit_wallet',
      resourceId: walletId,
      after: { accountId: wallet!.accountId, failure, topUpNotBefore: topUpNotBefore.toISOString() },
    });
  }

  #expiryOf({ expiryDays }: CreditTopUp): Date | null {
    return expiryDays === null ? null : new Date(this.#dependencies.clock.now().getTime() + expiryDays * dayMs);
  }
}
