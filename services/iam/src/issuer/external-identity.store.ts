import { newId, type Transaction } from '@plinth/common';

/** Who a subject of an external issuer is here. */
export interface ExternalPerson {
  readonly identityId: string;
  readonly userId: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly disabled: boolean;
  /** Tokens that were issued until then do not count. */
  readonly tokensAfter: Date | null;
  readonly lastUsedAt: Date | null;
}

/** A subject at an issuer. */
export interface IssuerSubject {
  readonly issuer: string;
  readonly subject: string;
}

export async function findPerson(
  transaction: Transaction,
  { issuer, subject }: IssuerSubject,
): Promise<ExternalPerson | undefined> {
  return transaction.findRow<ExternalPerson>(
    `SELECT i.id AS "identityId", u.id AS "userId", u.email, u.email_verified_at IS NOT NULL AS "emailVerified",
            u.disabled_at IS NOT NULL AS disabled,
            i.tokens_after AS "tokensAfter", i.last_used_at AS "lastUsedAt"
       FROM auth.identities i JOIN auth.users u ON u.id = i.user_id
      WHERE i.issuer = $1 AND i.subject = $2`,
    [issuer, subject],
  );
}

/** The subjects of a user at the given issuers, the oldest first. */
export async function listSubjects(
  transaction: Transaction,
  userId: string,
  issuers: readonly string[],
): Promise<IssuerSubject[]> {
  return transaction.rows<IssuerSubject>(
    `SELECT issuer, subject FROM auth.identities WHERE user_id = $1 AND issuer = ANY ($2) ORDER BY created_at, id`,
    [userId, issuers],
  );
}

/** Throws a unique violation when somebody has it. */
export async function insertIdentity(
  transaction: Transaction,
  identity: IssuerSubject & { readonly userId: string; readonly email: string; readonly now: Date },
): Promise<string> {
  const id = newId(identity.now.getTime());
  await transaction.execute(
    `INSERT INTO auth.identities (id, user_id, issuer, subject, email, created_at, last_used_at)
     VALUES ($1, $2, $3, $4, lower($5), $6, $6)`,
    [id, identity.userId, identity.issuer, identity.subject, identity.email, identity.now],
  );
  return id;
}

export async function touchIdentity(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.execute(`UPDATE auth.identities SET last_used_at = $2 WHERE id = $1`, [id, now]);
}

/** Ends the worth of every token that external issuers have issued to a user until now. */
export async function refuseTokensBefore(transaction: Transaction, userId: string, now: Date): Promise<void> {
  await transaction.execute(`UPDATE auth.identities SET tokens_after = $2 WHERE user_id = $1`, [userId, now]);
}

/** Keeps the subjects of a user who is about to be deleted from coming back by their tokens. */
export async function rememberRemoved(transaction: Transaction, userId: string, now: Date): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.removed_identities (issuer, subject, removed_at)
     SELECT issuer, subject, $2 FROM auth.identities WHERE user_id = $1 ON CONFLICT DO NOTHING`,
    [userId, now],
  );
}

export async function wasRemoved(transaction: Transaction, { issuer, subject }: IssuerSubject): Promise<boolean> {
  const row = await transaction.findRow(`SELECT FROM auth.removed_identities WHERE issuer = $1 AND subject = $2`, [
    issuer,
    subject,
  ]);
  return row !== undefined;
}

/** Lets a subject in again that was removed. */
export async function forgetRemoved(transaction: Transaction, { issuer, subject }: IssuerSubject): Promise<void> {
  await transaction.execute(`DELETE FROM auth.removed_identities WHERE issuer = $1 AND subject = $2`, [
    issuer,
    subject,
  ]);
}
