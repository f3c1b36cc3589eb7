import { refuseTaken } from './unique.ts';
import type { Transaction } from '@plinth/common';
import { compileFilter, compileOrder, Parameters, type Relation } from './filter-sql.ts';
import type { ListQuery } from './list-query.ts';
import { userKind } from './schema.ts';
import type { ScimUser } from './scim-user.ts';

const columns = `r.user_id AS id, r.document, r.active, r.made_account AS "madeAccount", r.version,
  r.created_at AS "createdAt", r.updated_at AS "updatedAt", r.deleted_at AS "deletedAt"`;

const relation: Relation = {
  kind: userKind,
  locate(path) {
    switch (path) {
      case 'id':
        return { type: 'text', sql: 'r.user_id::text', caseExact: true };
      case 'externalid':
        return { type: 'text', sql: 'r.external_id', caseExact: true };
      case 'username':
        return { type: 'text', sql: 'r.user_name', caseExact: false, isLower: true };
      case 'active':
        return { type: 'boolean', sql: 'r.active' };
      case 'meta.created':
        return { type: 'time', sql: 'r.created_at' };
      case 'meta.lastmodified':
        return { type: 'time', sql: 'r.updated_at' };
      case 'meta.resourcetype':
        return { type: 'text', sql: `'User'`, caseExact: true };
      case 'groups':
        return {
          type: 'several',
          from: `(SELECT g.id::text AS value, g.name AS display FROM iam.group_members m JOIN iam.groups g ON g.id = m.group_id
                   WHERE m.user_id = r.user_id AND g.source = 'scim') AS e`,
          sub: ({ name }) => ({
            type: 'text',
            sql: name === 'display' ? 'e.display' : 'e.value',
            caseExact: name !== 'display',
          }),
        };
      default:
        return undefined;
    }
  },
};

/** A page of the tenant's users and how many there are in all. */
export async function listScimUsers(
  transaction: Transaction,
  query: ListQuery,
): Promise<{ total: number; users: ScimUser[] }> {
  const parameters = new Parameters();
  const condition = query.filter === undefined ? 'TRUE' : compileFilter(query.filter, relation, parameters);
  const from = `FROM iam.scim_users r WHERE r.tenant_id = plinth.current_tenant() AND r.deleted_at IS NULL AND (${condition})`;
  const [counted] = await transaction.rowsOnce<{ total: number }>(
    `SELECT count(*)::int AS total ${from}`,
    parameters.values,
  );
  const total = counted?.total ?? 0;
  if (query.count === 0 || total === 0) return { total, users: [] };
  const order = query.sortBy === undefined ? undefined : compileOrder(query.sortBy, relation, parameters);
  const direction = query.descending ? 'DESC NULLS LAST' : 'ASC NULLS LAST';
  const users = await transaction.rowsOnce<ScimUser>(
    `SELECT ${columns} ${from} ORDER BY ${order === undefined ? '' : `${order} ${direction}, `}r.created_at, r.user_id
      LIMIT ${parameters.add(query.count)} OFFSET ${parameters.add(query.startIndex - 1)}`,
    parameters.values,
  );
  return { total, users };
}

export async function findScimUser(transaction: Transaction, id: string): Promise<ScimUser | undefined> {
  return transaction.findRow<ScimUser>(
    `SELECT ${columns} FROM iam.scim_users r
      WHERE r.user_id = $1 AND r.tenant_id = plinth.current_tenant() AND r.deleted_at IS NULL`,
    [id],
  );
}

/** Also one that was deleted; locked until the transaction ends. */
export async function findKnownForUpdate(transaction: Transaction, id: string): Promise<ScimUser | undefined> {
  return transaction.findRow<ScimUser>(
    `SELECT ${columns} FROM iam.scim_users r
      WHERE r.user_id = $1 AND r.tenant_id = plinth.current_tenant() FOR UPDATE`,
    [id],
  );
}

/** Throws `UniquenessError` when another user of the tenant has the name. */
export async function saveScimUser(transaction: Transaction, user: ScimUser): Promise<void> {
  const userName = String(user.document['userName']);
  await refuseTaken(
    transaction.execute(
      `INSERT INTO iam.scim_users AS r (tenant_id, user_id, user_name, external_id, active, document, made_account, version,
                                   created_at, updated_at)
       VALUES (plinth.current_tenant(), $1, lower($2), $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (tenant_id, user_id) DO UPDATE
         SET user_name = excluded.user_name, external_id = excluded.external_id, active = excluded.active,
             document = excluded.document, made_account = excluded.made_account, version = excluded.version,
             created_at = excluded.created_at, updated_at = excluded.updated_at, deleted_at = NULL`,
      [
        user.id,
        userName,
        user.document['externalId'] ?? null,
        user.active,
        JSON.stringify(user.document),
        user.madeAccount,
        user.version,
        user.createdAt,
        user.updatedAt,
      ],
    ),
    'userName',
    userName,
  );
}

/** Forgets everything but who it was. */
export async function markDeleted(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.execute(
    `UPDATE iam.scim_users SET deleted_at = $2, document = '{}', external_id = NULL, user_name = ''
      WHERE user_id = $1 AND tenant_id = plinth.current_tenant()`,
    [id, now],
  );
}

/** The groups of the directory that users are in. */
export async function listGroupsOf(
  transaction: Transaction,
  userIds: readonly string[],
): Promise<{ userId: string; id: string; name: string }[]> {
  return transaction.rows(
    `SELECT m.user_id AS "userId", g.id, g.name FROM iam.group_members m JOIN iam.groups g ON g.id = m.group_id
      WHERE m.user_id = ANY ($1::uuid[]) AND m.tenant_id = plinth.current_tenant() AND g.source = 'scim' ORDER BY g.id`,
    [userIds],
  );
}

/** Those of the ids that are users of the tenant's directory. */
export async function listKnownIds(transaction: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT user_id AS id FROM iam.scim_users
      WHERE user_id = ANY ($1::uuid[]) AND tenant_id = plinth.current_tenant() AND deleted_at IS NULL`,
    [ids],
  );
  return rows.map((row) => row.id);
}
