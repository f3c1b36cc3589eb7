import { plainArray, timestampArray, type Transaction } from '@plinth/common';
import { dayOf, lockDays } from './usage-days.store.ts';
import type { WindowChange } from './usage-windows.ts';

/** A day (UTC) of a meter and account whose usage changed late. */
export interface LateChange {
  readonly accountId: string;
  /** Key of the meter. */
  readonly meter: string;
  readonly from: Date;
  readonly to: Date;
  /** Grows with each change. */
  readonly sequence: number;
}

/** Notes that usage of the past has changed. The transaction shares the lock of days already. */
export async function markChanges(transaction: Transaction, windows: readonly WindowChange[]): Promise<void> {
  const answering = windows.filter(({ meterId }) => meterId !== null);
  if (answering.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.usage_changes AS c (tenant_id, account_id, meter_id, day_start)
     SELECT DISTINCT $1::uuid, w.account_id, w.meter_id, ${dayOf('w.window_start')}
     FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) AS w (account_id, meter_id, window_start) ORDER BY 2, 3, 4
     ON CONFLICT (tenant_id, account_id, meter_id, day_start) DO UPDATE SET sequence = DEFAULT`,
    [
      transaction.tenantId,
      plainArray(answering.map(({ accountId }) => accountId)),
      plainArray(answering.map(({ meterId }) => meterId)),
      timestampArray(answering.map(({ windowStart }) => windowStart)),
    ],
  );
}

/** Changes after a sequence, in its order. A day that changes again comes again, with a later sequence alone. */
export async function listLateChanges(transaction: Transaction, after: number, limit: number): Promise<LateChange[]> {
  // Whoever has a sequence and is not committed yet holds the lock: nothing can appear below what is read here.
  await lockDays(transaction);
  const rows = await transaction.rows<Omit<LateChange, 'sequence'> & { sequence: string }>(
    `SELECT c.account_id AS "accountId", m.key AS meter, c.day_start AS "from", c.day_start + interval '24 hours' AS "to", c.sequence
     FROM metering.usage_changes c JOIN metering.meters m ON m.id = c.meter_id
     WHERE c.sequence > $1 ORDER BY c.sequence LIMIT $2`,
    [after, limit],
  );
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
}
