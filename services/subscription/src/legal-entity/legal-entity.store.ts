import type { Transaction } from '@plinth/common';
import type { LegalEntity } from './legal-entity.ts';

type Details = Pick<
  LegalEntity,
  'address' | 'taxId' | 'registration' | 'email' | 'phone' | 'bank' | 'footer' | 'taxUnion'
>;

interface LegalEntityRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly details: Details;
  readonly invoice_prefix: string;
  readonly credit_note_prefix: string;
  readonly tax_rounding: LegalEntity['taxRounding'];
  readonly tax_provider: LegalEntity['taxProvider'];
  readonly payment_term_days: number;
  readonly review_hours: number;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = `id, key, name, details, invoice_prefix, credit_note_prefix, tax_rounding, tax_provider, payment_term_days, review_hours,
  version, created_at, updated_at`;

/** One writer at a time in a tenant: the default one has no row to lock before it is first set. */
export async function lockLegalEntities(transaction: Transaction): Promise<void> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(hashtextextended('legal_entities/' || $1, 0))`, [
    transaction.tenantId,
  ]);
}

export async function listLegalEntities(transaction: Transaction): Promise<LegalEntity[]> {
  const rows = await transaction.rows<LegalEntityRow>(
    `SELECT ${columns} FROM subscription.legal_entities ORDER BY key`,
  );
  return rows.map(fromRow);
}

export async function findLegalEntityForUpdate(transaction: Transaction, id: string): Promise<LegalEntity | undefined> {
  const row = await transaction.findRow<LegalEntityRow>(
    `SELECT ${columns} FROM subscription.legal_entities WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row && fromRow(row);
}

/** Writes a legal entity, new or changed, and keeps the version for the invoices that it issues. */
export async function saveLegalEntity(transaction: Transaction, entity: LegalEntity): Promise<void> {
  const { id, key, name, address, taxId, registration, email, phone, bank, footer, taxUnion } = entity;
  const details: Details = { address, taxId, registration, email, phone, bank, footer, taxUnion };
  await transaction.execute(
    `INSERT INTO subscription.legal_entities (tenant_id, ${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, details = excluded.details, invoice_prefix = excluded.invoice_prefix,
       credit_note_prefix = excluded.credit_note_prefix, tax_rounding = excluded.tax_rounding, tax_provider = excluded.tax_provider,
       payment_term_days = excluded.payment_term_days, review_hours = excluded.review_hours, version = excluded.version,
       updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      id,
      key,
      name,
      JSON.stringify(details),
      entity.invoicePrefix,
      entity.creditNotePrefix,
      entity.taxRounding,
      entity.taxProvider,
      entity.paymentTermDays,
      entity.reviewHours,
      entity.version,
      entity.createdAt,
      entity.updatedAt,
    ],
  );
  await transaction.execute(
    `INSERT INTO subscription.legal_entity_versions (legal_entity_id, version, tenant_id, content, created_at) VALUES ($1, $2, $3, $4, $5)`,
    [id, entity.version, transaction.tenantId, JSON.stringify(entity), entity.updatedAt],
  );
}

export async function findLegalEntityVersion(
  transaction: Transaction,
  id: string,
  version: number,
): Promise<LegalEntity | undefined> {
  const row = await transaction.findRow<{ content: LegalEntity & { createdAt: string; updatedAt: string } }>(
    `SELECT content FROM subscription.legal_entity_versions WHERE legal_entity_id = $1 AND version = $2`,
    [id, version],
  );
  if (row === undefined) return undefined;
  return { ...row.content, createdAt: new Date(row.content.createdAt), updatedAt: new Date(row.content.updatedAt) };
}

/** Removes a legal entity that never issued anything, with its tax rates. Tells whether it did. */
export async function deleteUnusedLegalEntity(transaction: Transaction, id: string): Promise<boolean> {
  const used = await transaction.findRow(
    `SELECT 1 FROM subscription.invoices WHERE legal_entity_id = $1
     UNION ALL SELECT 1 FROM subscription.invoice_numbers WHERE legal_entity_id = $1 LIMIT 1`,
    [id],
  );
  if (used !== undefined) return false;
  await transaction.execute(`DELETE FROM subscription.tax_rates WHERE legal_entity_id = $1`, [id]);
  await transaction.execute(`DELETE FROM subscription.legal_entity_versions WHERE legal_entity_id = $1`, [id]);
  await transaction.execute(`DELETE FROM subscription.legal_entities WHERE id = $1`, [id]);
  return true;
}

function fromRow(row: LegalEntityRow): LegalEntity {
  return {
    ...row.details,
    id: row.id,
    key: row.key,
    name: row.name,
    invoicePrefix: row.invoice_prefix,
    creditNotePrefix: row.credit_note_prefix,
    taxRounding: row.tax_rounding,
    taxProvider: row.tax_provider,
    paymentTermDays: row.payment_term_days,
    reviewHours: row.review_hours,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
