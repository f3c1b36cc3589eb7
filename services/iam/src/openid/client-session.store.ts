import type { Transaction } from '@plinth/common';

/** Remembers that a client knows of a session, so that it is told of its end. */
export async function saveClientSession(
  transaction: Transaction,
  known: {
    readonly id: string;
    readonly clientId: string;
    readonly sessionId: string;
    readonly userId: string;
    readonly now: Date;
  },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.client_sessions (id, client_id, session_id, sid, user_id, next_attempt_at, created_at)
     SELECT $1, $2, $3, $3, $4, $5, $5 FROM auth.clients WHERE id = $2 AND backchannel_logout_uri IS NOT NULL
     ON CONFLICT (client_id, sid) DO NOTHING`,
    [known.id, known.clientId, known.sessionId, known.userId, known.now],
  );
}

/** A client that is still to be told of the end of a session. */
export interface LogoutNotice {
  readonly id: string;
  readonly clientId: string;
  readonly sid: string;
  readonly userId: string;
  /** This one too. */
  readonly attempts: number;
}

/** Takes the next notice that is due; it is not taken again before `until`. */
export async function claimLogoutNotice(
  transaction: Transaction,
  now: Date,
  until: Date,
): Promise<LogoutNotice | undefined> {
  return transaction.findRow<LogoutNotice>(
    `UPDATE auth.client_sessions SET attempts = attempts + 1, next_attempt_at = $2
      WHERE id = (SELECT id FROM auth.client_sessions WHERE session_id IS NULL AND next_attempt_at <= $1
                   ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, client_id AS "clientId", sid, user_id AS "userId", attempts`,
    [now, until],
  );
}

export async function postponeLogoutNotice(transaction: Transaction, id: string, until: Date): Promise<void> {
  await transaction.execute(`UPDATE auth.client_sessions SET next_attempt_at = $2 WHERE id = $1`, [id, until]);
}

export async function deleteLogoutNotice(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM auth.client_sessions WHERE id = $1`, [id]);
}
