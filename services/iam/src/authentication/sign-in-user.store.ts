import type { Transaction } from '@plinth/common';

/** A user as signing in needs them. */
export interface SignInUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string | null;
  readonly emailVerified: boolean;
  readonly createdAt: Date;
  readonly secondFactor: boolean;
  readonly disabled: boolean;
  /** argon2id; null for a user who signs in by other ways only. */
  readonly hash: string | null;
}

const selectUser = `SELECT u.id, u.email, u.name, u.locale, u.email_verified_at IS NOT NULL AS "emailVerified",
    u.created_at AS "createdAt", u.second_factor AS "secondFactor", u.disabled_at IS NOT NULL AS disabled, p.hash
  FROM auth.users u LEFT JOIN auth.passwords p ON p.user_id = u.id`;

export async function findSignInUserByEmail(transaction: Transaction, email: string): Promise<SignInUser | undefined> {
  return transaction.findRow<SignInUser>(`${selectUser} WHERE u.email = lower($1)`, [email]);
}

export async function findSignInUser(transaction: Transaction, userId: string): Promise<SignInUser | undefined> {
  return transaction.findRow<SignInUser>(`${selectUser} WHERE u.id = $1`, [userId]);
}

/** Records that a user has proven their address, if it is still theirs. */
export async function markEmailVerified(
  transaction: Transaction,
  user: { readonly userId: string; readonly email: string; readonly now: Date },
): Promise<boolean> {
  return (
    (await transaction.execute(
      `UPDATE auth.users SET email_verified_at = coalesce(email_verified_at, $3), updated_at = $3
        WHERE id = $1 AND email = lower($2)`,
      [user.userId, user.email, user.now],
    )) > 0
  );
}

/**
 * Removes every credential of a user whose address nobody had proven. Whoever proves it now need not be the one who
 * set them: somebody could have signed up with the address of another person to wait for them.
 */
export async function removeUnprovenCredentials(transaction: Transaction, userId: string): Promise<void> {
  for (const table of ['passwords', 'passkeys', 'authenticators', 'recovery_codes', 'identities'])
    await transaction.execute(`DELETE FROM auth.${table} WHERE user_id = $1`, [userId]);
  await transaction.execute(`UPDATE auth.users SET second_factor = false WHERE id = $1`, [userId]);
}
