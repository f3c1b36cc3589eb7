import type { Transaction } from '@plinth/common';
import type { Span } from './document.ts';

export interface PlanName {
  readonly planId: string;
  readonly version: number;
  readonly name: string;
}

/** Names of plan versions as they were sold. */
export async function listPlanNames(
  transaction: Transaction,
  versions: readonly { readonly planId: string; readonly version: number }[],
): Promise<PlanName[]> {
  if (versions.length === 0) return [];
  const rows = await transaction.rows<{ plan_id: string; version: number; name: string }>(
    `SELECT DISTINCT ON (plan_id, version) plan_id, version, name FROM subscription.plan_versions
     WHERE (plan_id, version) IN (SELECT * FROM unnest($1::uuid[], $2::int[])) ORDER BY plan_id, version, currency`,
    [versions.map(({ planId }) => planId), versions.map(({ version }) => version)],
  );
  return rows.map((row) => ({ planId: row.plan_id, version: row.version, name: row.name }));
}

/** Prepaid credits that paid for an invoice up to a moment, in smallest units. */
export async function sumCreditsApplied(transaction: Transaction, invoiceId: string, until: Date): Promise<bigint> {
  const row = await transaction.findRow<{ applied: string }>(
    `SELECT coalesce(sum(amount_minor), 0) AS applied FROM subscription.ledger_entries
     WHERE source_type = 'invoice' AND source_id = $1 AND ledger_account = 'credits' AND posted_at <= $2`,
    [invoiceId, until],
  );
  return BigInt(row!.applied);
}

/** From the first to the last moment that an invoice's lines are about; null where it has none. */
export async function findSpan(transaction: Transaction, invoiceId: string): Promise<Span | null> {
  const row = await transaction.findRow<{ start: Date | null; end: Date | null }>(
    `SELECT min(period_start) AS start, max(period_end) AS "end" FROM subscription.invoice_lines WHERE invoice_id = $1`,
    [invoiceId],
  );
  return row?.start && row.end ? { start: row.start, end: row.end } : null;
}
