import type { Permission } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import type { ApiKey } from './api-key.ts';

export interface NewApiKey extends ApiKey {
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly hash: Buffer;
}

/** A key that can be used, of somebody who is not disabled. */
export interface LiveApiKey {
  readonly id: string;
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly scopes: readonly Permission[];
  readonly createdBy: string;
  readonly rateLimit: number | null;
}

const columns = `id, name, prefix, scopes, created_by AS "createdBy", created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", rate_limit AS "rateLimit", rotated_at AS "rotatedAt",
  previous_until AS "overlapUntil", last_used_at AS "lastUsedAt"`;

export async function insertApiKey(transaction: Transaction, key: NewApiKey): Promise<void> {
  await transaction.execute(
    `INSERT INTO iam.api_keys (id, tenant_id, organization_id, name, prefix, hash, scopes, created_by, created_at,
                               expires_at, rate_limit)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      key.id,
      key.tenantId,
      key.organizationId,
      key.name,
      key.prefix,
      key.hash,
      key.scopes,
      key.createdBy,
      key.createdAt,
      key.expiresAt,
      key.rateLimit,
    ],
  );
}

/** The tenant's keys, the revoked ones too, in the order in which they were made. */
export async function listApiKeys(
  transaction: Transaction,
  query: { after: string | undefined; limit: number },
): Promise<ApiKey[]> {
  return transaction.rows<ApiKey>(
    `SELECT ${columns} FROM iam.api_keys WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [query.after ?? null, query.limit],
  );
}

export async function findApiKey(transaction: Transaction, id: string): Promise<ApiKey | undefined> {
  return transaction.findRow<ApiKey>(`SELECT ${columns} FROM iam.api_keys WHERE id = $1`, [id]);
}

/** Locks the key until the transaction ends. */
export async function findApiKeyForUpdate(transaction: Transaction, id: string): Promise<ApiKey | undefined> {
  return transaction.findRow<ApiKey>(`SELECT ${columns} FROM iam.api_keys WHERE id = $1 FOR UPDATE`, [id]);
}

export async function updateApiKey(
  transaction: Transaction,
  key: Pick<ApiKey, 'id' | 'name' | 'rateLimit'>,
): Promise<void> {
  await transaction.execute(`UPDATE iam.api_keys SET name = $2, rate_limit = $3 WHERE id = $1`, [
    key.id,
    key.name,
    key.rateLimit,
  ]);
}

/** Puts another secret in place; the one before counts until `overlapUntil`, null: no more. */
export async function replaceSecret(
  transaction: Transaction,
  key: Pick<ApiKey, 'id' | 'prefix' | 'rotatedAt' | 'overlapUntil'> & { readonly hash: Buffer },
): Promise<void> {
  await transaction.execute(
    `UPDATE iam.api_keys
        SET previous_hash = CASE WHEN $5::timestamptz IS NOT NULL THEN hash END, previous_until = $5,
            hash = $2, prefix = $3, rotated_at = $4
      WHERE id = $1`,
    [key.id, key.hash, key.prefix, key.rotatedAt, key.overlapUntil],
  );
}

/** How many keys of the transaction's tenant can be used. Whoever counts at the same time waits. */
export async function countLiveApiKeys(transaction: Transaction, now: Date): Promise<number> {
  await transaction.execute(
    `SELECT pg_advisory_xact_lock(hashtextextended('iam.api_keys ' || plinth.current_tenant(), 0))`,
  );
  const row = await transaction.findRow<{ count: number }>(
    `SELECT count(*)::int AS count FROM iam.api_keys
      WHERE tenant_id = plinth.current_tenant() AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1)`,
    [now],
  );
  return row?.count ?? 0;
}

/** Revokes a key; false when it was revoked before. */
export async function revokeApiKey(transaction: Transaction, id: string, now: Date): Promise<boolean> {
  return (
    (await transaction.execute(`UPDATE iam.api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`, [
      id,
      now,
    ])) > 0
  );
}

/** `ended`: there was such a key, so that whoever sends it does not guess. Needs a platform transaction. */
export async function findApiKeyByHash(
  transaction: Transaction,
  hash: Buffer,
  now: Date,
): Promise<LiveApiKey | 'ended' | undefined> {
  const row = await transaction.findRow<LiveApiKey & { live: boolean }>(
    `SELECT k.id, k.tenant_id AS "tenantId", k.organization_id AS "organizationId", k.scopes,
            k.created_by AS "createdBy", k.rate_limit AS "rateLimit",
            u.disabled_at IS NULL AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)
              AND (k.hash = $1 OR k.previous_until > $2) AS live
       FROM iam.api_keys k JOIN auth.users u ON u.id = k.created_by
      WHERE k.hash = $1 OR k.previous_hash = $1`,
    [hash, now],
  );
  if (row === undefined) return undefined;
  return row.live ? row : 'ended';
}

/** Notes when keys were last used. Needs a platform transaction. */
export async function updateLastUsed(transaction: Transaction, uses: ReadonlyMap<string, Date>): Promise<void> {
  await transaction.execute(
    `UPDATE iam.api_keys k SET last_used_at = u.used_at
       FROM unnest($1::uuid[], $2::timestamptz[]) AS u (id, used_at)
      WHERE k.id = u.id AND (k.last_used_at IS NULL OR k.last_used_at < u.used_at)`,
    [[...uses.keys()], [...uses.values()]],
  );
}
