import type { Transaction } from '@plinth/common';
import type { WebhookDelivery } from './webhook.ts';

const columns = `d.id, d.event_type AS "eventType", d.status, d.attempts, d.created_at AS "createdAt",
  d.next_attempt_at AS "nextAttemptAt", d.last_attempt_at AS "lastAttemptAt", d.last_status AS "lastStatus",
  d.last_response AS "lastResponse", d.last_error AS "lastError", d.body`;

export interface NewDelivery {
  readonly id: string;
  readonly tenantId: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly body: string;
  readonly now: Date;
}

/** Queues a message; one event goes to a webhook once, however often it is queued. */
export async function insertDelivery(transaction: Transaction, delivery: NewDelivery): Promise<void> {
  await transaction.execute(
    `INSERT INTO iam.webhook_deliveries
       (id, tenant_id, endpoint_id, event_id, event_type, body, status, created_at, next_attempt_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $7) ON CONFLICT ON CONSTRAINT webhook_deliveries_once DO NOTHING`,
    [
      delivery.id,
      delivery.tenantId,
      delivery.webhookId,
      delivery.eventId,
      delivery.eventType,
      delivery.body,
      delivery.now,
    ],
  );
}

/** Messages to a webhook, the newest first. */
export async function listDeliveries(
  transaction: Transaction,
  query: { webhookId: string; status: string | undefined; before: string | undefined; limit: number },
): Promise<WebhookDelivery[]> {
  return transaction.rows<WebhookDelivery>(
    `SELECT ${columns} FROM iam.webhook_deliveries d
      WHERE d.endpoint_id = $1 AND ($2::text IS NULL OR d.status = $2) AND ($3::uuid IS NULL OR d.id < $3)
      ORDER BY d.id DESC LIMIT $4`,
    [query.webhookId, query.status ?? null, query.before ?? null, query.limit],
  );
}

export async function findDelivery(
  transaction: Transaction,
  webhookId: string,
  id: string,
): Promise<WebhookDelivery | undefined> {
  return transaction.findRow<WebhookDelivery>(
    `SELECT ${columns} FROM iam.webhook_deliveries d WHERE d.endpoint_id = $1 AND d.id = $2`,
    [webhookId, id],
  );
}

/** Makes a message wait again, with all its attempts before it. */
export async function resetDelivery(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.execute(
    `UPDATE iam.webhook_deliveries SET status = 'waiting', attempts = 0, next_attempt_at = $2 WHERE id = $1`,
    [id, now],
  );
}

/** A message that is being sent. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly tenantId: string;
  readonly webhookId: string;
  readonly body: string;
  /** This one counted. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly url: string;
  readonly secret: Buffer;
  readonly previousSecret: Buffer | null;
  readonly overlapUntil: Date | null;
}

/** Takes a message that is due, so that no other process takes it before `until`. Needs a platform transaction. */
export async function claimDelivery(
  transaction: Transaction,
  now: Date,
  until: Date,
): Promise<ClaimedDelivery | undefined> {
  return transaction.findRow<ClaimedDelivery>(
    `UPDATE iam.webhook_deliveries d SET next_attempt_at = $2, attempts = d.attempts + 1, last_attempt_at = $1
       FROM iam.webhook_endpoints e
      WHERE e.id = d.endpoint_id AND d.id = (
        SELECT w.id FROM iam.webhook_deliveries w JOIN iam.webhook_endpoints h ON h.id = w.endpoint_id
         WHERE w.status = 'waiting' AND w.next_attempt_at <= $1 AND h.disabled_at IS NULL
           AND (h.paused_until IS NULL OR h.paused_until <= $1)
         ORDER BY w.next_attempt_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
      RETURNING d.id, d.tenant_id AS "tenantId", d.endpoint_id AS "webhookId", d.body, d.attempts,
                d.created_at AS "createdAt", e.url, e.secret, e.previous_secret AS "previousSecret",
                e.previous_until AS "overlapUntil"`,
    [now, until],
  );
}

/** What became of an attempt. */
export interface AttemptOutcome {
  readonly id: string;
  readonly webhookId: string;
  readonly delivered: boolean;
  /** When to try again; undefined after the last one. */
  readonly nextAttemptAt: Date | undefined;
  readonly pausedUntil: Date;
  readonly status: number | null;
  readonly response: string | null;
  readonly error: string | null;
  readonly now: Date;
}

export async function saveOutcome(transaction: Transaction, outcome: AttemptOutcome): Promise<void> {
  const status = outcome.delivered ? 'delivered' : outcome.nextAttemptAt === undefined ? 'failed' : 'waiting';
  await transaction.execute(
    `UPDATE iam.webhook_deliveries
        SET status = $2, next_attempt_at = $3, last_status = $4, last_response = $5, last_error = $6 WHERE id = $1`,
    [
      outcome.id,
      status,
      status === 'waiting' ? outcome.nextAttemptAt : null,
      outcome.status,
      outcome.response,
      outcome.error,
    ],
  );
  await transaction.execute(
    `UPDATE iam.webhook_endpoints
        SET last_success_at = CASE WHEN $2::boolean THEN $3::timestamptz ELSE last_success_at END,
            paused_until = CASE WHEN NOT $2::boolean THEN $4::timestamptz END
      WHERE id = $1`,
    [outcome.webhookId, outcome.delivered, outcome.now, outcome.pausedUntil],
  );
}

/** Disables a webhook that took nothing since `since`; its waiting messages fail with it. False: it took something. */
export async function disableFailing(
  transaction: Transaction,
  webhook: { readonly id: string; readonly since: Date; readonly now: Date },
): Promise<boolean> {
  const disabled = await transaction.execute(
    `UPDATE iam.webhook_endpoints
        SET disabled_at = $3, disabled_because = 'failing', version = version + 1, updated_at = $3
      WHERE id = $1 AND disabled_at IS NULL AND (last_success_at IS NULL OR last_success_at < $2)`,
    [webhook.id, webhook.since, webhook.now],
  );
  if (disabled === 0) return false;
  await transaction.execute(
    `UPDATE iam.webhook_deliveries SET status = 'failed', next_attempt_at = NULL
      WHERE endpoint_id = $1 AND status = 'waiting'`,
    [webhook.id],
  );
  return true;
}

/** Removes old messages. Needs a platform transaction. */
export async function deleteDeliveriesBefore(transaction: Transaction, time: Date): Promise<void> {
  await transaction.execute(`DELETE FROM iam.webhook_deliveries WHERE created_at < $1 AND status <> 'waiting'`, [time]);
}
