import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { BackfillSource } from './backfill.ts';

const columns = `s.id, s.tenant_id AS "tenantId", s.name, m.key AS meter, s.selector, s.account_label AS "accountLabel", s.digits,
  s.properties, s.next_day::text AS "nextDay", s.last_error AS "lastError", s.created_at AS "createdAt"`;
const tables = 'metering.backfill_sources s JOIN metering.meters m ON m.id = s.meter_id';

/** What a day of a source brought. Quantities are exact decimals. */
export interface FilledDay {
  readonly day: string;
  /** Accounts for which something was measured, and how much in all. */
  readonly accounts: number;
  readonly measured: string;
  /** Accounts for which more was measured than metered, and how much more in all. */
  readonly missingAccounts: number;
  readonly missing: string;
  readonly filledAt: Date;
}

export async function insertSource(transaction: Transaction, source: BackfillSource): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO metering.backfill_sources
         (id, tenant_id, name, meter_id, selector, account_label, digits, properties, next_day, created_at)
       SELECT $1, $2, $3, id, $5, $6, $7, $8, $9, $10 FROM metering.meters WHERE key = $4`,
      [
        source.id,
        source.tenantId,
        source.name,
        source.meter,
        source.selector,
        source.accountLabel,
        source.digits,
        JSON.stringify(source.properties),
        source.nextDay,
        source.createdAt,
      ],
    ),
    'backfill source',
    source.name,
  );
}

export async function findSource(transaction: Transaction, id: string): Promise<BackfillSource | undefined> {
  return transaction.findRow<BackfillSource>(`SELECT ${columns} FROM ${tables} WHERE s.id = $1`, [id]);
}

export async function listSources(
  transaction: Transaction,
  after: string | undefined,
  limit: number,
): Promise<BackfillSource[]> {
  return transaction.rows<BackfillSource>(
    `SELECT ${columns} FROM ${tables} WHERE $1::uuid IS NULL OR s.id > $1 ORDER BY s.id LIMIT $2`,
    [after ?? null, limit],
  );
}

/** Tenants and ids of sources with days before `until` to fill. Needs a platform transaction. */
export async function listDueSources(
  transaction: Transaction,
  until: string,
): Promise<{ readonly tenantId: string; readonly id: string }[]> {
  return transaction.rows(
    `SELECT tenant_id AS "tenantId", id FROM metering.backfill_sources WHERE next_day < $1::date ORDER BY next_day, id`,
    [until],
  );
}

export async function deleteSource(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute('DELETE FROM metering.backfill_sources WHERE id = $1', [id]);
}

export async function saveDay(transaction: Transaction, sourceId: string, filled: FilledDay): Promise<void> {
  await transaction.execute(
    `INSERT INTO metering.backfill_days
       (tenant_id, source_id, day, accounts, measured, missing_accounts, missing, filled_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, source_id, day) DO UPDATE SET accounts = excluded.accounts, measured = excluded.measured,
       missing_accounts = excluded.missing_accounts, missing = excluded.missing, filled_at = excluded.filled_at`,
    [
      transaction.tenantId,
      sourceId,
      filled.day,
      filled.accounts,
      filled.measured,
      filled.missingAccounts,
      filled.missing,
      filled.filledAt,
    ],
  );
}

/** The source goes on with a later day; never back. */
export async function advance(transaction: Transaction, sourceId: string, nextDay: string): Promise<void> {
  await transaction.execute(
    `UPDATE metering.backfill_sources SET next_day = greatest(next_day, $2::date), last_error = NULL WHERE id = $1`,
    [sourceId, nextDay],
  );
}

export async function saveError(transaction: Transaction, sourceId: string, error: string): Promise<void> {
  await transaction.execute('UPDATE metering.backfill_sources SET last_error = $2 WHERE id = $1', [sourceId, error]);
}

/** Days of a source, the latest first. */
export async function listDays(
  transaction: Transaction,
  query: { readonly sourceId: string; readonly before: string | undefined; readonly limit: number },
): Promise<FilledDay[]> {
  return transaction.rows<FilledDay>(
    `SELECT day::text AS day, accounts, trim_scale(measured)::text AS measured, missing_accounts AS "missingAccounts",
       trim_scale(missing)::text AS missing, filled_at AS "filledAt"
     FROM metering.backfill_days WHERE source_id = $1 AND ($2::date IS NULL OR day < $2) ORDER BY day DESC LIMIT $3`,
    [query.sourceId, query.before ?? null, query.limit],
  );
}
