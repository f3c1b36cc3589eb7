import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { Product } from './product.ts';

const columns = `id, key, name, description, archived, version, created_at AS "createdAt", updated_at AS "updatedAt"`;

export async function insertProduct(transaction: Transaction, product: Product): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO product.products (id, tenant_id, key, name, description, archived, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
      [
        product.id,
        transaction.tenantId,
        product.key,
        product.name,
        product.description,
        product.archived,
        product.createdAt,
      ],
    ),
    'product',
    product.key,
  );
}

export async function findProduct(transaction: Transaction, id: string): Promise<Product | undefined> {
  return transaction.findRow<Product>(`SELECT ${columns} FROM product.products WHERE id = $1`, [id]);
}

export async function findProductForUpdate(transaction: Transaction, id: string): Promise<Product | undefined> {
  return transaction.findRow<Product>(`SELECT ${columns} FROM product.products WHERE id = $1 FOR UPDATE`, [id]);
}

/** Keeps others from changing the product until the transaction ends. */
export async function findProductForShare(transaction: Transaction, id: string): Promise<Product | undefined> {
  return transaction.findRow<Product>(`SELECT ${columns} FROM product.products WHERE id = $1 FOR SHARE`, [id]);
}

export async function listProducts(
  transaction: Transaction,
  limit: number | null,
  after: string | undefined,
): Promise<Product[]> {
  return transaction.rows<Product>(
    `SELECT ${columns} FROM product.products WHERE ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [limit, after ?? null],
  );
}

export async function updateProduct(transaction: Transaction, product: Product): Promise<void> {
  await transaction.execute(
    `UPDATE product.products SET name = $2, description = $3, archived = $4, version = $5, updated_at = $6 WHERE id = $1`,
    [product.id, product.name, product.description, product.archived, product.version, product.updatedAt],
  );
}
