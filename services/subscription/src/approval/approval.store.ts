import type { Transaction } from '@plinth/common';
import type { ApprovalRequest, ApprovalStatus, GuardedActionName } from './approval.ts';

interface RequestRow extends Omit<ApprovalRequest, 'amountMinor'> {
  readonly amountMinor: string | null;
}

const select = `SELECT id, action, account_id AS "accountId", dispute_id AS "disputeId", currency, amount_minor AS "amountMinor", reason,
  input, status, requested_by AS "requestedBy", requested_at AS "requestedAt", expires_at AS "expiresAt", decided_by AS "decidedBy",
  decided_at AS "decidedAt", decision_note AS "decisionNote", attempts, attempted_at AS "attemptedAt", executed_at AS "executedAt",
  result_type AS "resultType", result_id AS "resultId", failure_code AS "failureCode", failure_message AS "failureMessage", version
  FROM subscription.approval_requests`;

/** Writes a new request, unless the same one is waiting; tells whether it did. */
export async function insertRequest(
  transaction: Transaction,
  request: ApprovalRequest,
  inputHash: string,
): Promise<boolean> {
  const count = await transaction.execute(
    `INSERT INTO subscription.approval_requests (tenant_id, id, action, account_id, dispute_id, currency, amount_minor, reason, input,
       input_hash, status, requested_by, requested_at, expires_at, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT (tenant_id, requested_by, input_hash) WHERE status = 'pending' DO NOTHING`,
    [
      transaction.tenantId,
      request.id,
      request.action,
      request.accountId,
      request.disputeId,
      request.currency,
      request.amountMinor?.toString() ?? null,
      request.reason,
      JSON.stringify(request.input),
      inputHash,
      request.status,
      request.requestedBy,
      request.requestedAt,
      request.expiresAt,
      request.version,
    ],
  );
  return count === 1;
}

/** Writes what may change of a request. */
export async function updateRequest(transaction: Transaction, request: ApprovalRequest): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.approval_requests SET status = $2, decided_by = $3, decided_at = $4, decision_note = $5, attempts = $6,
       attempted_at = $7, executed_at = $8, result_type = $9, result_id = $10, failure_code = $11, failure_message = $12,
       version = $13 WHERE id = $1`,
    [
      request.id,
      request.status,
      request.decidedBy,
      request.decidedAt,
      request.decisionNote,
      request.attempts,
      request.attemptedAt,
      request.executedAt,
      request.resultType,
      request.resultId,
      request.failureCode,
      request.failureMessage,
      request.version,
    ],
  );
}

export async function findRequest(transaction: Transaction, id: string): Promise<ApprovalRequest | undefined> {
  return first(transaction, `${select} WHERE id = $1`, [id]);
}

export async function findRequestForUpdate(transaction: Transaction, id: string): Promise<ApprovalRequest | undefined> {
  return first(transaction, `${select} WHERE id = $1 FOR UPDATE`, [id]);
}

export async function findPendingRequest(
  transaction: Transaction,
  requestedBy: string,
  inputHash: string,
): Promise<ApprovalRequest | undefined> {
  return first(transaction, `${select} WHERE requested_by = $1 AND input_hash = $2 AND status = 'pending'`, [
    requestedBy,
    inputHash,
  ]);
}

export interface RequestFilter {
  readonly status?: ApprovalStatus | undefined;
  readonly disputeId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly requestedBy?: string | undefined;
}

export async function listRequests(
  transaction: Transaction,
  filter: RequestFilter,
  before: string | undefined,
  limit: number,
): Promise<ApprovalRequest[]> {
  return list(
    transaction,
    `${select} WHERE ($1::uuid IS NULL OR id < $1) AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR dispute_id = $3)
       AND ($4::uuid IS NULL OR account_id = $4) AND ($5::text IS NULL OR requested_by = $5) ORDER BY id DESC LIMIT $6`,
    [
      before ?? null,
      filter.status ?? null,
      filter.disputeId ?? null,
      filter.accountId ?? null,
      filter.requestedBy ?? null,
      limit,
    ],
  );
}

/** Requests that nobody decided about in time, locked. */
export async function listExpiredForUpdate(
  transaction: Transaction,
  now: Date,
  limit: number,
): Promise<ApprovalRequest[]> {
  return list(
    transaction,
    `${select} WHERE status = 'pending' AND expires_at <= $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [now, limit],
  );
}

/** Approved requests that are not done and were not tried since `triedBefore`. */
export async function listUnexecuted(
  transaction: Transaction,
  triedBefore: Date,
  limit: number,
): Promise<ApprovalRequest[]> {
  return list(
    transaction,
    `${select} WHERE status = 'approved' AND coalesce(attempted_at, decided_at) <= $1 ORDER BY id LIMIT $2`,
    [triedBefore, limit],
  );
}

/** One at a time gives away money under this name by this action, so that the sum of a day is true. */
export async function lockActor(transaction: Transaction, actorId: string, action: GuardedActionName): Promise<void> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(hashtextextended($1, 16))`, [
    `${transaction.tenantId}:${actorId}:${action}`,
  ]);
}

/** What somebody gave away or approved since an instant, what they approved and is not done yet too. */
export async function sumGivenAway(
  transaction: Transaction,
  actorId: string,
  action: GuardedActionName,
  { currency, since }: { readonly currency: string; readonly since: Date },
): Promise<bigint> {
  const row = await transaction.findRow<{ sum: string }>(
    `SELECT (coalesce((SELECT sum(amount_minor) FROM subscription.money_actions
        WHERE actor_id = $1 AND action = $2 AND currency = $3 AND happened_at > $4), 0)
      + coalesce((SELECT sum(amount_minor) FROM subscription.approval_requests
        WHERE decided_by = $1 AND action = $2 AND currency = $3 AND status = 'approved'), 0))::text AS sum`,
    [actorId, action, currency, since],
  );
  return BigInt(row!.sum);
}

async function first(
  transaction: Transaction,
  sql: string,
  parameters: unknown[],
): Promise<ApprovalRequest | undefined> {
  return (await list(transaction, sql, parameters))[0];
}

async function list(transaction: Transaction, sql: string, parameters: unknown[]): Promise<ApprovalRequest[]> {
  const rows = await transaction.rows<RequestRow>(sql, parameters);
  return rows.map((row) => ({ ...row, amountMinor: row.amountMinor === null ? null : BigInt(row.amountMinor) }));
}
