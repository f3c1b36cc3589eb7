import type { Transaction } from '@plinth/common';
import type { Dispute, DisputedInvoice, DisputeStatus, TimelineItem } from './dispute.ts';

interface DisputeRow extends Omit<Dispute, 'disputedMinor' | 'invoices'> {
  readonly disputedMinor: string;
  readonly invoices: readonly (Omit<DisputedInvoice, 'disputedMinor'> & { readonly disputedMinor: string })[];
}

const select = `SELECT d.id, d.account_id AS "accountId", d.reason, d.description, d.status, d.assignee_id AS "assigneeId", d.currency,
  d.disputed_minor AS "disputedMinor", d.evidence_from AS "evidenceFrom", d.evidence_to AS "evidenceTo",
  d.chargeback_id AS "chargebackId", d.outcome, d.opened_by AS "openedBy", d.version, d.created_at AS "createdAt",
  d.updated_at AS "updatedAt", d.closed_at AS "closedAt",
  (SELECT json_agg(json_build_object('invoiceId', i.invoice_id, 'positions', i.positions, 'disputedMinor', i.disputed_minor::text)
    ORDER BY i.invoice_id) FROM subscription.dispute_invoices i WHERE i.dispute_id = d.id) AS invoices
  FROM subscription.disputes d`;

export async function insertDispute(transaction: Transaction, dispute: Dispute): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.disputes (tenant_id, id, account_id, reason, description, status, assignee_id, currency, disputed_minor,
       evidence_from, evidence_to, chargeback_id, opened_by, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
    [
      transaction.tenantId,
      dispute.id,
      dispute.accountId,
      dispute.reason,
      dispute.description,
      dispute.status,
      dispute.assigneeId,
      dispute.currency,
      dispute.disputedMinor.toString(),
      dispute.evidenceFrom,
      dispute.evidenceTo,
      dispute.chargebackId,
      dispute.openedBy,
      dispute.version,
      dispute.createdAt,
    ],
  );
  for (const { invoiceId, positions, disputedMinor } of dispute.invoices)
    await transaction.execute(
      `INSERT INTO subscription.dispute_invoices (tenant_id, dispute_id, invoice_id, positions, disputed_minor) VALUES ($1, $2, $3, $4, $5)`,
      [transaction.tenantId, dispute.id, invoiceId, [...positions], disputedMinor.toString()],
    );
}

/** Writes what may change of a dispute. */
export async function updateDispute(transaction: Transaction, dispute: Dispute): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.disputes SET status = $2, assignee_id = $3, chargeback_id = $4, outcome = $5, version = $6, updated_at = $7,
       closed_at = $8 WHERE id = $1`,
    [
      dispute.id,
      dispute.status,
      dispute.assigneeId,
      dispute.chargebackId,
      dispute.outcome,
      dispute.version,
      dispute.updatedAt,
      dispute.closedAt,
    ],
  );
}

export async function findDispute(transaction: Transaction, id: string): Promise<Dispute | undefined> {
  return (await list(transaction, `${select} WHERE d.id = $1`, [id]))[0];
}

/** Locked against changes, but not against others that only refer to it. */
export async function findDisputeForUpdate(transaction: Transaction, id: string): Promise<Dispute | undefined> {
  return (await list(transaction, `${select} WHERE d.id = $1 FOR NO KEY UPDATE OF d`, [id]))[0];
}

export interface DisputeFilter {
  readonly accountId?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly assigneeId?: string | undefined;
  readonly status?: DisputeStatus | undefined;
}

export async function listDisputes(
  transaction: Transaction,
  { accountId, invoiceId, assigneeId, status }: DisputeFilter,
  before: string | undefined,
  limit: number,
): Promise<Dispute[]> {
  return list(
    transaction,
    `${select} WHERE ($1::uuid IS NULL OR d.id < $1) AND ($2::uuid IS NULL OR d.account_id = $2) AND ($3::text IS NULL OR d.assignee_id = $3)
       AND ($4::text IS NULL OR d.status = $4) AND ($5::uuid IS NULL OR EXISTS (SELECT FROM subscription.dispute_invoices i
         WHERE i.dispute_id = d.id AND i.invoice_id = $5)) ORDER BY d.id DESC LIMIT $6`,
    [before ?? null, accountId ?? null, assigneeId ?? null, status ?? null, invoiceId ?? null, limit],
  );
}

export async function insertEvent(transaction: Transaction, disputeId: string, event: TimelineItem): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.dispute_events (tenant_id, dispute_id, id, kind, actor_id, content, happened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      transaction.tenantId,
      disputeId,
      event.id,
      event.kind,
      event.actorId,
      JSON.stringify(event.content),
      event.happenedAt,
    ],
  );
}

/** All that happened to a dispute, oldest first, after an item. */
export async function listTimeline(
  transaction: Transaction,
  disputeId: string,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<TimelineItem[]> {
  return transaction.rows<TimelineItem>(
    `SELECT * FROM (
       SELECT id, kind, actor_id AS "actorId", content, happened_at AS "happenedAt" FROM subscription.dispute_events WHERE dispute_id = $1
       UNION ALL
       SELECT id, 'action', actor_id, jsonb_build_object('action', action, 'currency', currency, 'amountMinor', amount_minor::text,
           'reason', reason, 'result', jsonb_build_object('type', result_type, 'id', result_id), 'approvalRequestId', approval_request_id),
         happened_at FROM subscription.money_actions WHERE dispute_id = $1
       UNION ALL
       SELECT id, 'approval', requested_by, jsonb_build_object('action', action, 'currency', currency, 'amountMinor', amount_minor::text,
           'reason', reason, 'status', status, 'decidedBy', decided_by, 'decidedAt', decided_at, 'decisionNote', decision_note),
         requested_at FROM subscription.approval_requests WHERE dispute_id = $1) timeline
     WHERE $2::timestamptz IS NULL OR ("happenedAt", id) > ($2, $3::uuid) ORDER BY "happenedAt", id LIMIT $4`,
    [disputeId, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}

/** Whether something of the dispute waits for approval, or is approved and not done. */
export async function hasOpenApproval(transaction: Transaction, disputeId: string): Promise<boolean> {
  const row = await transaction.findRow(
    `SELECT 1 FROM subscription.approval_requests WHERE dispute_id = $1 AND status IN ('pending', 'approved') LIMIT 1`,
    [disputeId],
  );
  return row !== undefined;
}

/** Those among the invoices that no other open dispute is about. */
export async function listUndisputed(
  transaction: Transaction,
  disputeId: string,
  invoiceIds: readonly string[],
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT asked.id FROM unnest($2::uuid[]) AS asked (id) WHERE NOT EXISTS (SELECT FROM subscription.dispute_invoices i
       JOIN subscription.disputes d ON d.id = i.dispute_id
       WHERE i.invoice_id = asked.id AND d.id <> $1 AND d.status IN ('open', 'investigating'))`,
    [disputeId, [...invoiceIds]],
  );
  return rows.map(({ id }) => id);
}

async function list(transaction: Transaction, sql: string, parameters: unknown[]): Promise<Dispute[]> {
  const rows = await transaction.rows<DisputeRow>(sql, parameters);
  return rows.map((row) => ({
    ...row,
    disputedMinor: BigInt(row.disputedMinor),
    invoices: (row.invoices ?? []).map((one) => ({ ...one, disputedMinor: BigInt(one.disputedMinor) })),
  }));
}
