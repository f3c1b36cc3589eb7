import type { Transaction } from '@plinth/common';

/** What a user agreed to for an application. */
export interface Consent {
  readonly clientId: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly grantedAt: Date;
}

/** The scopes that the user has agreed to for the client. */
export async function findConsent(transaction: Transaction, userId: string, clientId: string): Promise<string[]> {
  const row = await transaction.findRow<{ scopes: string[] }>(
    `SELECT scopes FROM auth.consents WHERE user_id = $1 AND client_id = $2`,
    [userId, clientId],
  );
  return row?.scopes ?? [];
}

/** Everything that the user has agreed to, by client. */
export async function listConsents(
  transaction: Transaction,
  query: { readonly userId: string; readonly after: string | undefined; readonly limit: number },
): Promise<Consent[]> {
  return transaction.rows<Consent>(
    `SELECT o.client_id AS "clientId", c.name AS "clientName", o.scopes, o.granted_at AS "grantedAt"
       FROM auth.consents o JOIN auth.clients c ON c.id = o.client_id
      WHERE o.user_id = $1 AND ($2::text IS NULL OR o.client_id > $2) ORDER BY o.client_id LIMIT $3`,
    [query.userId, query.after ?? null, query.limit],
  );
}

/** Adds to what the user has agreed to. */
export async function addConsent(
  transaction: Transaction,
  consent: {
    readonly userId: string;
    readonly clientId: string;
    readonly scopes: readonly string[];
    readonly now: Date;
  },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.consents (user_id, client_id, scopes, granted_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (user_id, client_id) DO UPDATE SET granted_at = excluded.granted_at,
       scopes = (SELECT array_agg(DISTINCT scope ORDER BY scope) FROM unnest(consents.scopes || excluded.scopes) AS scope)`,
    [consent.userId, consent.clientId, consent.scopes, consent.now],
  );
}

/** Takes the agreement back, and everything that was issued under it. */
export async function deleteConsent(transaction: Transaction, userId: string, clientId: string): Promise<boolean> {
  const deleted = await transaction.execute(`DELETE FROM auth.consents WHERE user_id = $1 AND client_id = $2`, [
    userId,
    clientId,
  ]);
  await transaction.execute(
    `DELETE FROM auth.grants g USING auth.sessions s WHERE s.id = g.session_id AND s.user_id = $1 AND g.client_id = $2`,
    [userId, clientId],
  );
  return deleted > 0;
}
