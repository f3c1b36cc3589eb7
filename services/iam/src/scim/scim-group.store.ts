import type { Transaction } from '@plinth/common';
import { compileFilter, compileOrder, Parameters, type Relation } from './filter-sql.ts';
import type { ListQuery } from './list-query.ts';
import { groupKind } from './schema.ts';

/** A group that the tenant's directory keeps. */
export interface ScimGroup {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = `r.id, r.name, r.external_id AS "externalId", r.created_at AS "createdAt", r.updated_at AS "updatedAt"`;
const ofDirectory = `r.tenant_id = plinth.current_tenant() AND r.source = 'scim'`;

const relation: Relation = {
  kind: groupKind,
  locate(path) {
    switch (path) {
      case 'id':
        return { type: 'text', sql: 'r.id::text', caseExact: true };
      case 'externalid':
        return { type: 'text', sql: 'r.external_id', caseExact: true };
      case 'displayname':
        return { type: 'text', sql: 'r.name', caseExact: false };
      case 'meta.created':
        return { type: 'time', sql: 'r.created_at' };
      case 'meta.lastmodified':
        return { type: 'time', sql: 'r.updated_at' };
      case 'members':
        return {
          type: 'several',
          from: `(SELECT m.user_id::text AS value FROM iam.group_members m WHERE m.group_id = r.id) AS e`,
          sub: ({ name }) => ({
            type: 'text',
            sql: name === 'value' ? 'e.value' : name === 'type' ? `'User'` : 'NULL::text',
            caseExact: true,
          }),
        };
      default:
        return { type: 'text', sql: path === 'meta.resourcetype' ? `'Group'` : 'NULL::text', caseExact: true };
    }
  },
};

/** A page of the groups of the tenant's directory and how many there are in all. */
export async function listScimGroups(
  transaction: Transaction,
  query: ListQuery,
): Promise<{ total: number; groups: ScimGroup[] }> {
  const parameters = new Parameters();
  const condition = query.filter === undefined ? 'TRUE' : compileFilter(query.filter, relation, parameters);
  const from = `FROM iam.groups r WHERE ${ofDirectory} AND (${condition})`;
  const [counted] = await transaction.rowsOnce<{ total: number }>(
    `SELECT count(*)::int AS total ${from}`,
    parameters.values,
  );
  const total = counted?.total ?? 0;
  if (query.count === 0 || total === 0) return { total, groups: [] };
  const order = query.sortBy === undefined ? undefined : compileOrder(query.sortBy, relation, parameters);
  const direction = query.descending ? 'DESC NULLS LAST' : 'ASC NULLS LAST';
  const groups = await transaction.rowsOnce<ScimGroup>(
    `SELECT ${columns} ${from} ORDER BY ${order === undefined ? '' : `${order} ${direction}, `}r.created_at, r.id
      LIMIT ${parameters.add(query.count)} OFFSET ${parameters.add(query.startIndex - 1)}`,
    parameters.values,
  );
  return { total, groups };
}

export async function findScimGroup(transaction: Transaction, id: string): Promise<ScimGroup | undefined> {
  return transaction.findRow<ScimGroup>(`SELECT ${columns} FROM iam.groups r WHERE ${ofDirectory} AND r.id = $1`, [id]);
}

/** Locks the group until the transaction ends. */
export async function findScimGroupForUpdate(transaction: Transaction, id: string): Promise<ScimGroup | undefined> {
  return transaction.findRow<ScimGroup>(
    `SELECT ${columns} FROM iam.groups r WHERE ${ofDirectory} AND r.id = $1 FOR UPDATE`,
    [id],
  );
}

/** Members of groups, in order. */
export async function listMembersOf(
  transaction: Transaction,
  groupIds: readonly string[],
): Promise<{ groupId: string; userId: string }[]> {
  return transaction.rows(
    `SELECT group_id AS "groupId", user_id AS "userId" FROM iam.group_members
      WHERE group_id = ANY ($1::uuid[]) AND tenant_id = plinth.current_tenant() ORDER BY created_at, user_id`,
    [groupIds],
  );
}
