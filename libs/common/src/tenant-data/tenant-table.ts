/** A table with rows of tenants, as export and deletion see it. Tables that refer to others stand before them. */
export interface TenantTable {
  /** With its schema. */
  readonly name: `${string}.${string}`;
  /** Columns by which its rows are paged, with their SQL types; together they are unique in a tenant. */
  readonly key: Readonly<Record<string, string>>;
  /** `tenant_id` when absent. */
  readonly tenantColumn?: string;
  /** Columns that nobody gets to see: hashes, tokens, encrypted keys. */
  readonly secrets?: readonly string[];
  /** Why its rows are not exported. */
  readonly notExported?: string;
  /** Exported and nothing else: a query that gives rows of the tenant `$1`, for what is told by other tables. */
  readonly view?: string;
  /** Run before its rows are deleted, with the tenant as `$1`: takes apart rows that refer to one another. */
  readonly untie?: string;
  /** Rows that outlive the tenant: those of a condition on the table's columns, or all; the certificate gives the reason. */
  readonly keeps?: { readonly condition?: string; readonly reason: string };
}

/** A page of rows as JSON texts. */
export function pageSql(table: TenantTable, isFirst: boolean): string {
  const columns = Object.keys(table.key);
  const from = table.view === undefined ? table.name : `(${table.view})`;
  const row = table.secrets === undefined ? 'row_to_json(t)' : `to_jsonb(t) - '{${table.secrets.join(',')}}'::text[]`;
  const own = table.view === undefined ? `t.${tenantColumnOf(table)} = $1` : 'true';
  return (
    `SELECT (${row})::text AS row, ARRAY[${columns.map((column) => `${column}::text`).join(', ')}] AS key ` +
    `FROM ${from} t WHERE ${own}${afterKey(table, isFirst)} ORDER BY ${columns.join(', ')} LIMIT ${pageRows}`
  );
}

/**
 * Deletes about `batchRows` rows. Partitions number their rows each for itself, so a few more may go: the tenant's
 * all the same.
 */
export function deleteSql(table: TenantTable): string {
  const own = `${tenantColumnOf(table)} = $1 AND ${isDeletable(table)}`;
  return (
    `DELETE FROM ${table.name} WHERE ${own} ` +
    `AND ctid = ANY (ARRAY(SELECT ctid FROM ${table.name} WHERE ${own} LIMIT ${batchRows}))`
  );
}

/** How many rows of a page a deletion would delete, how many it keeps, and the key of the last one. */
export function countSql(table: TenantTable, isFirst: boolean): string {
  const columns = Object.keys(table.key);
  const page =
    `SELECT ${columns.join(', ')}, ${isDeletable(table)} AS deletable FROM ${table.name} ` +
    `WHERE ${tenantColumnOf(table)} = $1${afterKey(table, isFirst)} ORDER BY ${columns.join(', ')} LIMIT ${countedRows}`;
  const last = columns.map((column) => `${column}::text`).join(', ');
  return (
    `WITH page AS MATERIALIZED (${page}) SELECT count(*) FILTER (WHERE deletable)::int AS remaining, ` +
    `count(*) FILTER (WHERE NOT deletable)::int AS kept, ` +
    `(SELECT ARRAY[${last}] FROM page ORDER BY ${columns.map((column) => `${column} DESC`).join(', ')} LIMIT 1) AS last FROM page`
  );
}

/** So many rows are counted within a second or two. */
export const countedRows = 200_000;
const pageRows = 1000;
const batchRows = 5000;

/** What comes after the key in `$2` and so on. */
function afterKey(table: TenantTable, isFirst: boolean): string {
  if (isFirst) return '';
  const bounds = Object.values(table.key).map((type, index) => `$${index + 2}::${type}`);
  return ` AND (${Object.keys(table.key).join(', ')}) > (${bounds.join(', ')})`;
}

function tenantColumnOf(table: TenantTable): string {
  return table.tenantColumn ?? 'tenant_id';
}

function isDeletable(table: TenantTable): string {
  if (table.keeps === undefined) return 'true';
  return table.keeps.condition === undefined ? 'false' : `(${table.keeps.condition}) IS NOT TRUE`;
}

/** Whether a deletion of the tenant deletes anything here. */
export function isEmptied(table: TenantTable): boolean {
  return table.keeps === undefined || table.keeps.condition !== undefined;
}
