import type { ConditionColumns, SqlCondition, Transaction } from '@plinth/common';
import type { TreeEdge } from './division-tree.ts';
import type { Division } from './division.ts';

interface DivisionRow {
  readonly id: string;
  readonly organization_id: string;
  readonly parent_id: string | null;
  readonly name: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = 'id, organization_id, parent_id, name, version, created_at, updated_at';

/** One change of the tenant's tree at a time, until the transaction ends: two moves that are fine alone can make a cycle together. */
export async function lockTree(transaction: Transaction): Promise<void> {
  await transaction.execute(
    `SELECT pg_advisory_xact_lock(hashtextextended('account.divisions ' || plinth.current_tenant(), 0))`,
  );
}

/** Inserts a division of the tenant's organization; undefined when the tenant has none. */
export async function insertDivision(
  transaction: Transaction,
  division: Omit<Division, 'organizationId'>,
): Promise<Division | undefined> {
  const { id, parentId, name, version, createdAt, updatedAt } = division;
  const row = await transaction.findRow<DivisionRow>(
    `INSERT INTO account.divisions (tenant_id, ${columns})
     SELECT tenant_id, $1, id, $2, $3, $4, $5, $6 FROM account.organizations RETURNING ${columns}`,
    [id, parentId, name, version, createdAt, updatedAt],
  );
  return row && fromRow(row);
}

export async function findDivision(transaction: Transaction, id: string): Promise<Division | undefined> {
  const row = await transaction.findRow<DivisionRow>(`SELECT ${columns} FROM account.divisions WHERE id = $1`, [id]);
  return row && fromRow(row);
}

/** Locks the division's row until the transaction ends. */
export async function findDivisionForUpdate(transaction: Transaction, id: string): Promise<Division | undefined> {
  const row = await transaction.findRow<DivisionRow>(
    `SELECT ${columns} FROM account.divisions WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row && fromRow(row);
}

/** Where divisions lie, for permissions that hold in a part of the tree. */
export const divisionColumns: ConditionColumns = {
  organization: 'organization_id',
  divisions: (ids) => `id IN (WITH RECURSIVE below AS (
      SELECT id FROM account.divisions WHERE id = ANY (${ids})
      UNION SELECT child.id FROM account.divisions child JOIN below ON child.parent_id = below.id
    ) SELECT id FROM below)`,
};

export interface DivisionPath {
  readonly organizationId: string;
  /** The division and all above it, itself first; empty for an organization. */
  readonly divisionPath: string[];
}

const selectPaths = (start: string) => `WITH RECURSIVE path AS (
    SELECT id AS start, organization_id, parent_id, ARRAY[id] AS ids FROM account.divisions ${start}
    UNION ALL
    SELECT path.start, path.organization_id, above.parent_id, path.ids || above.id
      FROM path JOIN account.divisions above ON above.id = path.parent_id WHERE NOT above.id = ANY (path.ids)
  ) SELECT DISTINCT ON (start) organization_id AS "organizationId", ids AS "divisionPath"
      FROM path ORDER BY start, cardinality(ids) DESC`;

/** The divisions among the ids that the tenant has, with all that is above them. */
export async function listPaths(transaction: Transaction, ids: readonly string[]): Promise<DivisionPath[]> {
  return transaction.rows<DivisionPath>(selectPaths('WHERE id = ANY ($1::uuid[])'), [ids]);
}

/** The same of all divisions of the tenant, up to `limit`. */
export async function listAllPaths(transaction: Transaction, limit: number): Promise<DivisionPath[]> {
  return transaction.rows<DivisionPath>(
    selectPaths('WHERE id IN (SELECT id FROM account.divisions ORDER BY id LIMIT $1)'),
    [limit],
  );
}

/** The tenant's organizations, or those among the ids. */
export async function listOrganizationIds(
  transaction: Transaction,
  ids: readonly string[] | undefined,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT id FROM account.organizations WHERE $1::uuid[] IS NULL OR id = ANY ($1) ORDER BY id LIMIT 1000`,
    [ids ?? null],
  );
  return rows.map(({ id }) => id);
}

/** The edges from a division up to the organization; empty when the tenant has no such division. */
export async function listPath(transaction: Transaction, id: string): Promise<TreeEdge[]> {
  return transaction.rows<TreeEdge>(
    `WITH RECURSIVE path AS (
       SELECT id, parent_id FROM account.divisions WHERE id = $1
       UNION SELECT above.id, above.parent_id FROM account.divisions above JOIN path ON above.id = path.parent_id
     ) SELECT id, parent_id AS "parentId" FROM path`,
    [id],
  );
}

export async function countDivisions(transaction: Transaction): Promise<number> {
  const row = await transaction.findRow<{ count: number }>(`SELECT count(*)::int AS count FROM account.divisions`);
  return row?.count ?? 0;
}

export interface DivisionFilter {
  /** Only those directly below a division, or below the organization. */
  readonly below: 'all' | 'root' | { readonly parentId: string };
  readonly after: string | undefined;
  readonly limit: number;
  /** What the caller may see; its first parameter is the fifth one. */
  readonly condition: SqlCondition;
}

export async function listDivisions(transaction: Transaction, filter: DivisionFilter): Promise<Division[]> {
  const rows = await transaction.rows<DivisionRow>(
    `SELECT ${columns} FROM account.divisions
      WHERE ($1 = 'all' OR ($1 = 'root' AND parent_id IS NULL) OR parent_id = $2::uuid) AND ($3::uuid IS NULL OR id > $3)
        AND ${filter.condition.sql}
      ORDER BY id LIMIT $4`,
    [
      typeof filter.below === 'string' ? filter.below : 'parent',
      typeof filter.below === 'string' ? null : filter.below.parentId,
      filter.after ?? null,
      filter.limit,
      ...filter.condition.parameters,
    ],
  );
  return rows.map(fromRow);
}

export async function hasChildren(transaction: Transaction, id: string): Promise<boolean> {
  return (
    (await transaction.findRow(`SELECT 1 FROM account.divisions WHERE parent_id = $1 LIMIT 1`, [id])) !== undefined
  );
}

export async function updateDivision(transaction: Transaction, division: Division): Promise<void> {
  await transaction.execute(
    `UPDATE account.divisions SET parent_id = $2, name = $3, version = $4, updated_at = $5 WHERE id = $1`,
    [division.id, division.parentId, division.name, division.version, division.updatedAt],
  );
}

export async function deleteDivision(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM account.divisions WHERE id = $1`, [id]);
}

function fromRow(row: DivisionRow): Division {
  return {
    id: row.id,
    organizationId: row.organization_id,
    parentId: row.parent_id,
    name: row.name,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
