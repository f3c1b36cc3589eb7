import type { Transaction } from '@plinth/common';
import type { CreditEntry, CreditEntryKind } from './credit.ts';

interface EntryRow extends Omit<CreditEntry, 'amountMinor'> {
  readonly amountMinor: string;
}

export interface EntryFilter {
  readonly accountId?: string | undefined;
  readonly currency?: string | undefined;
  readonly grantId?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly kind?: CreditEntryKind | undefined;
}

/** What of a grant pays an invoice. */
export interface GrantUse {
  readonly grantId: string;
  readonly walletId: string;
  readonly invoiceId: string;
  readonly amountMinor: bigint;
}

export async function insertEntries(
  transaction: Transaction,
  entries: readonly Omit<CreditEntry, 'accountId' | 'currency'>[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.credit_entries (tenant_id, id, wallet_id, grant_id, kind, amount_minor, invoice_id, reason, created_at)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::uuid[], $8::text[], $9::timestamptz[])`,
    [
      transaction.tenantId,
      entries.map(({ id }) => id),
      entries.map(({ walletId }) => walletId),
      entries.map(({ grantId }) => grantId),
      entries.map(({ kind }) => kind),
      entries.map(({ amountMinor }) => amountMinor.toString()),
      entries.map(({ invoiceId }) => invoiceId),
      entries.map(({ reason }) => reason),
      entries.map(({ createdAt }) => createdAt.toISOString()),
    ],
  );
}

export async function listEntries(
  transaction: Transaction,
  filter: EntryFilter,
  before: string | undefined,
  limit: number,
): Promise<CreditEntry[]> {
  const rows = await transaction.rows<EntryRow>(
    `SELECT e.id, e.wallet_id AS "walletId", e.grant_id AS "grantId", w.account_id AS "accountId", w.currency, e.kind,
       e.amount_minor AS "amountMinor", e.invoice_id AS "invoiceId", e.reason, e.created_at AS "createdAt"
     FROM subscription.credit_entries e JOIN subscription.credit_wallets w ON w.id = e.wallet_id
     WHERE ($1::uuid IS NULL OR e.id < $1) AND ($2::uuid IS NULL OR w.account_id = $2) AND ($3::text IS NULL OR w.currency = $3)
       AND ($4::uuid IS NULL OR e.grant_id = $4) AND ($5::uuid IS NULL OR e.invoice_id = $5) AND ($6::text IS NULL OR e.kind = $6)
     ORDER BY e.id DESC LIMIT $7`,
    [
      before ?? null,
      filter.accountId ?? null,
      filter.currency ?? null,
      filter.grantId ?? null,
      filter.invoiceId ?? null,
      filter.kind ?? null,
      limit,
    ],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

/** What pays an invoice still: uses less what was returned, what was used last first. */
export async function listUsesOfInvoice(transaction: Transaction, invoiceId: string): Promise<GrantUse[]> {
  return listUses(transaction, 'invoice_id = $1', [invoiceId]);
}

/** What grants pay still, what was used last first. */
export async function listUsesOfGrants(transaction: Transaction, grantIds: readonly string[]): Promise<GrantUse[]> {
  return listUses(transaction, 'grant_id = ANY ($1::uuid[])', [grantIds]);
}

async function listUses(transaction: Transaction, condition: string, parameters: unknown[]): Promise<GrantUse[]> {
  const rows = await transaction.rows<{ grantId: string; walletId: string; invoiceId: string; amount: string }>(
    `SELECT grant_id AS "grantId", wallet_id AS "walletId", invoice_id AS "invoiceId", (-sum(amount_minor))::text AS amount
     FROM subscription.credit_entries WHERE kind IN ('use', 'return') AND ${condition}
     GROUP BY grant_id, wallet_id, invoice_id HAVING sum(amount_minor) < 0 ORDER BY max(id::text) DESC`,
    parameters,
  );
  return rows.map(({ amount, ...use }) => ({ ...use, amountMinor: BigInt(amount) }));
}
