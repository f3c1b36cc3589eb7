import type { Transaction } from '@plinth/common';

/** Gives a user a password, in place of the one that they have. */
export async function savePassword(
  transaction: Transaction,
  password: { readonly userId: string; readonly hash: string; readonly now: Date },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.passwords (user_id, hash, changed_at) VALUES ($1, $2, $3)
     ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`,
    [password.userId, password.hash, password.now],
  );
}
