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
  bind(message: {
    statement: string;
    portal: string;
    values: readonly string[];
    valueMapper: (value: string) => string;
  }): void;
  execute(message: { portal: string; rows: number }): void;
}

/** What a result knows of its columns. */
interface Columns {
  fields: unknown;
  _parsers: unknown;
  _prebuiltEmptyResultObject: unknown;
}

interface DriverQuery {
  name: string;
  readonly _result: Columns;
  _accumulateRows: unknown;
  prepare(connection: Connection): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
}

type DriverQueryClass = new (
  text: string,
  values: readonly unknown[],
  callback: (error: Error | null, result: QueryResult) => void,
) => DriverQuery;

const BaseQuery = (pg as unknown as { Query: DriverQueryClass }).Query;

/** A connection on which statements have been described: what they give, and the connection without describing again. */
interface Described {
  readonly columns: Map<string, Columns>;
  readonly silent: Connection;
}

const described = new WeakMap<Connection, Described>();

function describedOn(connection: Connection): Described {
  let known = described.get(connection);
  if (known === undefined) {
    known = { columns: new Map(), silent: Object.create(connection, { describe: { value: () => {} } }) as Connection };
    described.set(connection, known);
  }
  return known;
}

/**
 * A prepared statement that sets role and tenant first. Both executions stand before one Sync, which makes them one
 * implicit transaction (PostgreSQL: Extended Query, Pipelining): what is set is gone when the statement is done.
 * Its columns are asked for once for each connection: PostgreSQL refuses to run a prepared statement whose columns changed.
 */
class ScopedQuery extends BaseQuery {
  readonly #scope: Scope;
  #scopeIsSet = false;
  #connection: Connection | undefined;

  constructor(
    scope: Scope,
    name: string,
    text: string,
    values: readonly unknown[],
    callback: (error: Error | null, result: QueryResult) => void,
  ) {
    super(text, values, callback);
    this.name = name;
    this.#scope = scope;
  }

  override prepare(connection: Connection): void {
    connection.bind({
      statement: SCOPE_STATEMENT,
      portal: '',
      values: [this.#scope.role, this.#scope.tenantId],
      valueMapper: (value) => value,
    });
    connection.execute({ portal: '', rows: 0 });
    const { columns, silent } = describedOn(connection);
    const known = columns.get(this.name);
    if (known === undefined) {
      this.#connection = connection;
      super.prepare(connection);
      return;
    }
    this._result.fields = known.fields;
    this._result._parsers = known._parsers;
    this._result._prebuiltEmptyResultObject = known._prebuiltEmptyResultObject;
    this._accumulateRows = true;
    super.prepare(silent);
  }

  override handleRowDescription(message: unknown): void {
    super.handleRowDescription(message);
    if (this.#connection === undefined) return;
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    describedOn(this.#connection).columns.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
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
export async function queryInScope(
  client: PoolClient,
  scope: Scope,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<QueryResult> {
  if (!prepared.has(client)) {
    await client.query({ name: SCOPE_STATEMENT, text: SCOPE_SQL, values: ['none', ''] });
    prepared.add(client);
  }
  return new Promise((resolve, reject) => {
    const query = new ScopedQuery(scope, name, text, values, (error, result) =>
      error === null ? resolve(result) : reject(error),
    );
    client.query(query as unknown as pg.Submittable);
  });
}
