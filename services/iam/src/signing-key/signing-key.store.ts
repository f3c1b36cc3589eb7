import type { Transaction } from '@plinth/common';
import type { PublicKey } from './signing-key.ts';

export interface SigningKeyRow {
  readonly id: string;
  readonly algorithm: string;
  readonly publicKey: PublicKey;
  readonly privateKey: Buffer;
  readonly createdAt: Date;
  readonly retiresAt: Date;
  readonly expiresAt: Date;
}

/** Keys that may still verify, the newest first. */
export async function listSigningKeys(transaction: Transaction, now: Date): Promise<SigningKeyRow[]> {
  return transaction.rows<SigningKeyRow>(
    `SELECT id, algorithm, public_key AS "publicKey", private_key AS "privateKey", created_at AS "createdAt",
            retires_at AS "retiresAt", expires_at AS "expiresAt"
       FROM auth.signing_keys WHERE expires_at > $1 ORDER BY created_at DESC, id DESC`,
    [now],
  );
}

/** Only one process makes a key at a time; the others then find it. */
export async function lockSigningKeys(transaction: Transaction): Promise<void> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(hashtext('auth.signing_keys'))`);
}

export async function insertSigningKey(transaction: Transaction, key: SigningKeyRow): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.signing_keys (id, algorithm, public_key, private_key, created_at, retires_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [key.id, key.algorithm, JSON.stringify(key.publicKey), key.privateKey, key.createdAt, key.retiresAt, key.expiresAt],
  );
}

/** Makes every key that signs retire now; they verify for the grace period. */
export async function retireSigningKeys(transaction: Transaction, now: Date, expiresAt: Date): Promise<void> {
  await transaction.execute(
    `UPDATE auth.signing_keys SET retires_at = $1, expires_at = least(expires_at, $2) WHERE retires_at > $1`,
    [now, expiresAt],
  );
}

export async function deleteExpiredSigningKeys(transaction: Transaction, now: Date): Promise<void> {
  await transaction.execute(`DELETE FROM auth.signing_keys WHERE expires_at <= $1`, [now]);
}
