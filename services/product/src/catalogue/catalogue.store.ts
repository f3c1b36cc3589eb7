import type { Transaction } from '@plinth/common';

/**
 * Keeps the catalogue as it is until the transaction ends, row by row in one order; another import waits. Keys stay
 * referable meanwhile: what is written elsewhere may refer to these rows.
 */
export async function lockCatalogue(transaction: Transaction): Promise<void> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(hashtextextended('product.catalogue/' || $1, 0))`, [
    transaction.tenantId,
  ]);
  await transaction.execute(`SELECT 1 FROM product.products ORDER BY id FOR NO KEY UPDATE`);
  await transaction.execute(`SELECT 1 FROM product.features ORDER BY id FOR NO KEY UPDATE`);
  await transaction.execute(`SELECT 1 FROM product.plan_families ORDER BY id FOR NO KEY UPDATE`);
  await transaction.execute(`SELECT 1 FROM product.plans ORDER BY id FOR NO KEY UPDATE`);
  await transaction.execute(`SELECT 1 FROM product.coupons ORDER BY id FOR NO KEY UPDATE`);
}
