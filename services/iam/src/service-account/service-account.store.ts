import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { ServiceAccount, ServiceAccountSecret } from './service-account.ts';

const columns = `id, name, description, public_keys AS "publicKeys", created_by AS "createdBy",
  created_at AS "createdAt", updated_at AS "updatedAt", disabled_at AS "disabledAt", last_used_at AS "lastUsedAt", version`;

/** Throws `AlreadyExistsError` when the name is taken. */
export async function insertServiceAccount(
  transaction: Transaction,
  account: ServiceAccount,
  organizationId: string | null,
): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO iam.service_accounts
         (id, tenant_id, organization_id, name, description, public_keys, created_by, created_at, updated_at)
       VALUES ($1, plinth.current_tenant(), $2, $3, $4, $5, $6, $7, $7)`,
      [
        account.id,
        organizationId,
        account.name,
        account.description,
        account.publicKeys === null ? null : JSON.stringify(account.publicKeys),
        account.createdBy,
        account.createdAt,
      ],
    ),
    'service account',
    account.name,
  );
}

/** Service accounts of the transaction's tenant in the order in which they were made. */
export async function listServiceAccounts(
  transaction: Transaction,
  query: { after: string | undefined; limit: number },
): Promise<ServiceAccount[]> {
  return transaction.rows<ServiceAccount>(
    `SELECT ${columns} FROM iam.service_accounts WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [query.after ?? null, query.limit],
  );
}

export async function findServiceAccount(transaction: Transaction, id: string): Promise<ServiceAccount | undefined> {
  return transaction.findRow<ServiceAccount>(`SELECT ${columns} FROM iam.service_accounts WHERE id = $1`, [id]);
}

/** Locks the account until the transaction ends. */
export async function findServiceAccountForUpdate(
  transaction: Transaction,
  id: string,
): Promise<ServiceAccount | undefined> {
  return transaction.findRow<ServiceAccount>(`SELECT ${columns} FROM iam.service_accounts WHERE id = $1 FOR UPDATE`, [
    id,
  ]);
}

/** Throws `AlreadyExistsError` when the name is taken. */
export async function updateServiceAccount(transaction: Transaction, account: ServiceAccount): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `UPDATE iam.service_accounts
          SET name = $2, description = $3, public_keys = $4, updated_at = $5, disabled_at = $6, version = $7
        WHERE id = $1`,
      [
        account.id,
        account.name,
        account.description,
        account.publicKeys === null ? null : JSON.stringify(account.publicKeys),
        account.updatedAt,
        account.disabledAt,
        account.version,
      ],
    ),
    'service account',
    account.name,
  );
}

/** Deletes the account with its secrets and role assignments. */
export async function deleteServiceAccount(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM iam.service_accounts WHERE id = $1`, [id]);
}

export async function insertSecret(
  transaction: Transaction,
  secret: ServiceAccountSecret & { readonly serviceAccountId: string; readonly hash: Buffer },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO iam.service_account_secrets (id, tenant_id, service_account_id, prefix, hash, created_at, expires_at)
     VALUES ($1, plinth.current_tenant(), $2, $3, $4, $5, $6)`,
    [secret.id, secret.serviceAccountId, secret.prefix, secret.hash, secret.createdAt, secret.expiresAt],
  );
}

/** Makes all secrets of the account end by then at the latest, and forgets those that have ended. */
export async function endSecrets(transaction: Transaction, serviceAccountId: string, at: Date): Promise<void> {
  await transaction.execute(
    `UPDATE iam.service_account_secrets SET expires_at = least(expires_at, $2) WHERE service_account_id = $1`,
    [serviceAccountId, at],
  );
}

export async function deleteEndedSecrets(transaction: Transaction, serviceAccountId: string, now: Date): Promise<void> {
  await transaction.execute(
    `DELETE FROM iam.service_account_secrets WHERE service_account_id = $1 AND expires_at <= $2`,
    [serviceAccountId, now],
  );
}

/** Secrets that count now, the newest first. */
export async function listSecrets(
  transaction: Transaction,
  serviceAccountId: string,
  now: Date,
): Promise<(ServiceAccountSecret & { readonly hash: Buffer })[]> {
  return transaction.rows(
    `SELECT id, prefix, hash, created_at AS "createdAt", expires_at AS "expiresAt" FROM iam.service_account_secrets
      WHERE service_account_id = $1 AND (expires_at IS NULL OR expires_at > $2) ORDER BY id DESC`,
    [serviceAccountId, now],
  );
}

/** An account that is not disabled, with its tenant. Needs a platform transaction. */
export async function findLiveServiceAccount(
  transaction: Transaction,
  id: string,
): Promise<
  (Pick<ServiceAccount, 'id' | 'publicKeys'> & { tenantId: string; organizationId: string | null }) | undefined
> {
  return transaction.findRow(
    `SELECT id, tenant_id AS "tenantId", organization_id AS "organizationId", public_keys AS "publicKeys"
       FROM iam.service_accounts WHERE id = $1 AND disabled_at IS NULL`,
    [id],
  );
}

/** Notes when accounts were last used. Needs a platform transaction. */
export async function updateLastUsed(transaction: Transaction, uses: ReadonlyMap<string, Date>): Promise<void> {
  await transaction.execute(
    `UPDATE iam.service_accounts s SET last_used_at = u.used_at
       FROM unnest($1::uuid[], $2::timestamptz[]) AS u (id, used_at)
      WHERE s.id = u.id AND (s.last_used_at IS NULL OR s.last_used_at < u.used_at)`,
    [[...uses.keys()], [...uses.values()]],
  );
}
