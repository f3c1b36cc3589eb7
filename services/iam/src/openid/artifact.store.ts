import type { Transaction } from '@plinth/common';

/** Something that the provider keeps for a while: a code, a token, an interaction. */
export interface ArtifactRow {
  readonly idHash: Buffer;
  readonly payload: Buffer;
  readonly consumedAt: Date | null;
}

export interface NewArtifact {
  readonly kind: string;
  readonly idHash: Buffer;
  readonly grantHash: Buffer | null;
  readonly clientId: string | null;
  readonly userCodeHash: Buffer | null;
  readonly scope: string | null;
  readonly payload: Buffer;
  readonly now: Date;
  readonly expiresAt: Date;
}

const columns = `id_hash AS "idHash", payload, consumed_at AS "consumedAt"`;
// What was issued to a session is worth nothing from the moment on that the session has ended.
const ofLiveSession = `(grant_hash IS NULL OR EXISTS (
  SELECT 1 FROM auth.grants g JOIN auth.sessions s ON s.id = g.session_id JOIN auth.users u ON u.id = s.user_id
   WHERE g.id_hash = grant_hash AND s.expires_at > now() AND NOT s.pending AND u.disabled_at IS NULL))`;

/** Inserts or replaces an artifact. A grant that has been revoked meanwhile makes it a foreign key violation. */
export async function saveArtifact(transaction: Transaction, artifact: NewArtifact): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.artifacts (kind, id_hash, grant_hash, client_id, user_code_hash, scope, payload, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (kind, id_hash) DO UPDATE SET grant_hash = excluded.grant_hash, scope = excluded.scope,
       payload = excluded.payload, expires_at = excluded.expires_at`,
    [
      artifact.kind,
      artifact.idHash,
      artifact.grantHash,
      artifact.clientId,
      artifact.userCodeHash,
      artifact.scope,
      artifact.payload,
      artifact.now,
      artifact.expiresAt,
    ],
  );
}

export async function findArtifact(
  transaction: Transaction,
  kind: string,
  idHash: Buffer,
): Promise<ArtifactRow | undefined> {
  return transaction.findRow<ArtifactRow>(
    `SELECT ${columns} FROM auth.artifacts WHERE kind = $1 AND id_hash = $2 AND ${ofLiveSession}`,
    [kind, idHash],
  );
}

export async function findArtifactByUserCode(
  transaction: Transaction,
  userCodeHash: Buffer,
): Promise<ArtifactRow | undefined> {
  return transaction.findRow<ArtifactRow>(`SELECT ${columns} FROM auth.artifacts WHERE user_code_hash = $1`, [
    userCodeHash,
  ]);
}

/** Marks as used; of two that try at once, one succeeds. */
export async function consumeArtifact(
  transaction: Transaction,
  kind: string,
  idHash: Buffer,
  now: Date,
): Promise<boolean> {
  return (
    (await transaction.execute(
      `UPDATE auth.artifacts SET consumed_at = $3 WHERE kind = $1 AND id_hash = $2 AND consumed_at IS NULL`,
      [kind, idHash, now],
    )) > 0
  );
}

export async function deleteArtifact(transaction: Transaction, kind: string, idHash: Buffer): Promise<void> {
  await transaction.execute(`DELETE FROM auth.artifacts WHERE kind = $1 AND id_hash = $2`, [kind, idHash]);
}

/** Removes what was issued under a grant, of one kind. */
export async function deleteArtifactsOfGrant(transaction: Transaction, kind: string, grantHash: Buffer): Promise<void> {
  await transaction.execute(`DELETE FROM auth.artifacts WHERE kind = $1 AND grant_hash = $2`, [kind, grantHash]);
}

/** Revokes the grant that an artifact was issued under, and everything else with it. */
export async function deleteGrantOf(transaction: Transaction, kind: string, idHash: Buffer): Promise<void> {
  await transaction.execute(
    `DELETE FROM auth.grants WHERE id_hash = (SELECT grant_hash FROM auth.artifacts WHERE kind = $1 AND id_hash = $2)`,
    [kind, idHash],
  );
}

/** Removes what has expired, the oldest first; tells how many. */
export async function deleteExpiredArtifacts(transaction: Transaction, now: Date, limit: number): Promise<number> {
  return transaction.execute(
    `DELETE FROM auth.artifacts WHERE (kind, id_hash) IN (
       SELECT kind, id_hash FROM auth.artifacts WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [now, limit],
  );
}

/** A token that was issued, as its claims alone do not tell it. */
export interface IssuedToken {
  readonly kind: 'AccessToken' | 'ClientCredentials';
  readonly clientId: string;
  /** Null: no registered client, but perhaps a service account. */
  readonly actsAsUser: boolean | null;
  readonly permissions: readonly string[] | null;
  readonly scope: string | null;
  readonly sessionId: string | null;
}

/** The access token with this id unless it has expired or was revoked. */
export async function findIssuedToken(
  transaction: Transaction,
  idHash: Buffer,
  now: Date,
): Promise<IssuedToken | undefined> {
  return transaction.findRow<IssuedToken>(
    `SELECT a.kind, a.client_id AS "clientId", c.acts_as_user AS "actsAsUser", c.permissions, a.scope,
            g.session_id AS "sessionId"
       FROM auth.artifacts a LEFT JOIN auth.clients c ON c.id = a.client_id LEFT JOIN auth.grants g ON g.id_hash = a.grant_hash
      WHERE a.kind IN ('AccessToken', 'ClientCredentials') AND a.id_hash = $1 AND a.expires_at > $2`,
    [idHash, now],
  );
}
