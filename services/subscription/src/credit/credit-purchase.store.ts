import type { Transaction } from '@plinth/common';
import type { CreditTerms } from './credit.ts';

/** A payment that was made for credit. */
export interface CreditPurchase {
  readonly paymentId: string;
  readonly walletId: string;
  /** What is granted once the money is there. */
  readonly terms: CreditTerms;
  /** Who wanted it: somebody, or the wallet's own top-up. */
  readonly cause: 'request' | 'top_up';
  readonly grantId: string | null;
  readonly createdAt: Date;
}

interface PurchaseRow extends Omit<CreditPurchase, 'terms'> {
  readonly terms: Omit<CreditTerms, 'expiresAt'> & { readonly expiresAt: string | null };
}

export async function insertPurchase(transaction: Transaction, purchase: CreditPurchase): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.credit_purchases (payment_id, tenant_id, wallet_id, terms, cause, grant_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      purchase.paymentId,
      transaction.tenantId,
      purchase.walletId,
      JSON.stringify(purchase.terms),
      purchase.cause,
      purchase.grantId,
      purchase.createdAt,
    ],
  );
}

export async function findPurchase(transaction: Transaction, paymentId: string): Promise<CreditPurchase | undefined> {
  const row = await transaction.findRow<PurchaseRow>(
    `SELECT payment_id AS "paymentId", wallet_id AS "walletId", terms, cause, grant_id AS "grantId", created_at AS "createdAt"
     FROM subscription.credit_purchases WHERE payment_id = $1`,
    [paymentId],
  );
  if (row === undefined) return undefined;
  const { expiresAt } = row.terms;
  return { ...row, terms: { ...row.terms, expiresAt: expiresAt === null ? null : new Date(expiresAt) } };
}

export async function setPurchaseGrant(transaction: Transaction, paymentId: string, grantId: string): Promise<void> {
  await transaction.execute(`UPDATE subscription.credit_purchases SET grant_id = $2 WHERE payment_id = $1`, [
    paymentId,
    grantId,
  ]);
}
