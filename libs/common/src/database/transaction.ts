import type { AuditRecord, EventData, EventType } from '@plinth/contracts';
import type { PoolClient, QueryResult } from 'pg';
import { plainArray, textArray } from './array-parameters.ts';
import { buildAuditRecord, buildEnvelope, type OutboxRow } from '../messaging/outbox.ts';

export interface AuditEntry {
  /** resource.verb, for example `plan.created`. */
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Who did it, when it is not the caller of the running request. */
  readonly actor?: AuditRecord['actor'];
}

export interface TransactionOptions {
  readonly service: string;
  readonly now: () => Date;
  /** Told how long each statement of a store took, in seconds. */
  readonly onQuery: ((seconds: number) => void) | undefined;
}

const MOST_PREPARED = 1000;
const statementNames = new Map<string, string>();

/** A name for the statement's text; none for what comes after the first thousand, which would fill the server's memory. */
function nameStatement(text: string): string | undefined {
  let name = statementNames.get(text);
  if (name === undefined && statementNames.size < MOST_PREPARED)
    statementNames.set(text, (name = `plinth.${statementNames.size}`));
  return name;
}

/** Arrays that are encoded already belong to inserts, which have nothing to plan. */
function isLong(value: unknown): boolean {
  return Array.isArray(value) && value.length > 100;
}

/** Parameters and rows of a statement as the driver takes them. */
export type Row = Record<string, unknown>;

/**
 * An open transaction with its tenant set. Stores take it as their first argument. Events and audit entries are
 * collected here and written to the outbox right before the commit.
 */
export class Transaction {
  readonly #client: PoolClient;
  readonly #service: string;
  readonly #now: () => Date;
  readonly #onQuery: ((seconds: number) => void) | undefined;
  readonly #outbox: OutboxRow[] = [];
  readonly #afterCommit: (() => Promise<void>)[] = [];
  #tenantId: string | undefined;

  constructor(client: PoolClient, tenantId: string | undefined, options: TransactionOptions) {
    this.#client = client;
    this.#tenantId = tenantId;
    this.#service = options.service;
    this.#now = options.now;
    this.#onQuery = options.onQuery;
  }

  /** The tenant whose rows this transaction sees; undefined: none. */
  get tenantId(): string | undefined {
    return this.#tenantId;
  }

  /** Rows of a statement. SQL stands in the store, parameters are `$1` …; nothing is ever pasted into it. */
  async rows<Result extends object = Row>(sql: string, parameters: readonly unknown[] = []): Promise<Result[]> {
    return (await this.#query(sql, parameters)).rows as Result[];
  }

  /** The same for a statement whose text is made for one request: it is not prepared, because it hardly comes again. */
  async rowsOnce<Result extends object = Row>(sql: string, parameters: readonly unknown[] = []): Promise<Result[]> {
    return (await this.#run({ text: sql, values: parameters as unknown[] })).rows as Result[];
  }

  /** The first row, or undefined. */
  async findRow<Result extends object = Row>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Result | undefined> {
    return (await this.rows<Result>(sql, parameters))[0];
  }

  /** Runs a statement and tells how many rows it touched. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.#query(sql, parameters)).rowCount ?? 0;
  }

  /**
   * Statements with parameters are prepared, once for each connection: most are run over and over. One that names many
   * rows is planned anew: the plan that was kept since its table was small would read all of the table, and planning
   * is nothing beside many rows.
   */
  async #query(text: string, values: readonly unknown[]): Promise<QueryResult> {
    const name = values.length === 0 || values.some(isLong) ? undefined : nameStatement(text);
    return this.#run(
      name === undefined ? { text, values: values as unknown[] } : { name, text, values: values as unknown[] },
    );
  }

  async #run(query: { name?: string; text: string; values: unknown[] }): Promise<QueryResult> {
    const started = performance.now();
    const result = await this.#client.query(query);
    this.#onQuery?.((performance.now() - started) / 1000);
    return result;
  }

  /** Sees another tenant's rows from here on: for the transaction that creates the tenant. */
  async enterTenant(tenantId: string | undefined): Promise<void> {
    await this.#client.query(`SELECT set_config('plinth.tenant_id', $1, true)`, [tenantId ?? '']);
    this.#tenantId = tenantId;
  }

  /** Writes an event with this transaction; the relay delivers it after the commit, in order of `subject`. */
  publish<Type extends EventType>(type: Type, subject: string, data: EventData<Type>): void {
    this.#outbox.push(
      buildEnvelope({ service: this.#service, type, subject, data, tenantId: this.#tenantId, now: this.#now() }),
    );
  }

  /** Records a write in the audit trail, with this transaction. Every write through a service calls it. */
  audit(entry: AuditEntry): void {
    const record = buildAuditRecord(entry, this.#service, this.#now());
    this.publish('audit.recorded', this.#tenantId ?? 'platform', record);
  }

  /**
   * Runs `work` once this transaction is committed, and not at all when it is rolled back; whoever opened the
   * transaction waits for it. For calls of other services that only bring forward what an event will do anyway:
   * a failure cannot undo the commit, so `work` deals with its own.
   */
  afterCommit(work: () => Promise<void>): void {
    this.#afterCommit.push(work);
  }

  /** Whether there is work for after the commit. */
  get hasAfterCommitWork(): boolean {
    return this.#afterCommit.length > 0;
  }

  /** Runs the work for after the commit, in order. The database calls it when the connection is free again. */
  async runAfterCommitWork(): Promise<void> {
    for (const work of this.#afterCommit.splice(0)) {
      try {
        await work();
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }

  /** Number of outbox rows that wait for the commit. */
  get pendingEvents(): number {
    return this.#outbox.length;
  }

  /** Writes the collected outbox rows. The database calls it right before the commit. */
  async flushOutbox(schema: string): Promise<void> {
    if (this.#outbox.length === 0) return;
    const rows = this.#outbox.splice(0);
    await this.#client.query(
      `INSERT INTO ${schema}.outbox (id, topic, key, type, tenant_id, envelope)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], string_to_array($6, E'\\n')::json[])`,
      [
        plainArray(rows.map((row) => row.id)),
        textArray(rows.map((row) => row.topic)),
        textArray(rows.map((row) => row.key)),
        textArray(rows.map((row) => row.type)),
        plainArray(rows.map((row) => row.tenantId ?? null)),
        // JSON has no line break of its own, and one text is far cheaper to send than an array of escaped ones.
        rows.map((row) => JSON.stringify(row.envelope)).join('\n'),
      ],
    );
  }
}
