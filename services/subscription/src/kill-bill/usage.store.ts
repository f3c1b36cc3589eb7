import type { Transaction } from '@plinth/common';
import type { LocalDate } from '@plinth/common/calendar';

/** What identifies the usage of a part of a period. */
export interface UsageKey {
  readonly subscriptionId: string;
  readonly track: string;
  readonly meter: string;
  readonly partFrom: LocalDate;
}

export interface UsageRow extends UsageKey {
  readonly revision: number;
  readonly day: LocalDate;
  readonly quantity: string;
  readonly sentAt: Date | null;
}

const columns = `subscription_id AS "subscriptionId", track, meter, part_from::text AS "partFrom", revision, day::text AS day,
  quantity::text AS quantity, sent_at AS "sentAt"`;

/** All that was recorded of the subscriptions since a date, in the order of recording. */
export async function listUsages(
  transaction: Transaction,
  subscriptionIds: readonly string[],
  since: LocalDate,
): Promise<UsageRow[]> {
  return transaction.rows(
    `SELECT ${columns} FROM subscription.kill_bill_usages WHERE subscription_id = ANY ($1::uuid[]) AND part_from >= $2
     ORDER BY kill_bill_usages.subscription_id, track, meter, kill_bill_usages.part_from, revision`,
    [subscriptionIds, since],
  );
}

export async function insertUsage(transaction: Transaction, usage: Omit<UsageRow, 'sentAt'>): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.kill_bill_usages (tenant_id, subscription_id, track, meter, part_from, revision, day, quantity)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      transaction.tenantId,
      usage.subscriptionId,
      usage.track,
      usage.meter,
      usage.partFrom,
      usage.revision,
      usage.day,
      usage.quantity,
    ],
  );
}

export async function noteSent(transaction: Transaction, usage: UsageRow, at: Date): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.kill_bill_usages SET sent_at = $6
     WHERE subscription_id = $1 AND track = $2 AND meter = $3 AND part_from = $4 AND revision = $5`,
    [usage.subscriptionId, usage.track, usage.meter, usage.partFrom, usage.revision, at],
  );
}

/** Subscriptions that Kill Bill has, page by page. */
export async function listCounted(
  transaction: Transaction,
  [afterId, afterTrack]: readonly [string, string],
  limit: number,
): Promise<{ subscriptionId: string; track: string; killBillId: string }[]> {
  return transaction.rows(
    `SELECT subscription_id AS "subscriptionId", track, kill_bill_id AS "killBillId" FROM subscription.kill_bill_subscriptions
     WHERE kill_bill_id IS NOT NULL AND problem IS NULL AND (subscription_id, track) > ($1, $2)
     ORDER BY kill_bill_subscriptions.subscription_id, track LIMIT $3`,
    [afterId, afterTrack, limit],
  );
}
