import type { Transaction } from '@plinth/common';

/** Counts a request of mail for a target and returns how many there were since the first one after `since`. */
export async function countRequest(
  transaction: Transaction,
  request: { readonly targetHash: Buffer; readonly now: Date; readonly since: Date },
): Promise<number> {
  const row = await transaction.findRow<{ requests: number }>(
    `INSERT INTO auth.mail_requests AS r (target_hash, requests, first_at) VALUES ($1, 1, $2)
     ON CONFLICT (target_hash) DO UPDATE
       SET requests = CASE WHEN r.first_at <= $3 THEN 1 ELSE r.requests + 1 END,
           first_at = CASE WHEN r.first_at <= $3 THEN excluded.first_at ELSE r.first_at END
     RETURNING requests`,
    [request.targetHash, request.now, request.since],
  );
  return row!.requests;
}

export async function deleteRequestsBefore(transaction: Transaction, time: Date): Promise<void> {
  await transaction.execute(`DELETE FROM auth.mail_requests WHERE first_at <= $1`, [time]);
}
