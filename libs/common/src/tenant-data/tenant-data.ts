import type { ContractFunctions, KeptRows, ServiceContract, tenantDataProcedures } from '@plinth/contracts';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';
import { InvalidInputError } from '../errors/common.errors.ts';
import { decodeCursor, encodeCursor } from '../http/page.ts';
import { countedRows, countSql, deleteSql, isEmptied, pageSql, type TenantTable } from './tenant-table.ts';
import { countTenantMessages, deleteTenantMessages } from './tenant-messages.ts';

export interface TenantDataOptions {
  readonly database: Database;
  /** Every table with rows of tenants; those that refer to others first. */
  readonly tables: readonly TenantTable[];
  /** Runs before each batch of a deletion, in its transaction. */
  readonly prepareDeletion?: (transaction: Transaction, tenantId: string) => Promise<void>;
  /** Whether the events go with it that the event driver holds; they are in one place for all services. */
  readonly withMessages?: true;
  /** What the service notes of a tenant for good, for the certificate. */
  readonly listFacts?: (transaction: Transaction, tenantId: string) => Promise<Record<string, string>>;
}

type TenantDataFunctions = ContractFunctions<ServiceContract<typeof tenantDataProcedures>>;

interface PageRow {
  readonly row: string;
  readonly key: readonly string[];
}

const cursorSchema = z.array(z.string()).min(1);

/**
 * Export and deletion of a tenant's rows in one service, made from the list of its tables. Beside the tables go the
 * stored answers to repeated requests, events that wait to be sent, and those that the event driver holds.
 */
export function createTenantData(options: TenantDataOptions): TenantDataFunctions {
  return {
    exportTenantData: ({ tenantId, cursor }) => exportPage(options, tenantId, cursor),
    deleteTenantData: ({ tenantId }) => deleteBatch(options, tenantId),
    countTenantData: ({ tenantId, cursor }) => countRows(options, tenantId, cursor),
  };
}

async function exportPage(
  { database, tables }: TenantDataOptions,
  tenantId: string,
  cursor: string | undefined,
): Promise<Awaited<ReturnType<TenantDataFunctions['exportTenantData']>>> {
  const exported = tables.filter((table) => table.notExported === undefined);
  const [name, ...after] = decodeCursor(cursor, cursorSchema) ?? [exported[0]?.name ?? ''];
  const index = exported.findIndex((candidate) => candidate.name === name);
  const table = exported[index];
  if (table === undefined) {
    if (cursor === undefined) return { kind: null, rows: [], nextCursor: null };
    throw new InvalidInputError([{ path: '/cursor', message: 'names a table that the service does not export' }]);
  }
  const rows = await database.transaction(tenantId, (transaction) =>
    transaction.rows<PageRow>(pageSql(table, after.length === 0), [tenantId, ...after]),
  );
  const last = rows.at(-1);
  const next = exported[index + 1];
  const nextCursor = last === undefined ? next && [next.name] : [table.name, ...last.key];
  return {
    kind: table.name,
    rows: rows.map(({ row }) => row),
    nextCursor: nextCursor === undefined ? null : encodeCursor(nextCursor),
  };
}

async function deleteBatch(
  options: TenantDataOptions,
  tenantId: string,
): Promise<Awaited<ReturnType<TenantDataFunctions['deleteTenantData']>>> {
  const { database, prepareDeletion } = options;
  for (const table of ownTables(options).filter(isEmptied)) {
    const rows = await database.transaction(tenantId, async (transaction) => {
      // Triggers that keep rows from being deleted let those of this tenant go.
      await transaction.execute(`SELECT set_config('plinth.deleting_tenant', $1, true)`, [tenantId]);
      await prepareDeletion?.(transaction, tenantId);
      if (table.untie !== undefined) await transaction.execute(table.untie, [tenantId]);
      return transaction.execute(deleteSql(table), [tenantId]);
    });
    if (rows > 0) return { deleted: { [table.name]: rows }, done: false };
  }
  return { deleted: await deleteMessages(options, tenantId), done: true };
}

async function deleteMessages(
  { database, withMessages }: TenantDataOptions,
  tenantId: string,
): Promise<Record<string, number>> {
  const { schema } = database;
  const own = await database.platformTransaction(async (transaction) => ({
    [`${schema}.idempotency_keys`]: await transaction.execute(
      `DELETE FROM ${schema}.idempotency_keys WHERE starts_with(scope, $1)`,
      [`${tenantId}:`],
    ),
    [`${schema}.outbox`]: await transaction.execute(`DELETE FROM ${schema}.outbox WHERE tenant_id = $1`, [tenantId]),
  }));
  return withMessages ? { ...own, ...(await deleteTenantMessages(database, tenantId)) } : own;
}

interface CountRow {
  readonly remaining: number;
  readonly kept: number;
  readonly last: readonly string[] | null;
}

async function countRows(
  options: TenantDataOptions,
  tenantId: string,
  cursor: string | undefined,
): Promise<Awaited<ReturnType<TenantDataFunctions['countTenantData']>>> {
  const { database, listFacts } = options;
  const own = ownTables(options);
  const [name, ...key] = decodeCursor(cursor, cursorSchema) ?? [];
  const remaining: Record<string, number> = {};
  const kept: KeptRows[] = [];
  let after = key;
  for (const table of own.slice(
    Math.max(
      0,
      own.findIndex((candidate) => candidate.name === name),
    ),
  )) {
    const counts = await database.transaction(tenantId, (transaction) =>
      transaction.findRow<CountRow>(countSql(table, after.length === 0), [tenantId, ...after]),
    );
    remaining[table.name] = counts!.remaining;
    if (table.keeps !== undefined && counts!.kept > 0)
      kept.push({ table: table.name, rows: counts!.kept, reason: table.keeps.reason });
    if (counts!.remaining + counts!.kept === countedRows)
      return { remaining, kept, nextCursor: encodeCursor([table.name, ...counts!.last!]) };
    after = [];
  }
  Object.assign(remaining, await countMessages(options, tenantId));
  if (listFacts === undefined) return { remaining, kept };
  const facts = await database.transaction(tenantId, (transaction) => listFacts(transaction, tenantId));
  return { remaining, kept, facts };
}

async function countMessages(
  { database, withMessages }: TenantDataOptions,
  tenantId: string,
): Promise<Record<string, number>> {
  const { schema } = database;
  const own = await database.platformTransaction(async (transaction) => ({
    [`${schema}.idempotency_keys`]: await transaction.execute(
      `SELECT FROM ${schema}.idempotency_keys WHERE starts_with(scope, $1)`,
      [`${tenantId}:`],
    ),
    [`${schema}.outbox`]: await transaction.execute(`SELECT FROM ${schema}.outbox WHERE tenant_id = $1`, [tenantId]),
  }));
  return withMessages ? { ...own, ...(await countTenantMessages(database, tenantId)) } : own;
}

/** Those that hold rows of their own. */
function ownTables(options: TenantDataOptions): TenantTable[] {
  return options.tables.filter((table) => table.view === undefined);
}
