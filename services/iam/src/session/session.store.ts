import type { Transaction } from '@plinth/common';
import type { RoleGrant } from '../role/role.ts';
import type { Session } from './session.ts';

export interface LiveSession {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly secondsLeft: number;
  readonly grants: readonly RoleGrant[];
}

/** A session that has not ended, with everything that its user was granted. Needs a platform transaction. */
export async function findLiveSession(transaction: Transaction, token: string): Promise<LiveSession | undefined> {
  return transaction.findRow<LiveSession>(
    `SELECT s.id, s."userId", u.email, extract(epoch FROM s."expiresAt" - now())::float8 AS "secondsLeft",
            coalesce(g.grants, '[]') AS grants
       FROM auth.session s
       JOIN auth."user" u ON u.id = s."userId"
       LEFT JOIN LATERAL (
         SELECT json_agg(json_build_object('tenantId', tenant_id, 'organizationId', organization_id, 'role', role)
                         ORDER BY created_at, id) AS grants
           FROM iam.role_assignments WHERE user_id = s."userId") g ON true
      WHERE s.token = $1 AND s."expiresAt" > now()`,
    [token],
  );
}

/** Moves the end of a session that has not ended. */
export async function extendSession(transaction: Transaction, id: string, seconds: number): Promise<void> {
  await transaction.execute(
    `UPDATE auth.session SET "expiresAt" = now() + make_interval(secs => $2), "updatedAt" = now()
      WHERE id = $1 AND "expiresAt" > now()`,
    [id, seconds],
  );
}

/** A user's live sessions, the newest first. `token` tells which of them asks. */
export async function listSessions(
  transaction: Transaction,
  query: { userId: string; token: string | undefined; before: string | undefined; limit: number },
): Promise<Session[]> {
  return transaction.rows<Session>(
    `SELECT id, "ipAddress" AS ip, "userAgent", "createdAt", "updatedAt" AS "usedAt", "expiresAt",
            token IS NOT DISTINCT FROM $2 AS current
       FROM auth.session
      WHERE "userId" = $1 AND "expiresAt" > now() AND ($3::uuid IS NULL OR id < $3)
      ORDER BY id DESC LIMIT $4`,
    [query.userId, query.token ?? null, query.before ?? null, query.limit],
  );
}

/** Ends one session of a user, or all when `id` is undefined. Returns the ids of those that were ended. */
export async function deleteSessions(
  transaction: Transaction,
  userId: string,
  id: string | undefined,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `DELETE FROM auth.session WHERE "userId" = $1 AND ($2::uuid IS NULL OR id = $2) RETURNING id`,
    [userId, id ?? null],
  );
  return rows.map((row) => row.id);
}

/** Removes sessions that ended by themselves; tells how many. */
export async function deleteEndedSessions(transaction: Transaction, limit: number): Promise<number> {
  return transaction.execute(
    `DELETE FROM auth.session
      WHERE id IN (SELECT id FROM auth.session WHERE "expiresAt" <= now() ORDER BY "expiresAt" LIMIT $1 FOR UPDATE SKIP LOCKED)`,
    [limit],
  );
}
