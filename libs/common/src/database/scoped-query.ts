import pg, { type PoolClient, type QueryResult } from 'pg';

/** What a transaction sets before its first statement. */
export interface Scope {
  readonly role: string;
  /** The empty string: no tenant. */
  readonly tenantId: string;
}

const SCOPE_STATEMENT = 'plinth.set_scope';
const SCOPE_SQL = `SELECT set_config('role', $1, true), set_config('plinth.tenant_id', $2, true), set_config('plinth.scope', 'tenant', true)`;
const prepared = new WeakSet<PoolClient>();

/** The messages of the extended query protocol that we send ourselves. */
interface Connection {
  bind(message: { statement: string; portal: string; values: readonly string[]; valueMapper: (value: string) => string }): void;
  execute(message: { portal: string; rows: number }): void;
}

interface DriverQuery {
  prepare(connection: Connection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
}

type DriverQueryClass = new (config: { name: string; text: string; values: readonly unknown[] }, values: undefined, callback: (error: Error | null, result: QueryResult) => void) => DriverQuery;

const BaseQuery = (pg as unknown as { Query: DriverQueryClass }).Query;

/**
 * A prepared statement that sets role and tenant first. Both executions stand before one Sync, which makes them one
 * implicit transaction (PostgreSQL: Extended Query, Pipelining): what is set is gone when the statement is done.
 */
class ScopedQuery extends BaseQuery {
  readonly #scope: Scope;
  #scopeIsSet = false;

  constructor(scope: Scope, name: string, text: string, values: readonly unknown[], callback: (error: Error | null, result: QueryResult) => void) {
    super({ name, text, values }, undefined, callback);
    this.#scope = scope;
  }

  override prepare(connection: Connection): void {
    connection.bind({ statement: SCOPE_STATEMENT, portal: '', values: [this.#scope.role, this.#scope.tenantId], valueMapper: (value) => value });
    connection.execute({ portal: '', rows: 0 });
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#scopeIsSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#scopeIsSet) super.handleCommandComplete(message, connection);
    else this.#scopeIsSet = true;
  }
}

/** Runs one prepared statement as a role and a tenant, in one round trip. */
export async function queryInScope(client: PoolClient, scope: Scope, name: string, text: string, values: readonly unknown[]): Promise<QueryResult> {
  if (!prepared.has(client)) {
    await client.query({ name: SCOPE_STATEMENT, text: SCOPE_SQL, values: ['none', ''] });
    prepared.add(client);
  }
  return new Promise((resolve, reject) => {
    const query = new ScopedQuery(scope, name, text, values, (error, result) => (error === null ? resolve(result) : reject(error)));
    client.query(query as unknown as pg.Submittable);
  });
}
