import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { CountingSeries, Meter, MeterDefinition, MeterRevision, Series } from './meter.ts';

const definition = `r.aggregation, r.value_property AS "valueProperty", trim_scale(r.percentile)::text AS percentile, r.filters, r.dimensions`;
const meterColumns = `m.id, m.key, m.name, m.event_type AS "eventType", m.unit, m.archived, m.version, m.revision_id AS "revisionId", r.number AS revision, ${definition}, m.created_at AS "createdAt", m.updated_at AS "updatedAt"`;
const meters = `metering.meters m JOIN metering.meter_revisions r ON r.id = m.revision_id`;
const revisionColumns = `r.id, r.meter_id AS "meterId", r.number, r.status, r.generation, ${definition}, r.counted_events::int AS "countedEvents", r.skipped_events::int AS "skippedEvents", r.created_at AS "createdAt", r.completed_at AS "completedAt"`;

/** Begins a generation, when every transaction that counts by the one before is done. The first statement of its transaction. */
export async function beginGeneration(transaction: Transaction): Promise<number> {
  const row = await transaction.findRow<{ generation: number }>(`SELECT metering.begin_generation($1) AS generation`, [
    transaction.tenantId,
  ]);
  return row?.generation ?? 0;
}

/** Writes a meter that counts events of `since` and later generations. */
export async function insertMeter(transaction: Transaction, meter: Meter, since: number): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO metering.meters (id, tenant_id, key, name, event_type, unit, revision_id, counted_generations, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, int4multirange(int4range($8, NULL)), $9, $9)`,
      [
        meter.id,
        transaction.tenantId,
        meter.key,
        meter.name,
        meter.eventType,
        meter.unit,
        meter.revisionId,
        since,
        meter.createdAt,
      ],
    ),
    'meter',
    meter.key,
  );
}

/** Writes a meter's next revision; gives its number. */
export async function insertRevision(
  transaction: Transaction,
  revision: MeterDefinition & Pick<MeterRevision, 'id' | 'meterId' | 'status' | 'generation' | 'createdAt'>,
): Promise<number> {
  const row = await transaction.findRow<{ number: number }>(
    `INSERT INTO metering.meter_revisions (id, tenant_id, meter_id, number, aggregation, value_property, percentile, filters, dimensions, status, generation, created_at, completed_at)
     SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $9 = 'active' THEN $11::timestamptz END
     FROM metering.meter_revisions WHERE meter_id = $3 RETURNING number`,
    [
      revision.id,
      transaction.tenantId,
      revision.meterId,
      revision.aggregation,
      revision.valueProperty,
      revision.percentile,
      JSON.stringify(revision.filters),
      revision.dimensions,
      revision.status,
      revision.generation,
      revision.createdAt,
    ],
  );
  return row?.number ?? 1;
}

/** The meter; with `lock`, its row is locked until the transaction ends. */
export async function findMeter(transaction: Transaction, id: string, lock = false): Promise<Meter | undefined> {
  return transaction.findRow<Meter>(
    `SELECT ${meterColumns} FROM ${meters} WHERE m.id = $1${lock ? ' FOR UPDATE OF m' : ''}`,
    [id],
  );
}

export async function findMeterByKey(transaction: Transaction, key: string): Promise<Meter | undefined> {
  return transaction.findRow<Meter>(`SELECT ${meterColumns} FROM ${meters} WHERE m.key = $1`, [key]);
}

/** The revision of a meter that is made at present, if any. */
export async function findBuilding(transaction: Transaction, meterId: string): Promise<MeterRevision | undefined> {
  return transaction.findRow<MeterRevision>(
    `SELECT ${revisionColumns} FROM metering.meter_revisions r WHERE r.meter_id = $1 AND r.status = 'building'`,
    [meterId],
  );
}

export async function listMeters(transaction: Transaction, limit: number, after: string | undefined): Promise<Meter[]> {
  return transaction.rows<Meter>(
    `SELECT ${meterColumns} FROM ${meters} WHERE ($2::uuid IS NULL OR m.id > $2) ORDER BY m.id LIMIT $1`,
    [limit, after ?? null],
  );
}

/** The tenant's generation and what counts in it, of one moment. */
export async function readCounting(transaction: Transaction): Promise<CountingSeries> {
  const rows = await transaction.rows<Series & { now: number }>(
    `SELECT g.now, s.* FROM (SELECT coalesce((SELECT generation FROM metering.generations), 0) AS now) g LEFT JOIN (
       SELECT r.id, m.id AS "meterId", m.key, m.event_type AS "eventType", r.status, r.generation, ${definition},
         EXISTS (SELECT FROM metering.quotas q WHERE q.meter_id = m.id) AS "hasQuotas"
       FROM metering.meters m JOIN metering.meter_revisions r ON r.meter_id = m.id
       WHERE NOT m.archived AND r.status IN ('building', 'active')
     ) s ON true ORDER BY s.id`,
  );
  return {
    generation: rows[0]?.now ?? 0,
    series: rows.filter((row) => row.id !== null).map(({ now: _, ...series }) => series),
  };
}

/** Writes name, unit and state; `generation` tells from when the meter counts again, or no more. */
export async function updateMeter(transaction: Transaction, meter: Meter, generation: number | null): Promise<void> {
  await transaction.execute(
    `UPDATE metering.meters SET name = $2, archived = $3, version = $4, updated_at = $5, unit = $6, counted_generations = CASE
       WHEN $7::int IS NULL THEN counted_generations
       WHEN $3 THEN counted_generations - int4multirange(int4range($7, NULL))
       ELSE counted_generations + int4multirange(int4range($7, NULL)) END
     WHERE id = $1`,
    [meter.id, meter.name, meter.archived, meter.version, meter.updatedAt, meter.unit, generation],
  );
}

/** The revision that is made at present is not wanted any more. */
export async function abandonBuilding(transaction: Transaction, meterId: string, now: Date): Promise<void> {
  await transaction.execute(
    `UPDATE metering.meter_revisions SET status = 'superseded', superseded_at = $2 WHERE meter_id = $1 AND status = 'building'`,
    [meterId, now],
  );
}
