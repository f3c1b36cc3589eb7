import type { Transaction } from '@plinth/common';
import type { RoleGrant } from '../role/role.ts';

export interface LiveSession {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly secondsLeft: number;
  readonly grants: readonly RoleGrant[];
}

export interface SessionRow {
  readonly id: string;
  readonly token: string;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly created_at: Date;
  readonly used_at: Date;
  readonly expires_at: Date;
}

/** A session that has not ended, with its user's grants, the oldest first. Needs a platform transaction. */
export function findLiveSession(transaction: Transaction, token: string): Promise<LiveSession | undefined> {
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

/** Moves the end of a session. */
export async function extendSession(transaction: Transaction, id: string, seconds: number): Promise<void> {
  await transaction.execute(
    `UPDATE auth.session SET "expiresAt" = now() + make_interval(secs => $2), "updatedAt" = now()
      WHERE id = $1 AND "expiresAt" > now()`,
    [id, seconds],
  );
}

/** A page of a user's live sessions, the newest first. */
export function listSessions(
  transaction: Transaction,
  query: { userId: string; before: string | undefined; limit: number },
): Promise<SessionRow[]> {
  return transaction.rows<SessionRow>(
    `SELECT id, token, "ipAddress" AS ip, "userAgent" AS user_agent, "createdAt" AS created_at,
            "updatedAt" AS used_at, "expiresAt" AS expires_at
       FROM auth.session
      WHERE "userId" = $1 AND "expiresAt" > now() AND ($2::uuid IS NULL OR id < $2)
      ORDER BY id DESC LIMIT $3`,
    [query.userId, query.before ?? null, query.limit],
  );
}

/** Ids of the user's sessions that were ended: one, or all when `id` is undefined. */
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

/** Removes sessions that have ended by themselves; tells how many. */
export function deleteEndedSessions(transaction: Transaction, limit: number): Promise<number> {
  return transaction.execute(
    `DELETE FROM auth.session WHERE id IN (SELECT id FROM auth.session WHERE "expiresAt" <= now() ORDER BY "expiresAt" LIMIT $1)`,
    [limit],
  );
}
