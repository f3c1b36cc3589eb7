import type { Transaction } from '@plinth/common';

export interface NewGrant {
  readonly idHash: Buffer;
  readonly clientId: string;
  readonly sessionId: string;
  readonly payload: Buffer;
  readonly now: Date;
  readonly expiresAt: Date;
}

export async function saveGrant(transaction: Transaction, grant: NewGrant): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.grants (id_hash, client_id, session_id, payload, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id_hash) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`,
    [grant.idHash, grant.clientId, grant.sessionId, grant.payload, grant.now, grant.expiresAt],
  );
}

export async function findGrant(transaction: Transaction, idHash: Buffer): Promise<{ payload: Buffer } | undefined> {
  return transaction.findRow<{ payload: Buffer }>(`SELECT payload FROM auth.grants WHERE id_hash = $1`, [idHash]);
}

/** Everything that was issued under it goes with it. */
export async function deleteGrant(transaction: Transaction, idHash: Buffer): Promise<void> {
  await transaction.execute(`DELETE FROM auth.grants WHERE id_hash = $1`, [idHash]);
}

export async function deleteExpiredGrants(transaction: Transaction, now: Date): Promise<void> {
  await transaction.execute(`DELETE FROM auth.grants WHERE expires_at <= $1`, [now]);
}
