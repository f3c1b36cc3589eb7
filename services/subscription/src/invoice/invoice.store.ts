import { plainArray, textArray, timestampArray, type Transaction } from '@plinth/common';
import type { LocalDate } from '@plinth/common/calendar';
import type {
  Invoice,
  InvoiceCalculation,
  InvoiceCustomer,
  InvoiceReason,
  InvoiceStatus,
  TaxTotal,
} from './invoice.ts';
import { toJsonLines } from './json-lines.ts';

interface InvoiceRow {
  readonly id: string;
  readonly number: string | null;
  readonly number_prefix: string;
  readonly legal_entity_id: string;
  readonly legal_entity_version: number;
  readonly account_id: string;
  readonly subscription_id: string | null;
  readonly reason: InvoiceReason;
  readonly billed_at: Date;
  readonly currency: string;
  readonly time_zone: string;
  readonly status: InvoiceStatus;
  readonly customer: InvoiceCustomer;
  readonly subtotal_minor: string;
  readonly discount_minor: string;
  readonly tax_minor: string;
  readonly taxes: readonly TaxTotal[];
  readonly total_minor: string;
  readonly due_on: string | null;
  readonly review_until: Date | null;
  readonly calculation: InvoiceCalculation;
  readonly credits_minor: string;
  readonly paid_minor: string;
  readonly credited_minor: string;
  readonly written_off_minor: string;
  readonly line_count: number;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly finalized_at: Date | null;
  readonly paid_at: Date | null;
  readonly voided_at: Date | null;
}

const written = `id, number, number_prefix, legal_entity_id, legal_entity_version, account_id, subscription_id, reason, billed_at, currency, time_zone, status, customer,
  subtotal_minor, discount_minor, tax_minor, taxes, total_minor, due_on, review_until, calculation, line_count, version, created_at, updated_at, finalized_at, paid_at, voided_at`;
const columns = `${written.replace('due_on', 'due_on::text AS due_on')}, credits_minor, paid_minor, credited_minor, written_off_minor`;
export async function insertInvoices(
  transaction: Transaction,
  invoices: readonly (Invoice & { readonly groupKey: string | null })[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.invoices (tenant_id, ${written}, group_key)
     SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::uuid[], $6::int[], $7::uuid[], $8::uuid[], $9::text[], $10::timestamptz[],
       $11::text[], $12::text[], $13::text[], string_to_array($14, E'\\n')::jsonb[], $15::numeric[], $16::numeric[], $17::numeric[],
       string_to_array($18, E'\\n')::jsonb[], $19::numeric[], $20::date[], $21::timestamptz[], $22::text[], $23::int[], $24::int[],
       $25::timestamptz[], $26::timestamptz[], $27::timestamptz[], $28::timestamptz[], $29::timestamptz[], $30::text[])`,
    [
      transaction.tenantId,
      plainArray(invoices.map((invoice) => invoice.id)),
      plainArray(invoices.map((invoice) => invoice.number)),
      textArray(invoices.map((invoice) => invoice.numberPrefix)),
      plainArray(invoices.map((invoice) => invoice.legalEntityId)),
      plainArray(invoices.map((invoice) => invoice.legalEntityVersion)),
      plainArray(invoices.map((invoice) => invoice.accountId)),
      plainArray(invoices.map((invoice) => invoice.subscriptionId)),
      textArray(invoices.map((invoice) => invoice.reason)),
      timestampArray(invoices.map((invoice) => invoice.billedAt.getTime())),
      textArray(invoices.map((invoice) => invoice.currency)),
      textArray(invoices.map((invoice) => invoice.timeZone)),
      textArray(invoices.map((invoice) => invoice.status)),
      toJsonLines(invoices.map((invoice) => invoice.customer)),
      plainArray(invoices.map((invoice) => invoice.subtotalMinor)),
      plainArray(invoices.map((invoice) => invoice.discountMinor)),
      plainArray(invoices.map((invoice) => invoice.taxMinor)),
      toJsonLines(invoices.map((invoice) => invoice.taxes)),
      plainArray(invoices.map((invoice) => invoice.totalMinor)),
      plainArray(invoices.map((invoice) => invoice.dueOn)),
      timestampArray(invoices.map((invoice) => invoice.reviewUntil?.getTime() ?? null)),
      textArray(invoices.map((invoice) => invoice.calculation)),
      plainArray(invoices.map((invoice) => invoice.lineCount)),
      plainArray(invoices.map((invoice) => invoice.version)),
      timestampArray(invoices.map((invoice) => invoice.createdAt.getTime())),
      timestampArray(invoices.map((invoice) => invoice.updatedAt.getTime())),
      timestampArray(invoices.map((invoice) => invoice.finalizedAt?.getTime() ?? null)),
      timestampArray(invoices.map((invoice) => invoice.paidAt?.getTime() ?? null)),
      timestampArray(invoices.map((invoice) => invoice.voidedAt?.getTime() ?? null)),
      textArray(invoices.map((invoice) => invoice.groupKey)),
    ],
  );
}

export async function findInvoice(transaction: Transaction, id: string): Promise<Invoice | undefined> {
  const row = await transaction.findRow<InvoiceRow>(`SELECT ${columns} FROM subscription.invoices WHERE id = $1`, [id]);
  return row && fromRow(row);
}

/** Locks the invoice's row until the transaction ends. */
export async function findInvoiceForUpdate(transaction: Transaction, id: string): Promise<Invoice | undefined> {
  const row = await transaction.findRow<InvoiceRow>(
    `SELECT ${columns} FROM subscription.invoices WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row && fromRow(row);
}

export interface InvoiceFilter {
  readonly accountId?: string | undefined;
  readonly subscriptionId?: string | undefined;
  readonly status?: InvoiceStatus | undefined;
  readonly currency?: string | undefined;
  readonly legalEntityId?: string | undefined;
  /** Final ones with something left to pay. */
  readonly due?: boolean | undefined;
  /** Those of them whose date lies before this one. */
  readonly overdueOn?: LocalDate | undefined;
}

export interface ListPosition {
  readonly limit: number;
  /** Sort value and id of the last invoice of the page before. */
  readonly after: readonly [value: string, id: string] | undefined;
}

/** Each order has its own index. */
const orders = {
  '-billedAt': { column: 'billed_at', type: 'timestamptz' },
  '-total': { column: 'total_minor', type: 'numeric' },
} as const;

export type InvoiceOrder = keyof typeof orders;

export async function listInvoices(
  transaction: Transaction,
  filter: InvoiceFilter,
  order: InvoiceOrder,
  { limit, after }: ListPosition,
): Promise<Invoice[]> {
  const { column, type } = orders[order];
  const rows = await transaction.rows<InvoiceRow>(
    `SELECT ${columns} FROM subscription.invoices
     WHERE ($2::${type} IS NULL OR (${column}, id) < ($2, $3::uuid)) AND ($4::uuid IS NULL OR account_id = $4)
       AND ($5::text IS NULL OR status = $5) AND ($6::text IS NULL OR currency = $6) AND ($7::uuid IS NULL OR subscription_id = $7)
       AND ($8::uuid IS NULL OR legal_entity_id = $8)
       AND ($9::boolean IS NULL OR $9 = (status IN ('finalized', 'past_due') AND due_minor > 0))
       AND ($10::date IS NULL OR (status IN ('finalized', 'past_due') AND due_minor > 0 AND due_on < $10))
     ORDER BY ${column} DESC, id DESC LIMIT $1`,
    [
      limit,
      after?.[0] ?? null,
      after?.[1] ?? null,
      filter.accountId ?? null,
      filter.status ?? null,
      filter.currency ?? null,
      filter.subscriptionId ?? null,
      filter.legalEntityId ?? null,
      filter.due ?? null,
      filter.overdueOn ?? null,
    ],
  );
  return rows.map(fromRow);
}

/** Locks the invoices' rows in one order, so that two writers wait for each other instead of deadlocking. */
export async function listInvoicesForUpdate(transaction: Transaction, ids: readonly string[]): Promise<Invoice[]> {
  const rows = await transaction.rows<InvoiceRow>(
    `SELECT ${columns} FROM subscription.invoices WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    [ids],
  );
  return rows.map(fromRow);
}

/** Ids of drafts whose review is over at `now`, the longest waiting first. */
export async function listReviewedDraftIds(
  transaction: Transaction,
  now: Date,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT id FROM subscription.invoices WHERE status = 'draft' AND review_until <= $1 AND id > $2 ORDER BY id LIMIT $3`,
    [now, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Ids of drafts that are not worked out yet: as far as `calculation` says. */
export async function listUncalculatedIds(
  transaction: Transaction,
  calculation: 'pending' | 'untaxed',
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT id FROM subscription.invoices WHERE status = 'draft' AND calculation <> 'done' AND calculation = $1 AND id > $2 ORDER BY id LIMIT $3`,
    [calculation, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Open invoices whose date has passed in their own zone; locked, without those that somebody else works on. */
export async function listLateForUpdate(transaction: Transaction, now: Date, limit: number): Promise<Invoice[]> {
  const rows = await transaction.rows<InvoiceRow>(
    `SELECT ${columns} FROM subscription.invoices
     WHERE status = 'finalized' AND due_minor > 0 AND due_on < ($1::timestamptz AT TIME ZONE time_zone)::date
     ORDER BY due_on, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [now, limit],
  );
  return rows.map(fromRow);
}

/** Sums of invoices by currency. */
export async function sumTotals(
  transaction: Transaction,
  ids: readonly string[],
): Promise<{ currency: string; totalMinor: bigint }[]> {
  const rows = await transaction.rows<{ currency: string; total: string }>(
    `SELECT currency, sum(total_minor)::text AS total FROM subscription.invoices WHERE id = ANY($1) GROUP BY currency`,
    [ids],
  );
  return rows.map(({ currency, total }) => ({ currency, totalMinor: BigInt(total) }));
}

/**
 * The drafts that collect billings, by key. The keys are locked until the commit, in one order, so that two runs do not
 * begin the same draft twice.
 */
export async function lockGroupDrafts(
  transaction: Transaction,
  keys: readonly string[],
): Promise<Map<string, Invoice>> {
  if (keys.length === 0) return new Map();
  await transaction.rows(
    `SELECT pg_advisory_xact_lock(hash) FROM (SELECT DISTINCT hashtextextended($1 || key, 0) AS hash FROM unnest($2::text[]) key ORDER BY 1) sorted`,
    [transaction.tenantId, keys],
  );
  const rows = await transaction.rows<InvoiceRow & { group_key: string }>(
    `SELECT ${columns}, group_key FROM subscription.invoices WHERE group_key = ANY($1) AND status = 'draft' ORDER BY id FOR UPDATE`,
    [keys],
  );
  return new Map(rows.map((row) => [row.group_key, fromRow(row)]));
}

/** Writes all that may change of invoices: what a draft is worked out to, status, number, times, what has settled it. */
export async function updateInvoices(transaction: Transaction, invoices: readonly Invoice[]): Promise<void> {
  if (invoices.length === 0) return;
  await transaction.execute(
    `UPDATE subscription.invoices invoice SET status = new.status, number = new.number, number_prefix = new.number_prefix,
       legal_entity_version = new.legal_entity_version, version = new.version, updated_at = new.updated_at, finalized_at = new.finalized_at,
       paid_at = new.paid_at, voided_at = new.voided_at, due_on = new.due_on, review_until = new.review_until, credits_minor = new.credits_minor,
       paid_minor = new.paid_minor, credited_minor = new.credited_minor, written_off_minor = new.written_off_minor,
       subtotal_minor = new.subtotal_minor, discount_minor = new.discount_minor, tax_minor = new.tax_minor, taxes = new.taxes,
       total_minor = new.total_minor, calculation = new.calculation, line_count = new.line_count, subscription_id = new.subscription_id
     FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::int[], $6::int[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[],
       $10::timestamptz[], $11::date[], $12::timestamptz[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[],
       $18::numeric[], $19::numeric[], string_to_array($20, E'\\n')::jsonb[], $21::numeric[], $22::text[], $23::int[], $24::uuid[])
       AS new (id, status, number, number_prefix, legal_entity_version, version, updated_at, finalized_at, paid_at, voided_at, due_on, review_until,
         credits_minor, paid_minor, credited_minor, written_off_minor, subtotal_minor, discount_minor, tax_minor, taxes, total_minor, calculation,
         line_count, subscription_id)
     WHERE invoice.id = new.id`,
    [
      invoices.map((invoice) => invoice.id),
      invoices.map((invoice) => invoice.status),
      invoices.map((invoice) => invoice.number),
      invoices.map((invoice) => invoice.numberPrefix),
      invoices.map((invoice) => invoice.legalEntityVersion),
      invoices.map((invoice) => invoice.version),
      invoices.map((invoice) => invoice.updatedAt.toISOString()),
      invoices.map((invoice) => invoice.finalizedAt?.toISOString() ?? null),
      invoices.map((invoice) => invoice.paidAt?.toISOString() ?? null),
      invoices.map((invoice) => invoice.voidedAt?.toISOString() ?? null),
      invoices.map((invoice) => invoice.dueOn),
      invoices.map((invoice) => invoice.reviewUntil?.toISOString() ?? null),
      invoices.map((invoice) => invoice.creditsMinor.toString()),
      invoices.map((invoice) => invoice.paidMinor.toString()),
      invoices.map((invoice) => invoice.creditedMinor.toString()),
      invoices.map((invoice) => invoice.writtenOffMinor.toString()),
      invoices.map((invoice) => invoice.subtotalMinor.toString()),
      invoices.map((invoice) => invoice.discountMinor.toString()),
      invoices.map((invoice) => invoice.taxMinor.toString()),
      toJsonLines(invoices.map((invoice) => invoice.taxes)),
      invoices.map((invoice) => invoice.totalMinor.toString()),
      invoices.map((invoice) => invoice.calculation),
      invoices.map((invoice) => invoice.lineCount),
      invoices.map((invoice) => invoice.subscriptionId),
    ],
  );
}

function fromRow(row: InvoiceRow): Invoice {
  return {
    id: row.id,
    number: row.number,
    numberPrefix: row.number_prefix,
    legalEntityId: row.legal_entity_id,
    legalEntityVersion: row.legal_entity_version,
    accountId: row.account_id,
    subscriptionId: row.subscription_id,
    reason: row.reason,
    billedAt: row.billed_at,
    currency: row.currency,
    timeZone: row.time_zone,
    status: row.status,
    customer: row.customer,
    subtotalMinor: BigInt(row.subtotal_minor),
    discountMinor: BigInt(row.discount_minor),
    taxMinor: BigInt(row.tax_minor),
    taxes: row.taxes,
    totalMinor: BigInt(row.total_minor),
    dueOn: row.due_on,
    reviewUntil: row.review_until,
    calculation: row.calculation,
    creditsMinor: BigInt(row.credits_minor),
    paidMinor: BigInt(row.paid_minor),
    creditedMinor: BigInt(row.credited_minor),
    writtenOffMinor: BigInt(row.written_off_minor),
    lineCount: row.line_count,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    finalizedAt: row.finalized_at,
    paidAt: row.paid_at,
    voidedAt: row.voided_at,
  };
}
