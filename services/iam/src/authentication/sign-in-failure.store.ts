import type { Transaction } from '@plinth/common';
import type { SignInFailures } from './sign-in-throttle.ts';

export async function findFailures(transaction: Transaction, emailHash: Buffer): Promise<SignInFailures | undefined> {
  return transaction.findRow<SignInFailures>(
    `SELECT failures, last_failure_at AS "lastFailureAt", wait_until AS "waitUntil" FROM auth.sign_in_failures WHERE email_hash = $1`,
    [emailHash],
  );
}

/** Keeps what a failure led to. Of two processes that count at once, the longer wait and the higher count stay. */
export async function saveFailures(transaction: Transaction, emailHash: Buffer, state: SignInFailures): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.sign_in_failures AS f (email_hash, failures, last_failure_at, wait_until) VALUES ($1, $2, $3, $4)
     ON CONFLICT (email_hash) DO UPDATE
       SET failures = CASE WHEN excluded.failures = 1 THEN 1 ELSE greatest(f.failures, excluded.failures) END,
           last_failure_at = greatest(f.last_failure_at, excluded.last_failure_at),
           wait_until = greatest(f.wait_until, excluded.wait_until)`,
    [emailHash, state.failures, state.lastFailureAt, state.waitUntil],
  );
}

export async function deleteFailures(transaction: Transaction, emailHash: Buffer): Promise<void> {
  await transaction.execute(`DELETE FROM auth.sign_in_failures WHERE email_hash = $1`, [emailHash]);
}

/** Removes what is forgotten anyway. */
export async function deleteFailuresBefore(transaction: Transaction, time: Date): Promise<void> {
  await transaction.execute(`DELETE FROM auth.sign_in_failures WHERE last_failure_at < $1`, [time]);
}
