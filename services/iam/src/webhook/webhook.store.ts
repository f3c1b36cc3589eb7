import type { Transaction } from '@plinth/common';
import type { Webhook } from './webhook.ts';

const columns = `id, url, description, event_types AS "eventTypes", previous_until AS "overlapUntil",
  created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt", disabled_at AS "disabledAt",
  disabled_because AS "disabledBecause", version`;

export async function insertWebhook(transaction: Transaction, webhook: Webhook, secret: Buffer): Promise<void> {
  await transaction.execute(
    `INSERT INTO iam.webhook_endpoints
       (id, tenant_id, url, description, event_types, secret, created_by, created_at, updated_at)
     VALUES ($1, plinth.current_tenant(), $2, $3, $4, $5, $6, $7, $7)`,
    [webhook.id, webhook.url, webhook.description, webhook.eventTypes, secret, webhook.createdBy, webhook.createdAt],
  );
}

/** Webhooks of the transaction's tenant in the order in which they were made. */
export async function listWebhooks(
  transaction: Transaction,
  query: { after: string | undefined; limit: number },
): Promise<Webhook[]> {
  return transaction.rows<Webhook>(
    `SELECT ${columns} FROM iam.webhook_endpoints WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [query.after ?? null, query.limit],
  );
}

export async function findWebhook(transaction: Transaction, id: string): Promise<Webhook | undefined> {
  return transaction.findRow<Webhook>(`SELECT ${columns} FROM iam.webhook_endpoints WHERE id = $1`, [id]);
}

/** Locks the webhook until the transaction ends. */
export async function findWebhookForUpdate(transaction: Transaction, id: string): Promise<Webhook | undefined> {
  return transaction.findRow<Webhook>(`SELECT ${columns} FROM iam.webhook_endpoints WHERE id = $1 FOR UPDATE`, [id]);
}

/** How many the transaction's tenant has. Whoever counts at the same time waits. */
export async function countWebhooks(transaction: Transaction): Promise<number> {
  await transaction.execute(
    `SELECT pg_advisory_xact_lock(hashtextextended('iam.webhooks ' || plinth.current_tenant(), 0))`,
  );
  const row = await transaction.findRow<{ count: number }>(`SELECT count(*)::int AS count FROM iam.webhook_endpoints`);
  return row?.count ?? 0;
}

export async function updateWebhook(transaction: Transaction, webhook: Webhook): Promise<void> {
  await transaction.execute(
    `UPDATE iam.webhook_endpoints
        SET url = $2, description = $3, event_types = $4, updated_at = $5, disabled_at = $6, disabled_because = $7,
            version = $8, paused_until = NULL
      WHERE id = $1`,
    [
      webhook.id,
      webhook.url,
      webhook.description,
      webhook.eventTypes,
      webhook.updatedAt,
      webhook.disabledAt,
      webhook.disabledBecause,
      webhook.version,
    ],
  );
}

/** Puts another secret in place; the one before signs beside it until `overlapUntil`, null: no more. */
export async function replaceSecret(
  transaction: Transaction,
  webhook: Pick<Webhook, 'id' | 'overlapUntil'> & { readonly secret: Buffer },
): Promise<void> {
  await transaction.execute(
    `UPDATE iam.webhook_endpoints
        SET previous_secret = CASE WHEN $3::timestamptz IS NOT NULL THEN secret END, previous_until = $3, secret = $2
      WHERE id = $1`,
    [webhook.id, webhook.secret, webhook.overlapUntil],
  );
}

/** Deletes the webhook with its deliveries. */
export async function deleteWebhook(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM iam.webhook_endpoints WHERE id = $1`, [id]);
}

/** Makes the transaction see every tenant's rows from here on, as a platform transaction does. */
export async function seeAllTenants(transaction: Transaction): Promise<void> {
  await transaction.execute(`SELECT set_config('plinth.scope', 'platform', true)`);
}

/** Webhooks of these tenants that want events of the type. Needs a platform transaction. */
export async function listListening(
  transaction: Transaction,
  tenantIds: readonly string[],
  eventType: string,
): Promise<{ id: string; tenantId: string }[]> {
  return transaction.rows(
    `SELECT id, tenant_id AS "tenantId" FROM iam.webhook_endpoints
      WHERE tenant_id = ANY ($1::uuid[]) AND $2 = ANY (event_types) AND disabled_at IS NULL`,
    [tenantIds, eventType],
  );
}

/** Tenants that a user belongs to. Needs a platform transaction. */
export async function listTenantsOf(transaction: Transaction, userId: string): Promise<string[]> {
  const rows = await transaction.rows<{ tenantId: string }>(
    `SELECT DISTINCT tenant_id AS "tenantId" FROM iam.effective_assignments
      WHERE user_id = $1 AND tenant_id IS NOT NULL`,
    [userId],
  );
  return rows.map((row) => row.tenantId);
}
