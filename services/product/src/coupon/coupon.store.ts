import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { StoredCoupon } from './coupon.ts';

const select = `
  SELECT id, code, name, discount, periods, plans, prices, redeemable_until AS "redeemableUntil",
    maximum_redemptions AS "maximumRedemptions", once_per_account AS "oncePerAccount", archived, version,
    created_at AS "createdAt", updated_at AS "updatedAt"
  FROM product.coupons`;

export async function insertCoupon(transaction: Transaction, coupon: StoredCoupon): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO product.coupons (id, tenant_id, code, name, discount, periods, plans, prices, redeemable_until,
         maximum_redemptions, once_per_account, archived, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
      [
        coupon.id,
        transaction.tenantId,
        coupon.code,
        coupon.name,
        JSON.stringify(coupon.discount),
        coupon.periods,
        coupon.plans,
        coupon.prices,
        coupon.redeemableUntil,
        coupon.maximumRedemptions,
        coupon.oncePerAccount,
        coupon.archived,
        coupon.createdAt,
      ],
    ),
    'coupon',
    coupon.code,
  );
}

/** The coupon; with `lock`, its row is locked until the transaction ends. */
export async function findCoupon(
  transaction: Transaction,
  id: string,
  lock = false,
): Promise<StoredCoupon | undefined> {
  return transaction.findRow<StoredCoupon>(`${select} WHERE id = $1${lock ? ' FOR UPDATE' : ''}`, [id]);
}

export async function findCouponByCode(transaction: Transaction, code: string): Promise<StoredCoupon | undefined> {
  return transaction.findRow<StoredCoupon>(`${select} WHERE code = $1`, [code]);
}

export async function listCoupons(
  transaction: Transaction,
  code: string | undefined,
  limit: number | null,
  after: string | undefined,
): Promise<StoredCoupon[]> {
  return transaction.rows<StoredCoupon>(
    `${select} WHERE ($2::uuid IS NULL OR id > $2) AND ($3::text IS NULL OR code = $3) ORDER BY id LIMIT $1`,
    [limit, after ?? null, code ?? null],
  );
}

export async function updateCoupon(transaction: Transaction, coupon: StoredCoupon): Promise<void> {
  await transaction.execute(
    `UPDATE product.coupons SET name = $2, archived = $3, version = $4, updated_at = $5 WHERE id = $1`,
    [coupon.id, coupon.name, coupon.archived, coupon.version, coupon.updatedAt],
  );
}
