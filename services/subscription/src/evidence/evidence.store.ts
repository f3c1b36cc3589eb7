import type { Transaction } from '@plinth/common';
import type { EvidenceScope } from './evidence.ts';

/** Where something stands in its list: newest first. */
export interface Place {
  readonly id: string;
  readonly at: Date;
}

export type ListedPart = 'invoices' | 'creditNotes' | 'payments' | 'refunds' | 'chargebacks' | 'credits' | 'notices';

// $1 account, $2 from, $3 to, $4 invoice or null. Invoices of the account, paid by it or with lines of its own, which were
// billed in the time or bill some of it.
const invoicesInScope = `WITH own AS (
    SELECT id FROM subscription.invoices WHERE account_id = $1
    UNION SELECT l.invoice_id FROM subscription.subscriptions s
      JOIN subscription.invoice_lines l ON l.subscription_id = s.id WHERE s.account_id = $1
    UNION SELECT invoice_id FROM subscription.one_off_charges WHERE account_id = $1 AND invoice_id IS NOT NULL),
  scope AS (
    SELECT i.id, i.billed_at FROM subscription.invoices i WHERE i.id = $4
    UNION ALL
    SELECT i.id, i.billed_at FROM subscription.invoices i JOIN own ON own.id = i.id
     WHERE $4::uuid IS NULL AND ((i.billed_at >= $2 AND i.billed_at < $3) OR EXISTS (SELECT FROM subscription.invoice_lines l
       WHERE l.invoice_id = i.id AND l.period_start < $3 AND l.period_end > $2))),
  paid AS (
    SELECT p.id, p.created_at FROM subscription.payments p
     WHERE p.invoice_id IN (SELECT id FROM scope)
       OR p.id IN (SELECT a.payment_id FROM subscription.payment_allocations a WHERE a.invoice_id IN (SELECT id FROM scope))
       OR ($4::uuid IS NULL AND p.account_id = $1 AND p.created_at >= $2 AND p.created_at < $3)),
  found AS (`;

const found: Readonly<Record<ListedPart, string>> = {
  invoices: `SELECT id, billed_at AS at FROM scope`,
  creditNotes: `SELECT id, issued_at AS at FROM subscription.credit_notes WHERE invoice_id IN (SELECT id FROM scope)
    OR ($4::uuid IS NULL AND account_id = $1 AND issued_at >= $2 AND issued_at < $3)`,
  payments: `SELECT id, created_at AS at FROM paid`,
  refunds: `SELECT id, created_at AS at FROM subscription.refunds WHERE payment_id IN (SELECT id FROM paid)`,
  chargebacks: `SELECT id, created_at AS at FROM subscription.chargebacks WHERE payment_id IN (SELECT id FROM paid)`,
  credits: `SELECT posting_id AS id, posted_at AS at, currency, (-sum(amount_minor))::text AS "amountMinor", source_type AS "sourceType",
      source_id AS "sourceId" FROM subscription.ledger_entries
    WHERE ledger_account = 'credits' AND CASE WHEN $4::uuid IS NULL THEN account_id = $1 AND posted_at >= $2 AND posted_at < $3
      ELSE source_id = $4 OR source_id IN (SELECT id FROM paid) END
    GROUP BY posting_id, posted_at, currency, source_type, source_id`,
  notices: `SELECT id, created_at AS at, kind, invoice_id AS "invoiceId", status, reason, recipient, subject, sent_at AS "sentAt"
    FROM subscription.notices WHERE invoice_id = $4
      OR ($4::uuid IS NULL AND account_id = $1 AND created_at >= $2 AND created_at < $3)`,
};

/** What of a part lies in the scope, newest first, after a place. Credits and notices come whole: positive credit raises it. */
export async function listPlaces(
  transaction: Transaction,
  part: ListedPart,
  { accountId, from, to, invoiceId }: EvidenceScope,
  { limit, after }: { readonly limit: number; readonly after: readonly [string, string] | undefined },
): Promise<Place[]> {
  return transaction.rows(
    `${invoicesInScope}${found[part]}) SELECT * FROM found
     WHERE $5::timestamptz IS NULL OR (at, id) < ($5, $6::uuid) ORDER BY at DESC, id DESC LIMIT $7`,
    [accountId, from, to, invoiceId, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}

/** The time that an invoice bills, and whose lines it has. */
export async function findInvoiceSpan(
  transaction: Transaction,
  invoiceId: string,
): Promise<{ readonly from: Date | null; readonly to: Date | null; readonly accountIds: string[] }> {
  const row = await transaction.findRow<{ from: Date | null; to: Date | null; accountIds: string[] }>(
    `SELECT min(period_start) AS from, max(period_end) AS to, coalesce(array_agg(DISTINCT account_id), '{}') AS "accountIds"
     FROM subscription.invoice_lines WHERE invoice_id = $1`,
    [invoiceId],
  );
  return row!;
}

/** The account's newest subscriptions. */
export async function listSubscriptionIds(
  transaction: Transaction,
  accountId: string,
  limit: number,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT id FROM subscription.subscriptions WHERE account_id = $1 ORDER BY id DESC LIMIT $2`,
    [accountId, limit],
  );
  return rows.map(({ id }) => id);
}
