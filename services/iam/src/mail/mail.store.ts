import type { Transaction } from '@plinth/common';

export interface WaitingMail {
  readonly id: string;
  readonly content: Buffer;
  readonly attempts: number;
  readonly createdAt: Date;
}

export async function insertMail(
  transaction: Transaction,
  mail: { readonly id: string; readonly content: Buffer; readonly now: Date },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.mails (id, content, next_attempt_at, created_at) VALUES ($1, $2, $3, $3)`,
    [mail.id, mail.content, mail.now],
  );
}

/** Takes a mail that is due, so that no other process takes it before `until`. */
export async function claimMail(transaction: Transaction, now: Date, until: Date): Promise<WaitingMail | undefined> {
  return transaction.findRow<WaitingMail>(
    `UPDATE auth.mails SET next_attempt_at = $2, attempts = attempts + 1
      WHERE id = (SELECT id FROM auth.mails WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, content, attempts, created_at AS "createdAt"`,
    [now, until],
  );
}

export async function deleteMail(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM auth.mails WHERE id = $1`, [id]);
}

export async function postponeMail(
  transaction: Transaction,
  mail: { readonly id: string; readonly nextAttemptAt: Date; readonly error: string },
): Promise<void> {
  await transaction.execute(`UPDATE auth.mails SET next_attempt_at = $2, last_error = $3 WHERE id = $1`, [
    mail.id,
    mail.nextAttemptAt,
    mail.error,
  ]);
}
