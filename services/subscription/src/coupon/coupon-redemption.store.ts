import type { Coupon } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import type { CouponRedemption } from './coupon-redemption.ts';

interface RedemptionRow {
  readonly id: string;
  readonly coupon: Coupon;
  readonly account_id: string;
  readonly subscription_id: string | null;
  readonly redeemed_at: Date;
  readonly removed_at: Date | null;
  readonly uses: number;
}

const columns = `id, coupon, account_id, subscription_id, redeemed_at, removed_at,
  (SELECT count(*)::int FROM subscription.coupon_uses u WHERE u.redemption_id = r.id) AS uses`;

/** Counts one more redemption of a coupon unless its most are reached; the counter stays locked until the commit. */
export async function countRedemption(
  transaction: Transaction,
  couponId: string,
  most: number | null,
): Promise<boolean> {
  const counted = await transaction.execute(
    `INSERT INTO subscription.coupon_counters AS counter (tenant_id, coupon_id, redemptions) VALUES ($1, $2, 1)
     ON CONFLICT (tenant_id, coupon_id) DO UPDATE SET redemptions = counter.redemptions + 1
       WHERE $3::int IS NULL OR counter.redemptions < $3`,
    [transaction.tenantId, couponId, most],
  );
  return counted > 0;
}

/** Writes a redemption unless the coupon is for each account once and this one had it. Tells whether it did. */
export async function insertRedemption(transaction: Transaction, redemption: CouponRedemption): Promise<boolean> {
  const { id, coupon, accountId, subscriptionId, redeemedAt } = redemption;
  const written = await transaction.execute(
    `INSERT INTO subscription.coupon_redemptions (tenant_id, id, coupon_id, coupon, account_id, subscription_id, once_per_account, redeemed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, coupon_id, account_id) WHERE once_per_account DO NOTHING`,
    [
      transaction.tenantId,
      id,
      coupon.couponId,
      JSON.stringify(coupon),
      accountId,
      subscriptionId,
      coupon.oncePerAccount,
      redeemedAt,
    ],
  );
  return written > 0;
}

/** Whether the coupon lowers the same already. */
export async function hasActiveRedemption(
  transaction: Transaction,
  { coupon, accountId, subscriptionId }: CouponRedemption,
): Promise<boolean> {
  const row = await transaction.findRow(
    `SELECT 1 FROM subscription.coupon_redemptions WHERE coupon_id = $1 AND account_id = $2 AND subscription_id IS NOT DISTINCT FROM $3
       AND removed_at IS NULL`,
    [coupon.couponId, accountId, subscriptionId],
  );
  return row !== undefined;
}

export async function findRedemptionForUpdate(
  transaction: Transaction,
  id: string,
): Promise<CouponRedemption | undefined> {
  const row = await transaction.findRow<RedemptionRow>(
    `SELECT ${columns} FROM subscription.coupon_redemptions r WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row && fromRow(row);
}

export async function removeRedemption(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.execute(`UPDATE subscription.coupon_redemptions SET removed_at = $2 WHERE id = $1`, [id, now]);
}

/** The redemptions of a subscription, or the account's own; oldest first. */
export async function listRedemptions(
  transaction: Transaction,
  accountId: string,
  subscriptionId: string | null,
): Promise<CouponRedemption[]> {
  const rows = await transaction.rows<RedemptionRow>(
    `SELECT ${columns} FROM subscription.coupon_redemptions r WHERE account_id = $1 AND subscription_id IS NOT DISTINCT FROM $2
     ORDER BY redeemed_at, id LIMIT 200`,
    [accountId, subscriptionId],
  );
  return rows.map(fromRow);
}

/** All redemptions of subscriptions and accounts, also those that were removed. */
export async function listRedemptionsOf(
  transaction: Transaction,
  subscriptionIds: readonly string[],
  accountIds: readonly string[],
): Promise<CouponRedemption[]> {
  const rows = await transaction.rows<RedemptionRow>(
    `SELECT ${columns} FROM subscription.coupon_redemptions r
     WHERE subscription_id = ANY($1) OR (subscription_id IS NULL AND account_id = ANY($2))`,
    [subscriptionIds, accountIds],
  );
  return rows.map(fromRow);
}

/** Redemptions of subscriptions and accounts that are not removed, in order of redemption, locked until the commit. */
export async function lockActiveRedemptions(
  transaction: Transaction,
  subscriptionIds: readonly string[],
  accountIds: readonly string[],
): Promise<CouponRedemption[]> {
  const rows = await transaction.rows<RedemptionRow>(
    `SELECT ${columns} FROM subscription.coupon_redemptions r
     WHERE removed_at IS NULL AND (subscription_id = ANY($1) OR (subscription_id IS NULL AND account_id = ANY($2)))
     ORDER BY redeemed_at, id FOR UPDATE`,
    [subscriptionIds, accountIds],
  );
  return rows.map(fromRow);
}

function fromRow(row: RedemptionRow): CouponRedemption {
  return {
    id: row.id,
    coupon: row.coupon,
    accountId: row.account_id,
    subscriptionId: row.subscription_id,
    redeemedAt: row.redeemed_at,
    removedAt: row.removed_at,
    uses: row.uses,
  };
}
