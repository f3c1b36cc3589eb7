import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient } from 'pg';
import { systemClock, type Clock } from '../clock/clock.ts';
import { translateDatabaseError } from './database.errors.ts';
import { queryInScope } from './scoped-query.ts';
import { Transaction } from './transaction.ts';

export interface DatabaseOptions {
  readonly pool: Pool;
  readonly service: string;
  readonly schema: string;
  /** The service's database role, taken for each transaction. */
  readonly role: string;
  readonly clock?: Clock;
  /** Called after a commit that wrote to the outbox, so that the relay need not wait for its next look. */
  readonly onOutboxWritten?: () => void;
  /** Told how long each statement of a store took, in seconds. */
  readonly onQuery?: (seconds: number) => void;
}

interface OpenTransaction {
  readonly database: Database;
  readonly transaction: Transaction;
}

const openTransactions = new AsyncLocalStorage<OpenTransaction | undefined>();
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A service's door to PostgreSQL. Each transaction takes the service's role and sets the tenant for row-level
 * security; without a tenant, tenant tables show no rows.
 */
export class Database {
  readonly pool: Pool;
  readonly schema: string;
  readonly #service: string;
  readonly #role: string;
  readonly #clock: Clock;
  readonly #onOutboxWritten: () => void;
  readonly #onQuery: ((seconds: number) => void) | undefined;

  constructor(options: DatabaseOptions) {
    this.pool = options.pool;
    this.schema = assertName(options.schema);
    this.#service = options.service;
    this.#role = assertName(options.role);
    this.#clock = options.clock ?? systemClock;
    this.#onOutboxWritten = options.onOutboxWritten ?? (() => {});
    this.#onQuery = options.onQuery;
  }

  /**
   * Runs `work` in a transaction that sees the tenant's rows only. Inside an open transaction of the same
   * database and tenant it joins that one.
   */
  async transaction<Result>(
    tenantId: string | undefined,
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const open = openTransactions.getStore();
    if (open !== undefined && open.database === this && open.transaction.tenantId === tenantId)
      return work(open.transaction);
    return this.#run(tenantId, 'tenant', work);
  }

  /**
   * Runs `work` apart from the open transaction, so that each transaction in it commits by itself: for calls of others
   * that cannot be undone, which must be on record before they are made, and not for a connection held meanwhile.
   */
  async apart<Result>(work: () => Promise<Result>): Promise<Result> {
    return openTransactions.run(undefined, work);
  }

  /**
   * Runs `work` over all tenants, for tables that a migration opened to the platform's own work
   * (`plinth.open_to_platform`). Everything else stays invisible.
   */
  async platformTransaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#run(undefined, 'platform', work);
  }

  /**
   * Reads with one prepared statement in one round trip: role, tenant and statement travel together. `name` must be
   * unique to the SQL.
   */
  async read<Result extends object>(
    tenantId: string | undefined,
    name: string,
    sql: string,
    parameters: readonly unknown[],
  ): Promise<Result[]> {
    const client = await this.#connect();
    let failure: unknown;
    try {
      const scope = { role: this.#role, tenantId: checkTenantId(tenantId) };
      const started = performance.now();
      const { rows } = await queryInScope(client, scope, name, sql, parameters);
      this.#onQuery?.((performance.now() - started) / 1000);
      return rows as Result[];
    } catch (error) {
      failure = translateDatabaseError(error);
      throw failure;
    } finally {
      client.release(isConnectionUseless(failure));
    }
  }

  async #run<Result>(
    tenantId: string | undefined,
    scope: 'tenant' | 'platform',
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const { transaction, result } = await this.#commit(tenantId, scope, work);
    // Outside of the transaction and without its connection: such work takes connections of its own.
    if (transaction.hasAfterCommitWork) await openTransactions.run(undefined, () => transaction.runAfterCommitWork());
    return result;
  }

  async #commit<Result>(
    tenantId: string | undefined,
    scope: 'tenant' | 'platform',
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<{ transaction: Transaction; result: Result }> {
    const client = await this.#connect();
    const transaction = new Transaction(client, tenantId, {
      service: this.#service,
      now: () => this.#clock.now(),
      onQuery: this.#onQuery,
    });
    let failure: unknown;
    try {
      const opened = client.query(this.#opening(tenantId, scope));
      // The rejection is seen by the await below; until then it must not count as unhandled.
      opened.catch(() => {});
      const result = await openTransactions.run({ database: this, transaction }, () => work(transaction));
      await opened;
      const wrote = transaction.pendingEvents > 0;
      if (wrote) await transaction.flushOutbox(this.schema);
      await client.query('COMMIT');
      if (wrote) this.#onOutboxWritten();
      return { transaction, result };
    } catch (error) {
      failure = translateDatabaseError(error);
      if (!isConnectionLost(failure))
        await client.query('ROLLBACK').catch((rollbackError: unknown) => {
          failure = translateDatabaseError(rollbackError);
        });
      throw failure;
    } finally {
      client.release(isConnectionUseless(failure));
    }
  }

  #opening(tenantId: string | undefined, scope: 'tenant' | 'platform'): string {
    return (
      `BEGIN; SET LOCAL ROLE ${this.#role}; ` +
      `SELECT set_config('plinth.tenant_id', '${checkTenantId(tenantId)}', true), set_config('plinth.scope', '${scope}', true)`
    );
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }
}

/** The transaction that is open around the running code, if any. For the relay's and idempotency's own use. */
export function findOpenTransaction(): Transaction | undefined {
  return openTransactions.getStore()?.transaction;
}

/** The id as it may stand in SQL; the empty string is no tenant. */
function checkTenantId(tenantId: string | undefined): string {
  if (tenantId !== undefined && !uuid.test(tenantId)) throw new TypeError('the tenant id is not a UUID');
  return tenantId ?? '';
}

function isConnectionLost(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'database.unavailable';
}

/** Also after a migration changed the columns of a statement that the connection has prepared: a new one asks again. */
function isConnectionUseless(error: unknown): boolean {
  return isConnectionLost(error) || (error as { code?: unknown } | undefined)?.code === '0A000';
}

function assertName(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new TypeError(`"${name}" is not a plain SQL name`);
  return name;
}
