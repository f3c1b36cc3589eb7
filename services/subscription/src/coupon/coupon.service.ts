import type { AccountSummary, ContractFunctions, Coupon, accountContract, productContract } from '@plinth/contracts';
import { NotFoundError, newId, type Clock, type Database, type Transaction } from '@plinth/common';
import { periodsLeft, type CouponRedemption } from './coupon-redemption.ts';
import * as store from './coupon-redemption.store.ts';
import { CouponNotRedeemableError } from './coupon.errors.ts';

export interface CouponDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly product: Pick<ContractFunctions<typeof productContract>, 'findCoupon'>;
  readonly subscriptions: {
    getSubscription(tenantId: string, id: string): Promise<{ readonly accountId: string; readonly currency: string }>;
  };
}

/** What a coupon is redeemed for: one subscription, or an account and all that it pays. */
export type CouponTarget = { readonly subscriptionId: string } | { readonly accountId: string };

interface ResolvedTarget {
  readonly accountId: string;
  readonly subscriptionId: string | null;
  readonly currency: string;
}

/** Redeems coupons and knows which invoices they may still lower. */
export class CouponService {
  readonly #dependencies: CouponDependencies;
  constructor(dependencies: CouponDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Redeems a coupon from the next invoice on. Throws where it is unknown, archived, over, used up, in another
   * currency, or redeemed for the same already.
   */
  async redeem(tenantId: string, target: CouponTarget, code: string): Promise<CouponRedemption> {
    const { database, clock, product } = this.#dependencies;
    const { accountId, subscriptionId, currency } = await this.#resolve(tenantId, target);
    const coupon = await product.findCoupon({ tenantId, code });
    if (coupon === null) throw new NotFoundError('coupon', code);
    const now = clock.now();
    assertRedeemable(coupon, currency, now);
    const redemption: CouponRedemption = {
      id: newId(),
      coupon,
      accountId,
      subscriptionId,
      redeemedAt: now,
      removedAt: null,
      uses: 0,
    };
    return database.transaction(tenantId, async (transaction) => {
      // The counter's row is locked from here on, so that two who redeem the same coupon come one after the other.
      if (!(await store.countRedemption(transaction, coupon.couponId, coupon.maximumRedemptions)))
        throw new CouponNotRedeemableError(coupon.code, 'it was redeemed as often as it may be');
      if (await store.hasActiveRedemption(transaction, redemption))
        throw new CouponNotRedeemableError(coupon.code, 'it is in use here already');
      if (!(await store.insertRedemption(transaction, redemption)))
        throw new CouponNotRedeemableError(coupon.code, 'the account had it before');
      transaction.audit({
        action: 'coupon.redeemed',
        resourceType: 'coupon_redemption',
        resourceId: redemption.id,
        after: { code: coupon.code, accountId, subscriptionId },
      });
      return redemption;
    });
  }

  /** The currency in which a target is charged. */
  async getCurrency(tenantId: string, target: CouponTarget): Promise<string> {
    return (await this.#resolve(tenantId, target)).currency;
  }

  async list(tenantId: string, target: CouponTarget): Promise<CouponRedemption[]> {
    const { accountId, subscriptionId } = await this.#resolve(tenantId, target);
    return this.#dependencies.database.transaction(tenantId, (transaction) =>
      store.listRedemptions(transaction, accountId, subscriptionId),
    );
  }

  /** Ends a redemption: invoices that are worked out from now on are not lowered by it. Asking again changes nothing. */
  async remove(tenantId: string, target: CouponTarget, redemptionId: string): Promise<void> {
    const { accountId, subscriptionId } = await this.#resolve(tenantId, target);
    await this.#dependencies.database.transaction(tenantId, async (transaction) => {
      const before = await store.findRedemptionForUpdate(transaction, redemptionId);
      if (before === undefined || before.accountId !== accountId || before.subscriptionId !== subscriptionId)
        throw new NotFoundError('coupon redemption', redemptionId);
      if (before.removedAt !== null) return;
      await store.removeRedemption(transaction, redemptionId, this.#dependencies.clock.now());
      transaction.audit({
        action: 'coupon.removed',
        resourceType: 'coupon_redemption',
        resourceId: redemptionId,
        before: { code: before.coupon.code, accountId, subscriptionId },
      });
    });
  }

  /** Which of the subscriptions and accounts have coupons with invoices left to lower, and which ever had a coupon. */
  async listTargetsIn(
    transaction: Transaction,
    subscriptionIds: readonly string[],
    accountIds: readonly string[],
  ): Promise<{ readonly discounted: ReadonlySet<string>; readonly everDiscounted: ReadonlySet<string> }> {
    const all = await store.listRedemptionsOf(transaction, subscriptionIds, accountIds);
    const idsOf = (redemptions: readonly CouponRedemption[]) =>
      new Set(redemptions.map(({ subscriptionId, accountId }) => subscriptionId ?? accountId));
    return {
      discounted: idsOf(all.filter((redemption) => periodsLeft(redemption) !== 0)),
      everDiscounted: idsOf(all),
    };
  }

  /** Redemptions with invoices left to lower, in order of redemption; locked, because they are about to be used. */
  async listActiveIn(
    transaction: Transaction,
    subscriptionIds: readonly string[],
    accountIds: readonly string[],
  ): Promise<CouponRedemption[]> {
    const redemptions = await store.lockActiveRedemptions(transaction, subscriptionIds, accountIds);
    return redemptions.filter((redemption) => periodsLeft(redemption) !== 0);
  }

  async #resolve(tenantId: string, target: CouponTarget): Promise<ResolvedTarget> {
    if ('subscriptionId' in target) {
      const { accountId, currency } = await this.#dependencies.subscriptions.getSubscription(
        tenantId,
        target.subscriptionId,
      );
      return { accountId, currency, subscriptionId: target.subscriptionId };
    }
    const ids = [target.accountId];
    const [account]: (AccountSummary | undefined)[] = await this.#dependencies.account.listAccountsByIds({
      tenantId,
      ids,
    });
    if (account === undefined) throw new NotFoundError('account', target.accountId);
    return { accountId: account.id, currency: account.currency, subscriptionId: null };
  }
}

function assertRedeemable(coupon: Coupon, currency: string, now: Date): void {
  const refuse = (reason: string): never => {
    throw new CouponNotRedeemableError(coupon.code, reason);
  };
  if (coupon.archived) refuse('it is no longer offered');
  if (coupon.redeemableUntil !== null && new Date(coupon.redeemableUntil) <= now)
    refuse(`it could be redeemed until ${coupon.redeemableUntil}`);
  if (coupon.discount.kind === 'amount' && coupon.discount.currency !== currency)
    refuse(`it is in ${coupon.discount.currency}, not ${currency}`);
}
