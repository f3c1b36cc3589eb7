import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { Feature } from './feature.ts';

const columns = `id, product_id AS "productId", key, name, type, meter, version, created_at AS "createdAt", updated_at AS "updatedAt"`;

export async function insertFeature(transaction: Transaction, feature: Feature): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO product.features (id, tenant_id, product_id, key, name, type, meter, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
      [
        feature.id,
        transaction.tenantId,
        feature.productId,
        feature.key,
        feature.name,
        feature.type,
        feature.meter,
        feature.createdAt,
      ],
    ),
    'feature',
    feature.key,
  );
}

/** The feature; with `lock`, its row is locked until the transaction ends. */
export async function findFeature(transaction: Transaction, id: string, lock = false): Promise<Feature | undefined> {
  return transaction.findRow<Feature>(
    `SELECT ${columns} FROM product.features WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
    [id],
  );
}

export async function listFeatures(
  transaction: Transaction,
  limit: number | null,
  after: string | undefined,
): Promise<Feature[]> {
  return transaction.rows<Feature>(
    `SELECT ${columns} FROM product.features WHERE ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [limit, after ?? null],
  );
}

export async function listFeaturesByKeys(transaction: Transaction, keys: readonly string[]): Promise<Feature[]> {
  return transaction.rows<Feature>(`SELECT ${columns} FROM product.features WHERE key = ANY($1)`, [keys]);
}

export async function updateFeature(transaction: Transaction, feature: Feature): Promise<void> {
  await transaction.execute(
    `UPDATE product.features SET name = $2, meter = $3, version = $4, updated_at = $5 WHERE id = $1`,
    [feature.id, feature.name, feature.meter, feature.version, feature.updatedAt],
  );
}
