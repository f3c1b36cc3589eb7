import type { Transaction } from '@plinth/common';
import type { KillBillConnection } from './kill-bill.ts';

/** The connection with its encrypted secrets and what the next upload needs. */
export interface StoredConnection extends KillBillConnection {
  readonly password: Buffer;
  readonly apiSecret: Buffer;
  readonly catalogueDigest: string | null;
}

const columns = `base_url AS "baseUrl", user_name AS "user", password, api_key AS "apiKey", api_secret AS "apiSecret", enabled, version,
  created_at AS "createdAt", updated_at AS "updatedAt", catalogue_digest AS "catalogueDigest",
  catalogue_uploads AS "catalogueUploads", mirrored_at AS "mirroredAt", last_error AS "lastError"`;

export async function findConnection(transaction: Transaction): Promise<StoredConnection | undefined> {
  return transaction.findRow(`SELECT ${columns} FROM subscription.kill_bill_connections`);
}

/** Locks the row, so that two changes do not meet. */
export async function findConnectionForUpdate(transaction: Transaction): Promise<StoredConnection | undefined> {
  return transaction.findRow(`SELECT ${columns} FROM subscription.kill_bill_connections FOR UPDATE`);
}

export async function saveConnection(transaction: Transaction, connection: StoredConnection): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.kill_bill_connections
       (tenant_id, base_url, user_name, password, api_key, api_secret, enabled, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (tenant_id) DO UPDATE SET base_url = excluded.base_url, user_name = excluded.user_name, password = excluded.password,
       api_key = excluded.api_key, api_secret = excluded.api_secret, enabled = excluded.enabled, version = excluded.version,
       updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      connection.baseUrl,
      connection.user,
      connection.password,
      connection.apiKey,
      connection.apiSecret,
      connection.enabled,
      connection.version,
      connection.createdAt,
      connection.updatedAt,
    ],
  );
}

/** The tenants whose mirror is switched on, of all of them. */
export async function listEnabledTenants(transaction: Transaction): Promise<string[]> {
  const rows = await transaction.rows<{ tenant_id: string }>(
    `SELECT tenant_id FROM subscription.kill_bill_connections WHERE enabled ORDER BY tenant_id`,
  );
  return rows.map((row) => row.tenant_id);
}

export async function noteCatalogue(transaction: Transaction, digest: string): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.kill_bill_connections SET catalogue_digest = $1, catalogue_uploads = catalogue_uploads + 1`,
    [digest],
  );
}

export async function noteRun(transaction: Transaction, at: Date, error: string | null): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.kill_bill_connections SET mirrored_at = CASE WHEN $2::text IS NULL THEN $1 ELSE mirrored_at END, last_error = $2`,
    [at, error],
  );
}
