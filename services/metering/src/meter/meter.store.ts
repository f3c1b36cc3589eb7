import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { Meter } from './meter.ts';

const columns = `id, key, name, event_type AS "eventType", aggregation, value_property AS "valueProperty", unit, archived, version, created_at AS "createdAt", updated_at AS "updatedAt"`;

export async function insertMeter(transaction: Transaction, meter: Meter): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO metering.meters (id, tenant_id, key, name, event_type, aggregation, value_property, unit, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
      [
        meter.id,
        transaction.tenantId,
        meter.key,
        meter.name,
        meter.eventType,
        meter.aggregation,
        meter.valueProperty,
        meter.unit,
        meter.createdAt,
      ],
    ),
    'meter',
    meter.key,
  );
}

/** The meter; with `lock`, its row is locked until the transaction ends. */
export async function findMeter(transaction: Transaction, id: string, lock = false): Promise<Meter | undefined> {
  return transaction.findRow<Meter>(
    `SELECT ${columns} FROM metering.meters WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
    [id],
  );
}

export async function listMeters(transaction: Transaction, limit: number, after: string | undefined): Promise<Meter[]> {
  return transaction.rows<Meter>(
    `SELECT ${columns} FROM metering.meters WHERE ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [limit, after ?? null],
  );
}

/** Every meter that counts. */
export async function listActiveMeters(transaction: Transaction): Promise<Meter[]> {
  return transaction.rows<Meter>(`SELECT ${columns} FROM metering.meters WHERE NOT archived ORDER BY id`);
}

export async function updateMeter(transaction: Transaction, meter: Meter): Promise<void> {
  await transaction.execute(
    `UPDATE metering.meters SET name = $2, archived = $3, version = $4, updated_at = $5 WHERE id = $1`,
    [meter.id, meter.name, meter.archived, meter.version, meter.updatedAt],
  );
}
