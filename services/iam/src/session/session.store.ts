import type { Transaction } from '@plinth/common';
import type { NewSession, Session, SignInMethod } from './session.ts';

export interface LiveSession {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** The user's own language. */
  readonly locale: string | null;
  readonly emailVerified: boolean;
  readonly userCreatedAt: Date;
  readonly methods: readonly SignInMethod[];
  readonly strong: boolean;
  readonly pending: boolean;
  readonly actorId: string | null;
  /** The tenant that its user chose to work in. */
  readonly tenantId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** However much it is used. */
  readonly endsAt: Date;
  readonly secondsLeft: number;
}

const selectLive = `SELECT s.id, s.user_id AS "userId", u.email, u.name, u.locale, u.email_verified_at IS NOT NULL AS "emailVerified",
    u.created_at AS "userCreatedAt", s.methods, s.strong, s.pending, s.actor_id AS "actorId", s.chosen_tenant_id AS "tenantId", s.ip,
    s.user_agent AS "userAgent", s.created_at AS "createdAt", s.expires_at AS "expiresAt",
    s.ends_at AS "endsAt", extract(epoch FROM s.expires_at - now())::float8 AS "secondsLeft"
  FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id
  WHERE s.expires_at > now() AND u.disabled_at IS NULL`;

/** A session that has not ended, of a user who is not disabled. */
export async function findLiveSession(transaction: Transaction, tokenHash: Buffer): Promise<LiveSession | undefined> {
  return transaction.findRow<LiveSession>(`${selectLive} AND s.token_hash = $1`, [tokenHash]);
}

/** The same by its id, for tokens that were issued to it. */
export async function findLiveSessionById(transaction: Transaction, id: string): Promise<LiveSession | undefined> {
  return transaction.findRow<LiveSession>(`${selectLive} AND s.id = $1`, [id]);
}

export async function insertSession(
  transaction: Transaction,
  session: NewSession & {
    readonly id: string;
    readonly tokenHash: Buffer;
    readonly idle: number;
    readonly longest: number;
  },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.sessions (id, user_id, token_hash, methods, strong, pending, ip, user_agent, actor_id,
                                created_at, used_at, expires_at, ends_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), now(),
             now() + make_interval(secs => least($10::float8, $11::float8)), now() + make_interval(secs => $11::float8))`,
    [
      session.id,
      session.userId,
      session.tokenHash,
      session.methods,
      session.strong,
      session.pending,
      session.ip ?? null,
      session.userAgent ?? null,
      session.actorId ?? null,
      session.idle,
      session.longest,
    ],
  );
}

/** Moves the end of a session that has not ended, never beyond its last moment. */
export async function extendSession(transaction: Transaction, id: string, seconds: number): Promise<void> {
  await transaction.execute(
    `UPDATE auth.sessions SET expires_at = least(now() + make_interval(secs => $2), ends_at), used_at = now()
      WHERE id = $1 AND expires_at > now()`,
    [id, seconds],
  );
}

/** Completes a session that waited for a second factor, or strengthens one, under a new token. */
export async function strengthenSession(
  transaction: Transaction,
  session: { readonly id: string; readonly method: SignInMethod; readonly tokenHash: Buffer },
): Promise<boolean> {
  return (
    (await transaction.execute(
      `UPDATE auth.sessions SET token_hash = $2, strong = true, pending = false,
              methods = CASE WHEN $3 = ANY (methods) THEN methods ELSE array_append(methods, $3) END
        WHERE id = $1 AND expires_at > now()`,
      [session.id, session.tokenHash, session.method],
    )) > 0
  );
}

/** A user's live sessions, the newest first. `currentId` is the one that asks. */
export async function listSessions(
  transaction: Transaction,
  query: { userId: string; currentId: string | undefined; before: string | undefined; limit: number },
): Promise<Session[]> {
  return transaction.rows<Session>(
    `SELECT id, name, ip, user_agent AS "userAgent", methods, created_at AS "createdAt", used_at AS "usedAt",
            expires_at AS "expiresAt", id IS NOT DISTINCT FROM $2::uuid AS current
       FROM auth.sessions
      WHERE user_id = $1 AND expires_at > now() AND NOT pending AND ($3::uuid IS NULL OR id < $3)
      ORDER BY id DESC LIMIT $4`,
    [query.userId, query.currentId ?? null, query.before ?? null, query.limit],
  );
}

export async function renameSession(
  transaction: Transaction,
  session: { readonly userId: string; readonly id: string; readonly name: string },
): Promise<boolean> {
  const { userId, id, name } = session;
  return (
    (await transaction.execute(
      `UPDATE auth.sessions SET name = $3 WHERE user_id = $1 AND id = $2 AND expires_at > now()`,
      [userId, id, name],
    )) > 0
  );
}

/** Sets the tenant that a session works in where a request names none. */
export async function setSessionTenant(transaction: Transaction, id: string, tenantId: string): Promise<void> {
  await transaction.execute(`UPDATE auth.sessions SET chosen_tenant_id = $2 WHERE id = $1 AND expires_at > now()`, [
    id,
    tenantId,
  ]);
}

/** Which sessions of a user are meant. */
export interface SessionSelection {
  readonly userId: string;
  /** This one alone. */
  readonly id?: string | undefined;
  /** All but this one. */
  readonly except?: string | undefined;
}

/** Ends sessions of a user. Returns the ids of those that were ended. */
export async function deleteSessions(transaction: Transaction, selection: SessionSelection): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `DELETE FROM auth.sessions
      WHERE user_id = $1 AND ($2::uuid IS NULL OR id = $2) AND ($3::uuid IS NULL OR id <> $3) RETURNING id`,
    [selection.userId, selection.id ?? null, selection.except ?? null],
  );
  return rows.map((row) => row.id);
}

/** Removes sessions that ended by themselves, and says whose they were. */
export async function deleteEndedSessions(
  transaction: Transaction,
  limit: number,
): Promise<{ id: string; userId: string }[]> {
  return transaction.rows<{ id: string; userId: string }>(
    `DELETE FROM auth.sessions
      WHERE id IN (SELECT id FROM auth.sessions WHERE expires_at <= now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING id, user_id AS "userId"`,
    [limit],
  );
}
