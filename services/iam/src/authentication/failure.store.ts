import type { Transaction } from '@plinth/common';
import type { Failures } from './throttle.ts';

export async function findFailures(transaction: Transaction, targetHash: Buffer): Promise<Failures | undefined> {
  return transaction.findRow<Failures>(
    `SELECT failures, last_failure_at AS "lastFailureAt", wait_until AS "waitUntil" FROM auth.failures WHERE target_hash = $1`,
    [targetHash],
  );
}

/** Keeps what a failure led to. Of two processes that count at once, the longer wait and the higher count stay. */
export async function saveFailures(transaction: Transaction, targetHash: Buffer, state: Failures): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.failures AS f (target_hash, failures, last_failure_at, wait_until) VALUES ($1, $2, $3, $4)
     ON CONFLICT (target_hash) DO UPDATE
       SET failures = CASE WHEN excluded.failures = 1 THEN 1 ELSE greatest(f.failures, excluded.failures) END,
           last_failure_at = greatest(f.last_failure_at, excluded.last_failure_at),
           wait_until = greatest(f.wait_until, excluded.wait_until)`,
    [targetHash, state.failures, state.lastFailureAt, state.waitUntil],
  );
}

export async function deleteFailures(transaction: Transaction, targetHash: Buffer): Promise<void> {
  await transaction.execute(`DELETE FROM auth.failures WHERE target_hash = $1`, [targetHash]);
}

/** Removes what is forgotten anyway. */
export async function deleteFailuresBefore(transaction: Transaction, time: Date): Promise<void> {
  await transaction.execute(`DELETE FROM auth.failures WHERE last_failure_at < $1`, [time]);
}
