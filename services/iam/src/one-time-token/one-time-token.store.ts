import type { Transaction } from '@plinth/common';

/** What a link or code can be good for. */
export type TokenPurpose =
  | 'sign_up'
  | 'verify_email'
  | 'email_sign_in'
  | 'reset_password'
  | 'passkey_registration'
  | 'passkey_sign_in';

export interface OneTimeToken {
  readonly id: string;
  readonly purpose: TokenPurpose;
  readonly userId: string | null;
  readonly email: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

const columns = `id, purpose, user_id AS "userId", email, data`;

export async function insertToken(
  transaction: Transaction,
  token: OneTimeToken & {
    readonly tokenHash: Buffer;
    readonly codeHash: Buffer | null;
    readonly now: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.one_time_tokens (id, purpose, user_id, email, token_hash, code_hash, data, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      token.id,
      token.purpose,
      token.userId,
      token.email,
      token.tokenHash,
      token.codeHash,
      JSON.stringify(token.data),
      token.now,
      token.expiresAt,
    ],
  );
}

export async function findToken(
  transaction: Transaction,
  query: { readonly purposes: readonly TokenPurpose[]; readonly tokenHash: Buffer; readonly now: Date },
): Promise<OneTimeToken | undefined> {
  return transaction.findRow<OneTimeToken>(
    `SELECT ${columns} FROM auth.one_time_tokens WHERE token_hash = $1 AND purpose = ANY ($2) AND expires_at > $3`,
    [query.tokenHash, query.purposes, query.now],
  );
}

/** Takes a token out of use. Of two that try at once, one gets it. */
export async function takeToken(
  transaction: Transaction,
  query: { readonly purposes: readonly TokenPurpose[]; readonly tokenHash: Buffer; readonly now: Date },
): Promise<OneTimeToken | undefined> {
  return transaction.findRow<OneTimeToken>(
    `DELETE FROM auth.one_time_tokens WHERE token_hash = $1 AND purpose = ANY ($2) AND expires_at > $3 RETURNING ${columns}`,
    [query.tokenHash, query.purposes, query.now],
  );
}

/** Takes a token out of use by its id. */
export async function takeTokenById(transaction: Transaction, id: string): Promise<OneTimeToken | undefined> {
  return transaction.findRow<OneTimeToken>(`DELETE FROM auth.one_time_tokens WHERE id = $1 RETURNING ${columns}`, [id]);
}

/** Counts a guess at every live code of an address and returns those that may still be guessed at. */
export async function countCodeAttempt(
  transaction: Transaction,
  query: {
    readonly purposes: readonly TokenPurpose[];
    readonly email: string;
    readonly now: Date;
    readonly mostAttempts: number;
  },
): Promise<{ id: string; codeHash: Buffer }[]> {
  return transaction.rows<{ id: string; codeHash: Buffer }>(
    `UPDATE auth.one_time_tokens SET attempts = attempts + 1
      WHERE email = lower($1) AND purpose = ANY ($2) AND expires_at > $3 AND attempts < $4 AND code_hash IS NOT NULL
      RETURNING id, code_hash AS "codeHash"`,
    [query.email, query.purposes, query.now, query.mostAttempts],
  );
}

/** The newest live token of an address. */
export async function findNewestToken(
  transaction: Transaction,
  query: { readonly purpose: TokenPurpose; readonly email: string; readonly now: Date },
): Promise<OneTimeToken | undefined> {
  return transaction.findRow<OneTimeToken>(
    `SELECT ${columns} FROM auth.one_time_tokens WHERE email = lower($1) AND purpose = $2 AND expires_at > $3
      ORDER BY created_at DESC, id DESC LIMIT 1`,
    [query.email, query.purpose, query.now],
  );
}

/** Takes everything out of use that was sent to an address for these purposes. */
export async function deleteTokensOfEmail(
  transaction: Transaction,
  email: string,
  purposes: readonly TokenPurpose[],
): Promise<void> {
  await transaction.execute(`DELETE FROM auth.one_time_tokens WHERE email = lower($1) AND purpose = ANY ($2)`, [
    email,
    purposes,
  ]);
}

export async function deleteExpiredTokens(transaction: Transaction, now: Date): Promise<void> {
  await transaction.execute(`DELETE FROM auth.one_time_tokens WHERE expires_at <= $1`, [now]);
}
