import type { Transaction } from '@plinth/common';
import type { Deletion, FoundRows } from './deletion.ts';

const columns = `tenant_id AS "tenantId", requested_by AS "requestedBy", requested_at AS "requestedAt",
  previous_status AS "previousStatus", due_at AS "dueAt", started_at AS "startedAt", found, completed_at AS "completedAt"`;

export async function insertDeletion(
  transaction: Transaction,
  deletion: Pick<Deletion, 'tenantId' | 'requestedBy' | 'requestedAt' | 'previousStatus' | 'dueAt'>,
): Promise<void> {
  await transaction.execute(
    `INSERT INTO tenant.deletions (tenant_id, requested_by, requested_at, previous_status, due_at, leased_until)
     VALUES ($1, $2, $3, $4, $5, $3)`,
    [deletion.tenantId, deletion.requestedBy, deletion.requestedAt, deletion.previousStatus, deletion.dueAt],
  );
}

/** Locks the deletion until the transaction ends. */
export async function findDeletionForUpdate(transaction: Transaction, tenantId: string): Promise<Deletion | undefined> {
  return transaction.findRow<Deletion>(`SELECT ${columns} FROM tenant.deletions WHERE tenant_id = $1 FOR UPDATE`, [
    tenantId,
  ]);
}

export async function removeDeletion(transaction: Transaction, tenantId: string): Promise<void> {
  await transaction.execute(`DELETE FROM tenant.deletions WHERE tenant_id = $1`, [tenantId]);
}

/** Takes a deletion that is due, so that no other process takes it before `until`. Needs a platform transaction. */
export async function claimDue(transaction: Transaction, now: Date, until: Date): Promise<Deletion | undefined> {
  return transaction.findRow<Deletion>(
    `UPDATE tenant.deletions SET leased_until = $2, started_at = coalesce(started_at, $1)
      WHERE tenant_id = (SELECT tenant_id FROM tenant.deletions
                          WHERE completed_at IS NULL AND due_at <= $1 AND leased_until <= $1
                          ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING ${columns}`,
    [now, until],
  );
}

/** Keeps a deletion that is running. Needs a platform transaction. */
export async function extendLease(transaction: Transaction, tenantId: string, until: Date): Promise<void> {
  await transaction.execute(`UPDATE tenant.deletions SET leased_until = $2 WHERE tenant_id = $1`, [tenantId, until]);
}

/** Notes what there was when the deletion started. Needs a platform transaction. */
export async function saveFound(
  transaction: Transaction,
  tenantId: string,
  found: readonly FoundRows[],
): Promise<void> {
  await transaction.execute(`UPDATE tenant.deletions SET found = $2 WHERE tenant_id = $1`, [
    tenantId,
    JSON.stringify(found),
  ]);
}

/** Lets go of a deletion that failed; it is tried again after `until`. Needs a platform transaction. */
export async function saveFailure(
  transaction: Transaction,
  tenantId: string,
  until: Date,
  error: string,
): Promise<void> {
  await transaction.execute(`UPDATE tenant.deletions SET leased_until = $2, last_error = $3 WHERE tenant_id = $1`, [
    tenantId,
    until,
    error,
  ]);
}

/** Leaves of a tenant its id and dates. Needs a platform transaction. */
export async function completeDeletion(
  transaction: Transaction,
  certificate: { readonly id: string; readonly tenantId: string; readonly jws: string; readonly now: Date },
): Promise<void> {
  const { id, tenantId, jws, now } = certificate;
  await transaction.execute(`INSERT INTO tenant.certificates (id, tenant_id, issued_at, jws) VALUES ($1, $2, $3, $4)`, [
    id,
    tenantId,
    now,
    jws,
  ]);
  await transaction.execute(`UPDATE tenant.deletions SET completed_at = $2, last_error = NULL WHERE tenant_id = $1`, [
    tenantId,
    now,
  ]);
  await transaction.execute(
    `UPDATE tenant.tenants SET status = 'deleted', name = '', limits = '{}', plan_limits = '{}', version = version + 1, updated_at = $2 WHERE id = $1`,
    [tenantId, now],
  );
}

/** Needs a platform transaction: nobody acts in a deleted tenant any more. */
export async function findCertificate(
  transaction: Transaction,
  tenantId: string,
): Promise<{ id: string; issuedAt: Date; jws: string } | undefined> {
  return transaction.findRow<{ id: string; issuedAt: Date; jws: string }>(
    `SELECT id, issued_at AS "issuedAt", jws FROM tenant.certificates WHERE tenant_id = $1`,
    [tenantId],
  );
}
