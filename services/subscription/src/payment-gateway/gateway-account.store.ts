import type { Transaction } from '@plinth/common';
import type { GatewayAccount } from './gateway-account.ts';

/** A gateway account with its encrypted keys. */
export interface StoredGatewayAccount extends GatewayAccount {
  readonly secretKey: Buffer;
  readonly webhookSecret: Buffer | null;
}

const columns = `id, tenant_id AS "tenantId", gateway, name, legal_entity_id AS "legalEntityId",
  publishable_key AS "publishableKey", secret_key AS "secretKey", webhook_secret AS "webhookSecret",
  webhook_secret IS NOT NULL AS "hasWebhookSecret", enabled, version, created_at AS "createdAt", updated_at AS "updatedAt"`;

export async function insertGatewayAccount(transaction: Transaction, account: StoredGatewayAccount): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.gateway_accounts (id, tenant_id, gateway, name, legal_entity_id, publishable_key, secret_key,
       webhook_secret, enabled, version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
    [
      account.id,
      account.tenantId,
      account.gateway,
      account.name,
      account.legalEntityId,
      account.publishableKey,
      account.secretKey,
      account.webhookSecret,
      account.enabled,
      account.version,
      account.createdAt,
    ],
  );
}

export async function updateGatewayAccount(transaction: Transaction, account: StoredGatewayAccount): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.gateway_accounts SET name = $2, legal_entity_id = $3, publishable_key = $4, secret_key = $5,
       webhook_secret = $6, enabled = $7, version = $8, updated_at = $9 WHERE id = $1`,
    [
      account.id,
      account.name,
      account.legalEntityId,
      account.publishableKey,
      account.secretKey,
      account.webhookSecret,
      account.enabled,
      account.version,
      account.updatedAt,
    ],
  );
}

/** The gateway account; in a platform transaction, whosever it is. */
export async function findGatewayAccount(
  transaction: Transaction,
  id: string,
): Promise<StoredGatewayAccount | undefined> {
  return transaction.findRow(`SELECT ${columns} FROM subscription.gateway_accounts WHERE id = $1`, [id]);
}

export async function findGatewayAccountForUpdate(
  transaction: Transaction,
  id: string,
): Promise<StoredGatewayAccount | undefined> {
  return transaction.findRow(`SELECT ${columns} FROM subscription.gateway_accounts WHERE id = $1 FOR UPDATE`, [id]);
}

export async function listGatewayAccounts(
  transaction: Transaction,
  limit: number,
  after: string | undefined,
): Promise<StoredGatewayAccount[]> {
  return transaction.rows(
    `SELECT ${columns} FROM subscription.gateway_accounts WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [after ?? null, limit],
  );
}
