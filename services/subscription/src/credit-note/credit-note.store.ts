import type { Transaction } from '@plinth/common';
import type { CreditNote, CreditNoteLine, CreditedLine } from './credit-note.ts';

interface CreditNoteRow {
  readonly id: string;
  readonly legal_entity_id: string;
  readonly legal_entity_version: number;
  readonly number: string;
  readonly number_prefix: string;
  readonly invoice_id: string;
  readonly account_id: string;
  readonly currency: string;
  readonly reason: string;
  readonly net_minor: string;
  readonly tax_minor: string;
  readonly settled_minor: string;
  readonly refunded_minor: string;
  readonly issued_at: Date;
  readonly version: number;
}

interface LineRow {
  readonly credit_note_id: string;
  readonly position: number;
  readonly description: string;
  readonly tax_category: string;
  readonly tax_percent: string | null;
  readonly net_minor: string;
  readonly tax_minor: string;
}

const columns = `id, legal_entity_id, legal_entity_version, number, number_prefix, invoice_id, account_id, currency, reason, net_minor, tax_minor,
  settled_minor, refunded_minor, issued_at, version`;
const lineColumns = `position, description, tax_category, tax_percent, net_minor, tax_minor`;

export async function insertCreditNote(transaction: Transaction, note: CreditNote): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.credit_notes (tenant_id, ${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      transaction.tenantId,
      note.id,
      note.legalEntityId,
      note.legalEntityVersion,
      note.number,
      note.numberPrefix,
      note.invoiceId,
      note.accountId,
      note.currency,
      note.reason,
      note.netMinor.toString(),
      note.taxMinor.toString(),
      note.settledMinor.toString(),
      note.refundedMinor.toString(),
      note.issuedAt,
      note.version,
    ],
  );
  const { lines } = note;
  await transaction.execute(
    `INSERT INTO subscription.credit_note_lines (tenant_id, credit_note_id, invoice_id, ${lineColumns})
     SELECT $1, $2, $3, * FROM unnest($4::int[], $5::text[], $6::text[], $7::numeric[], $8::numeric[], $9::numeric[])`,
    [
      transaction.tenantId,
      note.id,
      note.invoiceId,
      lines.map((line) => line.position),
      lines.map((line) => line.description),
      lines.map((line) => line.taxCategory),
      lines.map((line) => line.taxPercent),
      lines.map((line) => line.netMinor.toString()),
      lines.map((line) => line.taxMinor.toString()),
    ],
  );
}

/** What credit notes took back of an invoice's lines so far, by position. */
export async function sumCredited(transaction: Transaction, invoiceId: string): Promise<Map<number, CreditedLine>> {
  const rows = await transaction.rows<{ position: number; net: string; tax: string }>(
    `SELECT position, sum(net_minor)::text AS net, sum(tax_minor)::text AS tax FROM subscription.credit_note_lines
     WHERE invoice_id = $1 GROUP BY position`,
    [invoiceId],
  );
  return new Map(rows.map(({ position, net, tax }) => [position, { netMinor: BigInt(net), taxMinor: BigInt(tax) }]));
}

export interface CreditNoteFilter {
  readonly invoiceId?: string | undefined;
  readonly accountId?: string | undefined;
}

export async function listCreditNotes(
  transaction: Transaction,
  { invoiceId, accountId }: CreditNoteFilter,
  after: string | undefined,
  limit: number,
): Promise<CreditNote[]> {
  const rows = await transaction.rows<CreditNoteRow>(
    `SELECT ${columns} FROM subscription.credit_notes
     WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR invoice_id = $2) AND ($3::uuid IS NULL OR account_id = $3)
     ORDER BY id DESC LIMIT $4`,
    [after ?? null, invoiceId ?? null, accountId ?? null, limit],
  );
  return withLines(transaction, rows);
}

export async function findCreditNote(transaction: Transaction, id: string): Promise<CreditNote | undefined> {
  const rows = await transaction.rows<CreditNoteRow>(`SELECT ${columns} FROM subscription.credit_notes WHERE id = $1`, [
    id,
  ]);
  return (await withLines(transaction, rows))[0];
}

/** Adds to what was given back, unless that is more than the rest. Tells whether it did. */
export async function addRefunded(transaction: Transaction, id: string, amountMinor: bigint): Promise<boolean> {
  const changed = await transaction.execute(
    `UPDATE subscription.credit_notes SET refunded_minor = refunded_minor + $2, version = version + 1
     WHERE id = $1 AND refunded_minor + $2 BETWEEN 0 AND net_minor + tax_minor - settled_minor`,
    [id, amountMinor.toString()],
  );
  return changed > 0;
}

async function withLines(transaction: Transaction, rows: readonly CreditNoteRow[]): Promise<CreditNote[]> {
  if (rows.length === 0) return [];
  const lines = await transaction.rows<LineRow>(
    `SELECT credit_note_id, ${lineColumns} FROM subscription.credit_note_lines WHERE credit_note_id = ANY($1) ORDER BY position`,
    [rows.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    id: row.id,
    legalEntityId: row.legal_entity_id,
    legalEntityVersion: row.legal_entity_version,
    number: row.number,
    numberPrefix: row.number_prefix,
    invoiceId: row.invoice_id,
    accountId: row.account_id,
    currency: row.currency,
    reason: row.reason,
    netMinor: BigInt(row.net_minor),
    taxMinor: BigInt(row.tax_minor),
    settledMinor: BigInt(row.settled_minor),
    refundedMinor: BigInt(row.refunded_minor),
    issuedAt: row.issued_at,
    version: row.version,
    lines: lines.filter((line) => line.credit_note_id === row.id).map(lineFromRow),
  }));
}

function lineFromRow(row: LineRow): CreditNoteLine {
  return {
    position: row.position,
    description: row.description,
    taxCategory: row.tax_category,
    taxPercent: row.tax_percent,
    netMinor: BigInt(row.net_minor),
    taxMinor: BigInt(row.tax_minor),
  };
}
