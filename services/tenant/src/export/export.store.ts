import type { Transaction } from '@plinth/common';
import type { ExportProgress, TenantExport } from './export.ts';

const columns = `id, tenant_id AS "tenantId", requested_by AS "requestedBy", status, size_bytes::float8 AS "sizeBytes",
  rows::float8 AS rows, created_at AS "createdAt", finished_at AS "finishedAt", expires_at AS "expiresAt"`;

/** An export that a run has taken. */
export interface RunningExport extends TenantExport {
  readonly attempts: number;
  readonly progress: ExportProgress | null;
}

/** Inserts an export that waits; false when one of the tenant is not finished. */
export async function insertExport(transaction: Transaction, made: TenantExport): Promise<boolean> {
  const inserted = await transaction.execute(
    `INSERT INTO tenant.exports (id, tenant_id, requested_by, status, created_at, expires_at, leased_until)
     VALUES ($1, $2, $3, 'waiting', $4, $5, $4) ON CONFLICT DO NOTHING`,
    [made.id, made.tenantId, made.requestedBy, made.createdAt, made.expiresAt],
  );
  return inserted === 1;
}

export async function findExport(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<TenantExport | undefined> {
  return transaction.findRow<TenantExport>(`SELECT ${columns} FROM tenant.exports WHERE tenant_id = $1 AND id = $2`, [
    tenantId,
    id,
  ]);
}

/** The newest first. */
export async function listExports(
  transaction: Transaction,
  query: { readonly tenantId: string; readonly before: string | undefined; readonly limit: number },
): Promise<TenantExport[]> {
  return transaction.rows<TenantExport>(
    `SELECT ${columns} FROM tenant.exports
      WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [query.tenantId, query.before ?? null, query.limit],
  );
}

/** A piece of an archive; undefined after the last one. */
export async function findChunk(transaction: Transaction, id: string, position: number): Promise<Buffer | undefined> {
  const row = await transaction.findRow<{ bytes: Buffer }>(
    `SELECT bytes FROM tenant.export_chunks WHERE export_id = $1 AND position = $2`,
    [id, position],
  );
  return row?.bytes;
}

/** Takes an export that waits or whose run has died. Needs a platform transaction. */
export async function claimExport(
  transaction: Transaction,
  now: Date,
  until: Date,
): Promise<RunningExport | undefined> {
  return transaction.findRow<RunningExport>(
    `UPDATE tenant.exports SET status = 'running', leased_until = $2, attempts = attempts + 1
      WHERE id = (SELECT id FROM tenant.exports WHERE status IN ('waiting', 'running') AND leased_until <= $1
                   ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING ${columns}, attempts, progress`,
    [now, until],
  );
}

/** Adds a piece and notes where the next one goes on. */
export async function saveChunk(
  transaction: Transaction,
  chunk: {
    readonly id: string;
    readonly tenantId: string;
    readonly bytes: Buffer;
    readonly rows: number;
    readonly position: number;
    readonly progress: ExportProgress;
    readonly leasedUntil: Date;
  },
): Promise<void> {
  const { id, tenantId, bytes, rows, position, progress, leasedUntil } = chunk;
  await transaction.execute(
    `INSERT INTO tenant.export_chunks (export_id, position, tenant_id, bytes) VALUES ($1, $2, $3, $4)`,
    [id, position, tenantId, bytes],
  );
  await transaction.execute(
    `UPDATE tenant.exports SET progress = $2, leased_until = $3, size_bytes = size_bytes + $4, rows = rows + $5 WHERE id = $1`,
    [id, JSON.stringify(progress), leasedUntil, bytes.length, rows],
  );
}

export async function finishExport(
  transaction: Transaction,
  id: string,
  end: { readonly status: 'ready' | 'failed'; readonly now: Date; readonly expiresAt: Date },
): Promise<void> {
  await transaction.execute(
    `UPDATE tenant.exports SET status = $2, finished_at = $3, expires_at = $4, progress = NULL WHERE id = $1`,
    [id, end.status, end.now, end.expiresAt],
  );
}

/** Lets go of an export whose run failed; it is tried again after `until`. */
export async function postponeExport(transaction: Transaction, id: string, until: Date): Promise<void> {
  await transaction.execute(`UPDATE tenant.exports SET leased_until = $2 WHERE id = $1`, [id, until]);
}

/** Ids of exports whose time is over, with their tenants. Needs a platform transaction. */
export async function listExpired(transaction: Transaction, now: Date): Promise<{ id: string; tenantId: string }[]> {
  return transaction.rows<{ id: string; tenantId: string }>(
    `SELECT id, tenant_id AS "tenantId" FROM tenant.exports WHERE expires_at <= $1 AND status IN ('ready', 'failed') LIMIT 1000`,
    [now],
  );
}

/** Deletes an export with its pieces. */
export async function deleteExport(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM tenant.exports WHERE id = $1`, [id]);
}
