import { plainArray, textArray, type Transaction } from '@plinth/common';

/** An event that was refused. */
export interface RejectedEvent {
  readonly id: string;
  readonly reason: string;
  /** As it came; null when it was too large to keep. */
  readonly event: unknown;
  readonly receivedAt: Date;
}

/** How many events were refused for a reason. */
export interface RejectionCount {
  readonly reason: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

const MOST_KEPT = 10_000;

/** Counts refused events by reason; sorted, so that two writers do not deadlock. */
export async function countRejections(
  transaction: Transaction,
  counts: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  const sorted = [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
  await transaction.execute(
    `INSERT INTO metering.rejection_counts AS c (tenant_id, reason, events, first_at, last_at)
     SELECT $1, n.reason, n.events, $4, $4 FROM unnest($2::text[], $3::bigint[]) AS n (reason, events)
     ON CONFLICT (tenant_id, reason) DO UPDATE SET events = c.events + excluded.events, last_at = excluded.last_at`,
    [
      transaction.tenantId,
      textArray(sorted.map(([reason]) => reason)),
      plainArray(sorted.map(([, count]) => count)),
      now,
    ],
  );
}

/** Keeps refused events, and the tenant's newest ones alone. */
export async function insertRejected(transaction: Transaction, events: readonly RejectedEvent[]): Promise<void> {
  await transaction.execute(
    `INSERT INTO metering.rejected_events (id, tenant_id, reason, event, received_at)
     SELECT n.id, $1, n.reason, nullif(n.event, '')::json, $5 FROM unnest($2::uuid[], $3::text[], $4::text[]) AS n (id, reason, event)`,
    [
      transaction.tenantId,
      plainArray(events.map(({ id }) => id)),
      textArray(events.map(({ reason }) => reason)),
      textArray(events.map(({ event }) => (event === null ? '' : JSON.stringify(event)))),
      events[0]?.receivedAt,
    ],
  );
  await transaction.execute(
    `DELETE FROM metering.rejected_events WHERE id <= (SELECT id FROM metering.rejected_events ORDER BY id DESC OFFSET ${MOST_KEPT} LIMIT 1)`,
  );
}

const columns = `id, reason, event, received_at AS "receivedAt"`;

/** Refused events, newest first; of one reason where it is named. */
export async function listRejected(
  transaction: Transaction,
  query: { readonly reason: string | undefined; readonly before: string | undefined; readonly limit: number },
): Promise<RejectedEvent[]> {
  return transaction.rows<RejectedEvent>(
    `SELECT ${columns} FROM metering.rejected_events
     WHERE ($1::text IS NULL OR reason = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [query.reason ?? null, query.before ?? null, query.limit],
  );
}

export async function listRejectionCounts(transaction: Transaction): Promise<RejectionCount[]> {
  return transaction.rows<RejectionCount>(
    `SELECT reason, events::int AS count, first_at AS "firstAt", last_at AS "lastAt" FROM metering.rejection_counts ORDER BY last_at DESC, reason LIMIT 200`,
  );
}

export async function findRejected(transaction: Transaction, id: string): Promise<RejectedEvent | undefined> {
  return transaction.findRow<RejectedEvent>(`SELECT ${columns} FROM metering.rejected_events WHERE id = $1`, [id]);
}

export async function deleteRejected(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM metering.rejected_events WHERE id = $1`, [id]);
}
