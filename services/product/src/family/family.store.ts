import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { Family } from './family.ts';

const columns = `id, key, name, upgrade, downgrade, version, created_at AS "createdAt", updated_at AS "updatedAt"`;

export async function insertFamily(transaction: Transaction, family: Family): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO product.plan_families (id, tenant_id, key, name, upgrade, downgrade, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
      [family.id, transaction.tenantId, family.key, family.name, family.upgrade, family.downgrade, family.createdAt],
    ),
    'plan family',
    family.key,
  );
}

/** The family; with `lock`, its row is locked until the transaction ends. */
export async function findFamily(transaction: Transaction, id: string, lock = false): Promise<Family | undefined> {
  return transaction.findRow<Family>(
    `SELECT ${columns} FROM product.plan_families WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
    [id],
  );
}

export async function listFamilies(
  transaction: Transaction,
  limit: number | null,
  after: string | undefined,
): Promise<Family[]> {
  return transaction.rows<Family>(
    `SELECT ${columns} FROM product.plan_families WHERE ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [limit, after ?? null],
  );
}

export async function listFamiliesByKeys(transaction: Transaction, keys: readonly string[]): Promise<Family[]> {
  return transaction.rows<Family>(`SELECT ${columns} FROM product.plan_families WHERE key = ANY($1)`, [keys]);
}

export async function updateFamily(transaction: Transaction, family: Family): Promise<void> {
  await transaction.execute(
    `UPDATE product.plan_families SET name = $2, upgrade = $3, downgrade = $4, version = $5, updated_at = $6 WHERE id = $1`,
    [family.id, family.name, family.upgrade, family.downgrade, family.version, family.updatedAt],
  );
}
