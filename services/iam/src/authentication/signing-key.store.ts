import type { Transaction } from '@plinth/common';

/** A public key in JWK form (RFC 7517). */
export type PublicKey = Record<string, unknown>;

/** Seconds for which an expired key still verifies: longer than any token that it signed. */
export const signingKeyGraceSeconds = 24 * 3600;

export async function listPublicKeys(transaction: Transaction, now: Date): Promise<PublicKey[]> {
  const rows = await transaction.rows<{ id: string; alg: string; publicKey: string }>(
    `SELECT id, alg, "publicKey" FROM auth.jwks
      WHERE "expiresAt" IS NULL OR "expiresAt" + make_interval(secs => $2) > $1 ORDER BY "createdAt" DESC`,
    [now, signingKeyGraceSeconds],
  );
  return rows.map((row) => ({ ...(JSON.parse(row.publicKey) as PublicKey), kid: row.id, alg: row.alg, use: 'sig' }));
}
