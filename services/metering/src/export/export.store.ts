import type { Transaction } from '@plinth/common';

/** An event as it is exported. */
export interface ExportedEvent {
  readonly accountId: string;
  readonly time: Date;
  readonly hash: string;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  /** JSON. */
  readonly data: string;
  readonly receivedAt: Date;
}

/** Where a page begins: after this event, in the order account, time, hash. */
export type ExportPosition = Pick<ExportedEvent, 'accountId' | 'hash'> & { readonly time: Date | string };

export const exportStart: ExportPosition = {
  accountId: '00000000-0000-0000-0000-000000000000',
  time: '-infinity',
  hash: '00000000-0000-0000-0000-000000000000',
};

export interface ExportRange {
  readonly from: Date;
  readonly to: Date;
  readonly type: string | undefined;
  readonly accountId: string | undefined;
}

/** A page of events in [from, to) after a position, without those that were retracted. */
export async function readEvents(
  transaction: Transaction,
  { from, to, type, accountId }: ExportRange,
  after: ExportPosition,
  limit: number,
): Promise<ExportedEvent[]> {
  // Two texts, so that one account's events are looked up and not searched for.
  const place =
    accountId === undefined
      ? '(account_id, time, event_hash) > ($4::uuid, $5::timestamptz, $6::uuid)'
      : 'account_id = $4::uuid AND (time, event_hash) > ($5::timestamptz, $6::uuid)';
  return transaction.rows<ExportedEvent>(
    `SELECT account_id AS "accountId", time, event_hash AS hash, source, id, type, data::text AS data, received_at AS "receivedAt"
     FROM metering.events
     WHERE time >= $1 AND time < $2 AND ($3::text IS NULL OR type = $3) AND NOT retracted AND ${place}
     ORDER BY account_id, time, event_hash LIMIT $7`,
    [from, to, type ?? null, accountId ?? after.accountId, after.time, after.hash, limit],
  );
}
