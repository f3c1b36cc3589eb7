import type { Permission } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import type { ApiKey } from './api-key.ts';

export interface NewApiKey extends ApiKey {
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly hash: Buffer;
}

/** A key that is neither expired nor revoked, with its creator's roles in its tenant. */
export interface LiveApiKey {
  readonly id: string;
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly scopes: readonly Permission[];
  readonly creatorRoles: readonly string[];
}

const columns = `id, name, prefix, scopes, created_by AS "createdBy", created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

export async function insertApiKey(transaction: Transaction, key: NewApiKey): Promise<void> {
  await transaction.execute(
    `INSERT INTO iam.api_keys (id, tenant_id, organization_id, name, prefix, hash, scopes, created_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
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

/** Revokes a key; false when it was revoked before. */
export async function revokeApiKey(transaction: Transaction, id: string, now: Date): Promise<boolean> {
  return (
    (await transaction.execute(`UPDATE iam.api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`, [
      id,
      now,
    ])) > 0
  );
}

/** Needs a platform transaction: the tenant is not known before the key is found. */
export async function findLiveApiKey(transaction: Transaction, hash: Buffer): Promise<LiveApiKey | undefined> {
  return transaction.findRow<LiveApiKey>(
    `SELECT k.id, k.tenant_id AS "tenantId", k.organization_id AS "organizationId", k.scopes,
            ARRAY(SELECT r.role FROM iam.role_assignments r
                   WHERE r.user_id = k.created_by AND (r.tenant_id = k.tenant_id OR r.tenant_id IS NULL)) AS "creatorRoles"
       FROM iam.api_keys k
      WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`,
    [hash],
  );
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
