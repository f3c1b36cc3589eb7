import type { Transaction } from '@plinth/common';

export interface Authenticator {
  readonly secret: Buffer;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
}

export async function findAuthenticator(transaction: Transaction, userId: string): Promise<Authenticator | undefined> {
  return transaction.findRow<Authenticator>(
    `SELECT secret, created_at AS "createdAt", confirmed_at AS "confirmedAt" FROM auth.authenticators WHERE user_id = $1`,
    [userId],
  );
}

/** Begins to set an authenticator up, in place of one that was not confirmed. False when there is a confirmed one. */
export async function saveDraft(
  transaction: Transaction,
  authenticator: { readonly userId: string; readonly secret: Buffer; readonly now: Date },
): Promise<boolean> {
  return (
    (await transaction.execute(
      `INSERT INTO auth.authenticators AS a (user_id, secret, created_at) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at, last_step = NULL
         WHERE a.confirmed_at IS NULL`,
      [authenticator.userId, authenticator.secret, authenticator.now],
    )) > 0
  );
}

/** Confirms the draft whose code was shown; false when it is confirmed already, or another one by now. */
export async function confirmDraft(
  transaction: Transaction,
  draft: { readonly userId: string; readonly secret: Buffer; readonly step: number; readonly now: Date },
): Promise<boolean> {
  const confirmed = await transaction.execute(
    `UPDATE auth.authenticators SET confirmed_at = $4, last_step = $3
      WHERE user_id = $1 AND secret = $2 AND confirmed_at IS NULL`,
    [draft.userId, draft.secret, draft.step, draft.now],
  );
  if (confirmed > 0) await setSecondFactor(transaction, draft.userId, true);
  return confirmed > 0;
}

/** Uses a time step up; false when it or a later one has been used. */
export async function useStep(transaction: Transaction, userId: string, step: number): Promise<boolean> {
  return (
    (await transaction.execute(
      `UPDATE auth.authenticators SET last_step = $2
        WHERE user_id = $1 AND confirmed_at IS NOT NULL AND (last_step IS NULL OR last_step < $2)`,
      [userId, step],
    )) > 0
  );
}

/** Removes authenticator and recovery codes; false when there was none. */
export async function deleteAuthenticator(transaction: Transaction, userId: string): Promise<boolean> {
  await transaction.execute(`DELETE FROM auth.recovery_codes WHERE user_id = $1`, [userId]);
  await setSecondFactor(transaction, userId, false);
  return (await transaction.execute(`DELETE FROM auth.authenticators WHERE user_id = $1`, [userId])) > 0;
}

export async function replaceRecoveryCodes(
  transaction: Transaction,
  codes: { readonly userId: string; readonly hashes: readonly Buffer[]; readonly now: Date },
): Promise<void> {
  await transaction.execute(`DELETE FROM auth.recovery_codes WHERE user_id = $1`, [codes.userId]);
  for (const hash of codes.hashes)
    await transaction.execute(`INSERT INTO auth.recovery_codes (user_id, code_hash, created_at) VALUES ($1, $2, $3)`, [
      codes.userId,
      hash,
      codes.now,
    ]);
}

/** Uses a recovery code up; false when there is none like it. */
export async function useRecoveryCode(transaction: Transaction, userId: string, hash: Buffer): Promise<boolean> {
  return (
    (await transaction.execute(`DELETE FROM auth.recovery_codes WHERE user_id = $1 AND code_hash = $2`, [
      userId,
      hash,
    ])) > 0
  );
}

export async function countRecoveryCodes(transaction: Transaction, userId: string): Promise<number> {
  const row = await transaction.findRow<{ count: number }>(
    `SELECT count(*)::int AS count FROM auth.recovery_codes WHERE user_id = $1`,
    [userId],
  );
  return row!.count;
}

async function setSecondFactor(transaction: Transaction, userId: string, on: boolean): Promise<void> {
  await transaction.execute(`UPDATE auth.users SET second_factor = $2 WHERE id = $1`, [userId, on]);
}
