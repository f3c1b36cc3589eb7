import type { Transaction } from '@plinth/common';
import type { TaxRate } from './tax-rate.ts';

interface TaxRateRow {
  readonly id: string;
  readonly legal_entity_id: string;
  readonly category: string;
  readonly country: string;
  readonly region: string;
  readonly percent: string;
  readonly label: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = `id, legal_entity_id, category, country, region, trim_scale(percent) AS percent, label, valid_from::text AS valid_from,
  valid_to::text AS valid_to, version, created_at, updated_at`;

/** All rates of a tenant. */
export async function listAllTaxRates(transaction: Transaction): Promise<TaxRate[]> {
  return (await transaction.rows<TaxRateRow>(`SELECT ${columns} FROM subscription.tax_rates`)).map(fromRow);
}

export interface TaxRateFilter {
  readonly legalEntityId?: string | undefined;
  readonly country?: string | undefined;
  readonly category?: string | undefined;
}

export async function listTaxRates(
  transaction: Transaction,
  filter: TaxRateFilter,
  after: string | undefined,
  limit: number,
): Promise<TaxRate[]> {
  const rows = await transaction.rows<TaxRateRow>(
    `SELECT ${columns} FROM subscription.tax_rates
     WHERE ($1::uuid IS NULL OR id > $1) AND ($2::uuid IS NULL OR legal_entity_id = $2) AND ($3::text IS NULL OR country = $3)
       AND ($4::text IS NULL OR category = $4) ORDER BY id LIMIT $5`,
    [after ?? null, filter.legalEntityId ?? null, filter.country ?? null, filter.category ?? null, limit],
  );
  return rows.map(fromRow);
}

export async function findTaxRateForUpdate(transaction: Transaction, id: string): Promise<TaxRate | undefined> {
  const row = await transaction.findRow<TaxRateRow>(
    `SELECT ${columns} FROM subscription.tax_rates WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row && fromRow(row);
}

/** Writes a rate, new or changed. Tells whether no other one began on the same day for the same category and place. */
export async function saveTaxRate(transaction: Transaction, rate: TaxRate): Promise<boolean> {
  const clash = await transaction.findRow(
    `SELECT 1 FROM subscription.tax_rates WHERE legal_entity_id = $1 AND category = $2 AND country = $3 AND region = $4 AND valid_from = $5 AND id <> $6`,
    [rate.legalEntityId, rate.category, rate.country, rate.region ?? '', rate.validFrom, rate.id],
  );
  if (clash !== undefined) return false;
  const written = await transaction.execute(
    `INSERT INTO subscription.tax_rates (tenant_id, id, legal_entity_id, category, country, region, percent, label, valid_from, valid_to, version,
       created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (id) DO UPDATE SET category = excluded.category, country = excluded.country, region = excluded.region,
       percent = excluded.percent, label = excluded.label, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       version = excluded.version, updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      rate.id,
      rate.legalEntityId,
      rate.category,
      rate.country,
      rate.region ?? '',
      rate.percent,
      rate.label,
      rate.validFrom,
      rate.validTo,
      rate.version,
      rate.createdAt,
      rate.updatedAt,
    ],
  );
  return written > 0;
}

export async function deleteTaxRate(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM subscription.tax_rates WHERE id = $1`, [id]);
}

function fromRow(row: TaxRateRow): TaxRate {
  return {
    id: row.id,
    legalEntityId: row.legal_entity_id,
    category: row.category,
    country: row.country,
    region: row.region === '' ? null : row.region,
    percent: row.percent,
    label: row.label,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
