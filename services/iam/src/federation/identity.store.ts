import type { Transaction } from '@plinth/common';
import type { ProviderKind } from '../identity-provider/provider-settings.ts';

/** An account of a user at a provider. */
export interface Identity {
  readonly id: string;
  readonly providerId: string | null;
  /** Null when the provider is no more. */
  readonly title: string | null;
  readonly kind: ProviderKind | null;
  readonly email: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface NewIdentity {
  readonly id: string;
  readonly userId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly providerId: string;
  readonly now: Date;
}

export async function findIdentity(
  transaction: Transaction,
  issuer: string,
  subject: string,
): Promise<{ id: string; userId: string } | undefined> {
  return transaction.findRow<{ id: string; userId: string }>(
    `SELECT id, user_id AS "userId" FROM auth.identities WHERE issuer = $1 AND subject = $2 FOR UPDATE`,
    [issuer, subject],
  );
}

/** Throws a unique violation when somebody has it. */
export async function insertIdentity(transaction: Transaction, identity: NewIdentity): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.identities (id, user_id, issuer, subject, email, provider_id, created_at, last_used_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [
      identity.id,
      identity.userId,
      identity.issuer,
      identity.subject,
      identity.email,
      identity.providerId,
      identity.now,
    ],
  );
}

/** Records that somebody signed in by it. */
export async function touchIdentity(
  transaction: Transaction,
  use: { readonly id: string; readonly email: string | null; readonly providerId: string; readonly now: Date },
): Promise<void> {
  await transaction.execute(
    `UPDATE auth.identities SET email = $2, provider_id = $3, last_used_at = $4 WHERE id = $1`,
    [use.id, use.email, use.providerId, use.now],
  );
}

/** A user's identities, the oldest first. Needs a platform transaction, because providers are of any tenant. */
export async function listIdentities(transaction: Transaction, userId: string): Promise<Identity[]> {
  return transaction.rows<Identity>(
    `SELECT i.id, i.provider_id AS "providerId", p.title, p.settings ->> 'kind' AS kind, i.email,
            i.created_at AS "createdAt", i.last_used_at AS "lastUsedAt"
       FROM auth.identities i LEFT JOIN iam.identity_providers p ON p.id = i.provider_id
      WHERE i.user_id = $1 ORDER BY i.created_at, i.id`,
    [userId],
  );
}

/** Removes one identity of a user; false when it is not theirs. */
export async function deleteIdentity(
  transaction: Transaction,
  identity: { readonly userId: string; readonly id: string },
): Promise<boolean> {
  const { userId, id } = identity;
  return (await transaction.execute(`DELETE FROM auth.identities WHERE user_id = $1 AND id = $2`, [userId, id])) > 0;
}

/**
 * Whether the user has a password, a passkey, or an identity of a provider that is enabled. Locks the user, so that two
 * removals at once do not both leave the other one's. Needs a platform transaction.
 */
export async function hasSignInWay(transaction: Transaction, userId: string): Promise<boolean> {
  await transaction.execute(`SELECT FROM auth.users WHERE id = $1 FOR UPDATE`, [userId]);
  const row = await transaction.findRow<{ has: boolean }>(
    `SELECT EXISTS (SELECT FROM auth.passwords WHERE user_id = $1)
         OR EXISTS (SELECT FROM auth.passkeys WHERE user_id = $1)
         OR EXISTS (SELECT FROM auth.identities i JOIN iam.identity_providers p ON p.id = i.provider_id AND p.enabled
                     WHERE i.user_id = $1) AS has`,
    [userId],
  );
  return row?.has === true;
}

/** Takes an answer of a provider; false when it was taken before. */
export async function takeAnswer(transaction: Transaction, hash: Buffer, expiresAt: Date): Promise<boolean> {
  return (
    (await transaction.execute(
      `INSERT INTO auth.federation_answers (hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [hash, expiresAt],
    )) > 0
  );
}

export async function deleteEndedAnswers(transaction: Transaction, now: Date): Promise<void> {
  await transaction.execute(`DELETE FROM auth.federation_answers WHERE expires_at <= $1`, [now]);
}
