import type { Transaction } from '@plinth/common';
import type { ChargedLine } from '../billing/bill-period.ts';
import type { LineKind } from '../billing/line.ts';
import type { Invoice, InvoiceLine, InvoiceStatus } from './invoice.ts';

interface InvoiceRow {
  readonly id: string;
  readonly number: string | null;
  readonly account_id: string;
  readonly subscription_id: string;
  readonly billing_index: number;
  readonly billed_at: Date;
  readonly currency: string;
  readonly time_zone: string;
  readonly status: InvoiceStatus;
  readonly total_minor: string;
  readonly line_count: number;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly finalized_at: Date | null;
  readonly paid_at: Date | null;
  readonly voided_at: Date | null;
}

interface LineRow {
  readonly position: number;
  readonly kind: LineKind;
  readonly subscription_id: string;
  readonly period_index: number;
  readonly phase_id: string;
  readonly price_id: string;
  readonly price_key: string;
  readonly plan_id: string;
  readonly plan_version: number;
  readonly meter: string | null;
  readonly description: string;
  readonly quantity_raw: string;
  readonly quantity_billed: string;
  readonly detail: Record<string, unknown>;
  readonly amount_precise: string;
  readonly amount_minor: string;
  readonly period_start: Date;
  readonly period_end: Date;
}

const columns = `id, number, account_id, subscription_id, billing_index, billed_at, currency, time_zone, status, total_minor, line_count,
  version, created_at, updated_at, finalized_at, paid_at, voided_at`;
const lineColumns = `position, kind, subscription_id, period_index, phase_id, price_id, price_key, plan_id, plan_version, meter, description,
  quantity_raw, quantity_billed, detail, amount_precise, amount_minor, period_start, period_end`;

/** Takes the next `count` numbers; the tenant's row stays locked until the commit. Gives the last of them. */
export async function allotNumbers(transaction: Transaction, count: number): Promise<bigint> {
  const row = await transaction.findRow<{ last_number: string }>(
    `INSERT INTO subscription.invoice_numbers AS numbers (tenant_id, last_number) VALUES ($1, $2)
     ON CONFLICT (tenant_id) DO UPDATE SET last_number = numbers.last_number + excluded.last_number RETURNING last_number`,
    [transaction.tenantId, count],
  );
  return BigInt(row!.last_number);
}

export async function insertInvoices(transaction: Transaction, invoices: readonly Invoice[]): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.invoices (tenant_id, ${columns})
     SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::uuid[], $6::int[], $7::timestamptz[], $8::text[], $9::text[], $10::text[],
       $11::numeric[], $12::int[], $13::int[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[], $18::timestamptz[])`,
    [
      transaction.tenantId,
      invoices.map((invoice) => invoice.id),
      invoices.map((invoice) => invoice.number),
      invoices.map((invoice) => invoice.accountId),
      invoices.map((invoice) => invoice.subscriptionId),
      invoices.map((invoice) => invoice.billingIndex),
      invoices.map((invoice) => invoice.billedAt.toISOString()),
      invoices.map((invoice) => invoice.currency),
      invoices.map((invoice) => invoice.timeZone),
      invoices.map((invoice) => invoice.status),
      invoices.map((invoice) => invoice.totalMinor.toString()),
      invoices.map((invoice) => invoice.lineCount),
      invoices.map((invoice) => invoice.version),
      invoices.map((invoice) => invoice.createdAt.toISOString()),
      invoices.map((invoice) => invoice.updatedAt.toISOString()),
      invoices.map((invoice) => invoice.finalizedAt?.toISOString() ?? null),
      invoices.map((invoice) => invoice.paidAt?.toISOString() ?? null),
      invoices.map((invoice) => invoice.voidedAt?.toISOString() ?? null),
    ],
  );
}

export async function insertLines(
  transaction: Transaction,
  lines: readonly (InvoiceLine & { readonly invoiceId: string })[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.invoice_lines (tenant_id, invoice_id, ${lineColumns})
     SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::int[], $7::uuid[], $8::uuid[], $9::text[], $10::uuid[], $11::int[],
       $12::text[], $13::text[], $14::numeric[], $15::numeric[], string_to_array($16, E'\\n')::jsonb[], $17::numeric[], $18::numeric[], $19::timestamptz[], $20::timestamptz[])`,
    [
      transaction.tenantId,
      lines.map((line) => line.invoiceId),
      lines.map((line) => line.position),
      lines.map((line) => line.kind),
      lines.map((line) => line.subscriptionId),
      lines.map((line) => line.periodIndex),
      lines.map((line) => line.phaseId),
      lines.map((line) => line.priceId),
      lines.map((line) => line.priceKey),
      lines.map((line) => line.planId),
      lines.map((line) => line.planVersion),
      lines.map((line) => line.meter),
      lines.map((line) => line.description),
      lines.map((line) => line.quantityRaw),
      lines.map((line) => line.quantityBilled),
      // JSON has no raw line breaks, so this needs none of the escaping of an array of texts.
      lines.map((line) => JSON.stringify(line.detail)).join('\n'),
      lines.map((line) => line.amountPrecise),
      lines.map((line) => line.amountMinor.toString()),
      lines.map((line) => line.start.toISOString()),
      lines.map((line) => line.end.toISOString()),
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
     ORDER BY ${column} DESC, id DESC LIMIT $1`,
    [
      limit,
      after?.[0] ?? null,
      after?.[1] ?? null,
      filter.accountId ?? null,
      filter.status ?? null,
      filter.currency ?? null,
      filter.subscriptionId ?? null,
    ],
  );
  return rows.map(fromRow);
}

export async function listLines(
  transaction: Transaction,
  invoiceId: string,
  limit: number,
  after: number,
): Promise<InvoiceLine[]> {
  const rows = await transaction.rows<LineRow>(
    `SELECT ${lineColumns} FROM subscription.invoice_lines WHERE invoice_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
    [invoiceId, after, limit],
  );
  return rows.map(lineFromRow);
}

/** Writes a new status, with number and times. */
export async function updateStatus(transaction: Transaction, invoice: Invoice): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.invoices SET status = $2, number = $3, version = $4, updated_at = $5, finalized_at = $6, paid_at = $7, voided_at = $8 WHERE id = $1`,
    [
      invoice.id,
      invoice.status,
      invoice.number,
      invoice.version,
      invoice.updatedAt,
      invoice.finalizedAt,
      invoice.paidAt,
      invoice.voidedAt,
    ],
  );
}

/** What the given billings charged in advance: recurring lines for the period that the billing opened. */
export async function listChargedInAdvance(
  transaction: Transaction,
  billings: readonly { readonly subscriptionId: string; readonly billingIndex: number }[],
): Promise<Map<string, ChargedLine[]>> {
  const rows = await transaction.rows<LineRow & { waived: boolean }>(
    `SELECT l.*, i.status = 'void' AS waived
     FROM unnest($1::uuid[], $2::int[]) AS billing (subscription_id, billing_index)
     JOIN subscription.invoices i USING (subscription_id, billing_index)
     JOIN subscription.invoice_lines l ON l.invoice_id = i.id
     WHERE l.kind = 'recurring' AND l.period_index = i.billing_index ORDER BY l.position`,
    [billings.map((billing) => billing.subscriptionId), billings.map((billing) => billing.billingIndex)],
  );
  const lines = new Map<string, ChargedLine[]>();
  for (const row of rows) {
    const line = lineFromRow(row);
    lines.set(line.subscriptionId, [...(lines.get(line.subscriptionId) ?? []), { ...line, waived: row.waived }]);
  }
  return lines;
}

function fromRow(row: InvoiceRow): Invoice {
  return {
    id: row.id,
    number: row.number,
    accountId: row.account_id,
    subscriptionId: row.subscription_id,
    billingIndex: row.billing_index,
    billedAt: row.billed_at,
    currency: row.currency,
    timeZone: row.time_zone,
    status: row.status,
    totalMinor: BigInt(row.total_minor),
    lineCount: row.line_count,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    finalizedAt: row.finalized_at,
    paidAt: row.paid_at,
    voidedAt: row.voided_at,
  };
}

function lineFromRow(row: LineRow): InvoiceLine {
  return {
    position: row.position,
    kind: row.kind,
    subscriptionId: row.subscription_id,
    periodIndex: row.period_index,
    phaseId: row.phase_id,
    priceId: row.price_id,
    priceKey: row.price_key,
    planId: row.plan_id,
    planVersion: row.plan_version,
    meter: row.meter,
    description: row.description,
    quantityRaw: row.quantity_raw,
    quantityBilled: row.quantity_billed,
    detail: row.detail,
    amountPrecise: row.amount_precise,
    amountMinor: BigInt(row.amount_minor),
    start: row.period_start,
    end: row.period_end,
  };
}
