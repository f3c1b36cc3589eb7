import type { Permission } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import type { RoleGrant } from '../membership/membership.ts';
import { grantColumns, grantTables } from '../membership/membership.store.ts';

/** What a tenant registered of its own applications' subjects and resources. */
export interface PolicyEntity {
  readonly type: string;
  readonly id: string;
  /** Who a subject is here. */
  readonly userId: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly disabled: boolean;
}

export interface KeyRow {
  readonly id: string;
  readonly scopes: readonly Permission[];
  readonly createdBy: string;
}

export interface HolderGrant extends RoleGrant {
  readonly holderId: string;
}

const entityColumns = 'type, id, user_id AS "userId", properties';

/** The entities among the references that the transaction's tenant registered. */
export async function listEntities(
  transaction: Transaction,
  references: readonly { readonly type: string; readonly id: string }[],
): Promise<PolicyEntity[]> {
  return transaction.rows<PolicyEntity>(
    `SELECT ${entityColumns} FROM iam.policy_entities
      WHERE (type, id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [references.map(({ type }) => type), references.map(({ id }) => id)],
  );
}

/** Registered entities of a type, by their ids. */
export async function listEntitiesOfType(
  transaction: Transaction,
  query: { type: string; after: string | undefined; limit: number },
): Promise<PolicyEntity[]> {
  return transaction.rows<PolicyEntity>(
    `SELECT ${entityColumns} FROM iam.policy_entities
      WHERE type = $1 AND ($2::text IS NULL OR id COLLATE "C" > $2) ORDER BY id COLLATE "C" LIMIT $3`,
    [query.type, query.after ?? null, query.limit],
  );
}

/** The names by which the tenant's applications know users, by user. */
export async function listNamesOfUsers(transaction: Transaction, userIds: readonly string[]): Promise<PolicyEntity[]> {
  return transaction.rows<PolicyEntity>(
    `SELECT ${entityColumns} FROM iam.policy_entities WHERE type = 'user' AND user_id = ANY ($1::uuid[]) ORDER BY id`,
    [userIds],
  );
}

/** Writes an entity over the one that there is; true when there was none. */
export async function putEntity(transaction: Transaction, entity: PolicyEntity, now: Date): Promise<boolean> {
  const row = await transaction.findRow<{ created: boolean }>(
    `INSERT INTO iam.policy_entities (tenant_id, type, id, user_id, properties, updated_at)
     VALUES (plinth.current_tenant(), $1, $2, $3, $4, $5)
     ON CONFLICT (tenant_id, type, id) DO UPDATE SET user_id = $3, properties = $4, updated_at = $5
     RETURNING xmax = 0 AS created`,
    [entity.type, entity.id, entity.userId, JSON.stringify(entity.properties), now],
  );
  return row?.created === true;
}

export async function deleteEntity(transaction: Transaction, type: string, id: string): Promise<boolean> {
  return (await transaction.execute(`DELETE FROM iam.policy_entities WHERE type = $1 AND id = $2`, [type, id])) > 0;
}

/** Users by id or by email address in lower case. */
export async function listPeople(
  transaction: Transaction,
  query: { ids: readonly string[]; emails: readonly string[] },
): Promise<PersonRow[]> {
  return transaction.rows<PersonRow>(
    `SELECT id, email, name, disabled_at IS NOT NULL AS disabled FROM auth.users
      WHERE id = ANY ($1::uuid[]) OR email = ANY ($2::text[])`,
    [query.ids, query.emails],
  );
}

/** Service accounts of the transaction's tenant. */
export async function listServiceAccounts(
  transaction: Transaction,
  ids: readonly string[],
): Promise<{ id: string; disabled: boolean }[]> {
  return transaction.rows<{ id: string; disabled: boolean }>(
    `SELECT id, disabled_at IS NOT NULL AS disabled FROM iam.service_accounts WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
}

/** Live keys of the transaction's tenant. */
export async function listKeys(transaction: Transaction, ids: readonly string[]): Promise<KeyRow[]> {
  return transaction.rows<KeyRow>(
    `SELECT id, scopes, created_by AS "createdBy" FROM iam.api_keys
      WHERE id = ANY ($1::uuid[]) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    [ids],
  );
}

/** What users and service accounts were granted in one tenant and on the platform. Needs a platform transaction. */
export async function listGrantsOfHolders(
  transaction: Transaction,
  tenantId: string,
  holderIds: readonly string[],
): Promise<HolderGrant[]> {
  return transaction.rows<HolderGrant>(
    `SELECT coalesce(e.user_id, e.service_account_id) AS "holderId", ${grantColumns} FROM ${grantTables}
      WHERE (e.user_id = ANY ($2::uuid[]) OR e.service_account_id = ANY ($2::uuid[]))
        AND (e.tenant_id = $1 OR e.tenant_id IS NULL)
      ORDER BY e.created_at, e.id`,
    [tenantId, holderIds],
  );
}

/** Ids of users or service accounts with a role in the transaction's tenant, in order. */
export async function listHolderIds(
  transaction: Transaction,
  query: { kind: 'user' | 'service-account'; after: string | undefined; limit: number },
): Promise<string[]> {
  const column = query.kind === 'user' ? 'user_id' : 'service_account_id';
  const rows = await transaction.rows<{ id: string }>(
    `SELECT DISTINCT ${column} AS id FROM iam.effective_assignments
      WHERE ${column} IS NOT NULL AND ($1::uuid IS NULL OR ${column} > $1) ORDER BY 1 LIMIT $2`,
    [query.after ?? null, query.limit],
  );
  return rows.map(({ id }) => id);
}
