import type { Transaction } from '@plinth/common';
import { formatNumber } from '../invoice/invoice.ts';
import type { StatementEntry } from './statement.ts';
import type { StatementEntryKind } from './texts/texts.ts';

export interface StatementRange {
  readonly accountId: string;
  readonly legalEntityId: string;
  readonly start: Date;
  readonly end: Date;
}

interface EntryRow {
  readonly posted_at: Date;
  readonly kind: StatementEntryKind;
  readonly source_id: string;
  readonly number: string | null;
  readonly number_prefix: string | null;
  readonly currency: string;
  readonly amount: string;
}

/** What the account owed before the range, by currency. */
export async function sumReceivable(
  transaction: Transaction,
  { accountId, legalEntityId, start }: StatementRange,
): Promise<Map<string, bigint>> {
  const rows = await transaction.rows<{ currency: string; amount: string }>(
    `SELECT currency, sum(amount_minor) AS amount FROM subscription.ledger_entries
     WHERE account_id = $1 AND legal_entity_id = $2 AND posted_at < $3 AND ledger_account = 'receivable'
     GROUP BY currency HAVING sum(amount_minor) <> 0`,
    [accountId, legalEntityId, start],
  );
  return new Map(rows.map((row) => [row.currency, BigInt(row.amount)]));
}

/**
 * The postings of the range that changed what the account owes, in order of time; of one moment, what is charged before
 * what settles it.
 */
export async function listReceivable(
  transaction: Transaction,
  { accountId, legalEntityId, start, end }: StatementRange,
): Promise<StatementEntry[]> {
  const rows = await transaction.rows<EntryRow>(
    `WITH postings AS (
       SELECT posting_id, posted_at, source_type, source_id, currency, bool_or(ledger_account = 'credits') AS uses_credits,
         sum(amount_minor) FILTER (WHERE ledger_account = 'receivable') AS amount
       FROM subscription.ledger_entries WHERE account_id = $1 AND legal_entity_id = $2 AND posted_at >= $3 AND posted_at < $4
       GROUP BY posting_id, posted_at, source_type, source_id, currency
     )
     SELECT p.posted_at, p.source_id, p.currency, p.amount, coalesce(i.number, n.number) AS number,
       coalesce(i.number_prefix, n.number_prefix) AS number_prefix,
       CASE WHEN p.source_type = 'invoice' AND p.uses_credits THEN 'credits_applied'
         WHEN p.source_type = 'invoice' AND p.posted_at >= i.voided_at AND sign(p.amount) <> sign(i.total_minor) THEN 'void'
         WHEN p.source_type IN ('invoice', 'credit_note', 'payment', 'refund', 'chargeback', 'credit_grant', 'write_off') THEN p.source_type
         ELSE 'other' END AS kind
     FROM postings p
     LEFT JOIN subscription.invoices i ON p.source_type IN ('invoice', 'write_off') AND i.id = p.source_id
     LEFT JOIN subscription.credit_notes n ON p.source_type = 'credit_note' AND n.id = p.source_id
     WHERE p.amount <> 0 ORDER BY p.posted_at, p.amount < 0, p.posting_id`,
    [accountId, legalEntityId, start, end],
  );
  return rows.map((row) => ({
    postedAt: row.posted_at,
    kind: row.kind,
    sourceId: row.source_id,
    number: row.number === null ? null : formatNumber(row.number, row.number_prefix ?? ''),
    currency: row.currency,
    amountMinor: BigInt(row.amount),
  }));
}
