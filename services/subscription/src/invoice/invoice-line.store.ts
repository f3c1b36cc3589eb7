import { plainArray, textArray, timestampArray, type Transaction } from '@plinth/common';
import type { ChargedLine } from '../billing/bill-period.ts';
import type { LineKind } from '../billing/line.ts';
import type { LineDiscount } from '../coupon/discount.ts';
import type { InvoiceLine } from './invoice.ts';
import { toJsonLines } from './json-lines.ts';

interface LineRow {
  readonly position: number;
  readonly kind: LineKind;
  readonly account_id: string;
  readonly subscription_id: string | null;
  readonly period_index: number | null;
  readonly phase_id: string | null;
  readonly price_id: string | null;
  readonly price_key: string | null;
  readonly plan_id: string | null;
  readonly plan_version: number | null;
  readonly sequence: number;
  readonly tax_inclusive: boolean;
  readonly meter: string | null;
  readonly description: string;
  readonly quantity_raw: string;
  readonly quantity_billed: string;
  readonly detail: Record<string, unknown>;
  readonly amount_precise: string;
  readonly amount_minor: string;
  readonly discount_minor: string;
  readonly discounts: readonly LineDiscount[];
  readonly tax_category: string;
  readonly tax_percent: string | null;
  readonly tax_minor: string;
  readonly period_start: Date;
  readonly period_end: Date;
}

/** A line charged in advance, as it stands on its invoice. */
export type ChargedInvoiceLine = ChargedLine & InvoiceLine;

const lineColumns = `position, kind, account_id, subscription_id, period_index, phase_id, price_id, price_key, plan_id, plan_version, sequence, tax_inclusive, meter,
  description, quantity_raw, quantity_billed, detail, amount_precise, amount_minor, discount_minor, discounts, tax_category, tax_percent, tax_minor,
  period_start, period_end`;

export async function insertLines(
  transaction: Transaction,
  lines: readonly (InvoiceLine & { readonly invoiceId: string })[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.invoice_lines (tenant_id, invoice_id, ${lineColumns})
     SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::uuid[], $7::int[], $8::uuid[], $9::uuid[], $10::text[], $11::uuid[],
       $12::int[], $13::int[], $14::boolean[], $15::text[], $16::text[], $17::numeric[], $18::numeric[], string_to_array($19, E'\\n')::jsonb[],
       $20::numeric[], $21::numeric[], $22::numeric[], string_to_array($23, E'\\n')::jsonb[], $24::text[], $25::numeric[], $26::numeric[],
       $27::timestamptz[], $28::timestamptz[])`,
    [
      transaction.tenantId,
      plainArray(lines.map((line) => line.invoiceId)),
      plainArray(lines.map((line) => line.position)),
      textArray(lines.map((line) => line.kind)),
      plainArray(lines.map((line) => line.accountId)),
      plainArray(lines.map((line) => line.subscriptionId)),
      plainArray(lines.map((line) => line.periodIndex)),
      plainArray(lines.map((line) => line.phaseId)),
      plainArray(lines.map((line) => line.priceId)),
      textArray(lines.map((line) => line.priceKey)),
      plainArray(lines.map((line) => line.planId)),
      plainArray(lines.map((line) => line.planVersion)),
      plainArray(lines.map((line) => line.sequence)),
      plainArray(lines.map((line) => line.taxInclusive)),
      textArray(lines.map((line) => line.meter)),
      textArray(lines.map((line) => line.description)),
      plainArray(lines.map((line) => line.quantityRaw)),
      plainArray(lines.map((line) => line.quantityBilled)),
      toJsonLines(lines.map((line) => line.detail)),
      plainArray(lines.map((line) => line.amountPrecise)),
      plainArray(lines.map((line) => line.amountMinor)),
      plainArray(lines.map((line) => line.discountMinor)),
      toJsonLines(lines.map((line) => line.discounts)),
      textArray(lines.map((line) => line.taxCategory)),
      plainArray(lines.map((line) => line.taxPercent)),
      plainArray(lines.map((line) => line.taxMinor)),
      timestampArray(lines.map((line) => line.start.getTime())),
      timestampArray(lines.map((line) => line.end.getTime())),
    ],
  );
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

/** The lines of several invoices, by invoice, in their order. */
export async function listLinesOf(
  transaction: Transaction,
  invoiceIds: readonly string[],
): Promise<Map<string, InvoiceLine[]>> {
  const rows = await transaction.rows<LineRow & { invoice_id: string }>(
    `SELECT invoice_id, ${lineColumns} FROM subscription.invoice_lines WHERE invoice_id = ANY($1) ORDER BY invoice_id, position`,
    [invoiceIds],
  );
  const lines = new Map<string, InvoiceLine[]>();
  for (const row of rows) {
    const own = lines.get(row.invoice_id);
    if (own === undefined) lines.set(row.invoice_id, [lineFromRow(row)]);
    else own.push(lineFromRow(row));
  }
  return lines;
}

/** The last position taken on each invoice. */
export async function listLastPositions(
  transaction: Transaction,
  invoiceIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await transaction.rows<{ invoice_id: string; last: number }>(
    `SELECT invoice_id, max(position) AS last FROM subscription.invoice_lines WHERE invoice_id = ANY($1) GROUP BY invoice_id`,
    [invoiceIds],
  );
  return new Map(rows.map((row) => [row.invoice_id, row.last]));
}

/** Writes discounts and taxes of drafts' lines. */
export async function updateCalculatedLines(
  transaction: Transaction,
  lines: readonly (InvoiceLine & { readonly invoiceId: string })[],
): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.invoice_lines line SET discount_minor = new.discount_minor, discounts = new.discounts, tax_percent = new.tax_percent,
       tax_minor = new.tax_minor
     FROM unnest($1::uuid[], $2::int[], $3::numeric[], string_to_array($4, E'\\n')::jsonb[], $5::numeric[], $6::numeric[])
       AS new (invoice_id, position, discount_minor, discounts, tax_percent, tax_minor)
     WHERE line.invoice_id = new.invoice_id AND line.position = new.position`,
    [
      lines.map((line) => line.invoiceId),
      lines.map((line) => line.position),
      lines.map((line) => line.discountMinor.toString()),
      toJsonLines(lines.map((line) => line.discounts)),
      lines.map((line) => line.taxPercent),
      lines.map((line) => line.taxMinor.toString()),
    ],
  );
}

/** Writes what an edit changes of a draft's line. */
export async function updateEditedLine(transaction: Transaction, invoiceId: string, line: InvoiceLine): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.invoice_lines SET description = $3, quantity_raw = $4, quantity_billed = $5, detail = $6, amount_precise = $7,
       amount_minor = $8, tax_category = $9 WHERE invoice_id = $1 AND position = $2`,
    [
      invoiceId,
      line.position,
      line.description,
      line.quantityRaw,
      line.quantityBilled,
      JSON.stringify(line.detail),
      line.amountPrecise,
      line.amountMinor.toString(),
      line.taxCategory,
    ],
  );
}

export async function deleteLine(transaction: Transaction, invoiceId: string, position: number): Promise<void> {
  await transaction.execute(`DELETE FROM subscription.invoice_lines WHERE invoice_id = $1 AND position = $2`, [
    invoiceId,
    position,
  ]);
}

/** What was charged in advance for the given periods: their recurring lines so far. */
export async function listChargedInAdvance(
  transaction: Transaction,
  periods: readonly { readonly subscriptionId: string; readonly periodIndex: number }[],
): Promise<Map<string, ChargedInvoiceLine[]>> {
  const rows = await transaction.rows<LineRow & { subscription_id: string; waived: boolean }>(
    `SELECT l.*, (i.status = 'void' OR l.detail ? 'removed') AS waived
     FROM unnest($1::uuid[], $2::int[]) AS period (subscription_id, period_index)
     JOIN subscription.invoice_lines l USING (subscription_id, period_index)
     JOIN subscription.invoices i ON i.id = l.invoice_id
     WHERE l.kind = 'recurring' ORDER BY l.position`,
    [periods.map((period) => period.subscriptionId), periods.map((period) => period.periodIndex)],
  );
  const lines = new Map<string, ChargedInvoiceLine[]>();
  for (const row of rows) {
    const charged = lines.get(row.subscription_id) ?? [];
    lines.set(row.subscription_id, [...charged, { ...lineFromRow(row), waived: row.waived }]);
  }
  return lines;
}

/** Lines that follow from quantities of the given periods so far, with what made up for commitments, by `subscription/period`. */
export async function listMeasuredLines(
  transaction: Transaction,
  periods: readonly { readonly subscriptionId: string; readonly periodIndex: number }[],
): Promise<Map<string, InvoiceLine[]>> {
  // Planned anew each time, and one period after the other by the index: a plan that was made while the table was
  // small reads all of it, and a run fills it.
  const rows = await transaction.rowsOnce<LineRow>(
    `SELECT line.* FROM unnest($1::uuid[], $2::int[]) AS period (subscription_id, period_index)
     CROSS JOIN LATERAL (
       SELECT * FROM subscription.invoice_lines l
       WHERE l.subscription_id = period.subscription_id AND l.period_index = period.period_index
         AND l.kind IN ('usage', 'minimum', 'maximum') OFFSET 0
     ) line ORDER BY line.sequence`,
    [periods.map((period) => period.subscriptionId), periods.map((period) => period.periodIndex)],
  );
  return Map.groupBy(rows.map(lineFromRow), (line) => `${line.subscriptionId}/${line.periodIndex}`);
}

function lineFromRow(row: LineRow): InvoiceLine {
  return {
    position: row.position,
    kind: row.kind,
    accountId: row.account_id,
    subscriptionId: row.subscription_id,
    periodIndex: row.period_index,
    phaseId: row.phase_id,
    priceId: row.price_id,
    priceKey: row.price_key,
    planId: row.plan_id,
    planVersion: row.plan_version,
    sequence: row.sequence,
    taxInclusive: row.tax_inclusive,
    meter: row.meter,
    description: row.description,
    quantityRaw: row.quantity_raw,
    quantityBilled: row.quantity_billed,
    detail: row.detail,
    amountPrecise: row.amount_precise,
    amountMinor: BigInt(row.amount_minor),
    discountMinor: BigInt(row.discount_minor),
    discounts: row.discounts,
    taxCategory: row.tax_category,
    taxPercent: row.tax_percent,
    taxMinor: BigInt(row.tax_minor),
    start: row.period_start,
    end: row.period_end,
  };
}
