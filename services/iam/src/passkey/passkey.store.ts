import type { Transaction } from '@plinth/common';
import type { Passkey } from './passkey.ts';

const columns = `id, user_id AS "userId", credential_id AS "credentialId", public_key AS "publicKey",
  counter::float8 AS counter, transports, name, backed_up AS "backedUp", created_at AS "createdAt",
  last_used_at AS "lastUsedAt"`;

/** Adds a passkey; throws a unique violation when somebody has it already. */
export async function insertPasskey(transaction: Transaction, passkey: Passkey): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      passkey.id,
      passkey.userId,
      passkey.credentialId,
      passkey.publicKey,
      passkey.counter,
      passkey.transports,
      passkey.name,
      passkey.backedUp,
      passkey.createdAt,
    ],
  );
}

/** A user's passkeys, the oldest first. */
export async function listPasskeys(transaction: Transaction, userId: string): Promise<Passkey[]> {
  return transaction.rows<Passkey>(`SELECT ${columns} FROM auth.passkeys WHERE user_id = $1 ORDER BY id`, [userId]);
}

export async function findPasskeyByCredential(
  transaction: Transaction,
  credentialId: Buffer,
): Promise<Passkey | undefined> {
  return transaction.findRow<Passkey>(`SELECT ${columns} FROM auth.passkeys WHERE credential_id = $1`, [credentialId]);
}

/** Records a use. False when the counter has not grown since: then there is a copy of the key. */
export async function usePasskey(
  transaction: Transaction,
  use: { readonly id: string; readonly counter: number; readonly backedUp: boolean; readonly now: Date },
): Promise<boolean> {
  return (
    (await transaction.execute(
      `UPDATE auth.passkeys SET counter = $2, backed_up = $3, last_used_at = $4
        WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))`,
      [use.id, use.counter, use.backedUp, use.now],
    )) > 0
  );
}

export async function renamePasskey(
  transaction: Transaction,
  passkey: { readonly id: string; readonly userId: string; readonly name: string },
): Promise<Passkey | undefined> {
  return transaction.findRow<Passkey>(
    `UPDATE auth.passkeys SET name = $3 WHERE id = $1 AND user_id = $2 RETURNING ${columns}`,
    [passkey.id, passkey.userId, passkey.name],
  );
}

export async function deletePasskey(transaction: Transaction, id: string, userId: string): Promise<boolean> {
  return (await transaction.execute(`DELETE FROM auth.passkeys WHERE id = $1 AND user_id = $2`, [id, userId])) > 0;
}
