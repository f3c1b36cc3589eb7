import { AsyncLocalStorage } from 'node:async_hooks';
import { decimalSchema, type EventData } from '@plinth/contracts';
import { newId, systemClock, type Clock } from '../clock/clock.ts';
import { findRequestContext } from '../context/request-context.ts';
import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Logger } from '../logging/logger.ts';
import { UsageNotRecordedError, UsageWithoutAccountError } from './usage.errors.ts';
import { UsageSpool } from './usage-spool.ts';

/** Usage of one account that a request caused. */
export interface EmittedUsage {
  /** Key or id of the customer account; the organization of the caller when absent. */
  readonly account?: string;
  /** The event type that meters count, for example `email.sent`. */
  readonly unit: string;
  /** Exact decimal of at most 18 integer and 12 fraction digits; meters read it as the event's `quantity`. */
  readonly quantity: string;
  /** What evidence and dimensions are made of: the endpoint, the region … */
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
  /** Identity within the service: what is emitted twice under one id counts once. A new one when absent. */
  readonly id?: string;
  /** The tenant whose customer the account is; the caller's when absent. */
  readonly tenantId?: string;
}

export interface UsageEmitterOptions {
  readonly database: Database;
  /** Name of the emitting service: usage's identity is that of its service and its id. */
  readonly service: string;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Where usage is kept while the database does not answer; without it such usage is refused. */
  readonly directory?: string | undefined;
  /** How long a request waits for the database before its usage goes to the directory, in milliseconds. */
  readonly patienceMs?: number;
}

/** Usage and the tenant that it belongs to, on its way into the outbox. */
export interface TenantUsage {
  readonly tenantId: string;
  readonly data: EventData<'usage.recorded'>;
}

interface Waiting {
  readonly usage: TenantUsage;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const PATIENCE_MS = 500;
const USAGE_PER_TRANSACTION = 500;
/** More than this waits only while the database does not answer. */
const MOST_WAITING = 10_000;

/**
 * Emits the usage that a service's own requests cause (requirement 03, flow items 2 and 3). It becomes an event of the
 * service's outbox, which the metering service ingests: once emitted, it is counted exactly once, whatever crashes.
 */
export class UsageEmitter {
  readonly #options: UsageEmitterOptions;
  readonly #clock: Clock;
  readonly #spool: UsageSpool | undefined;
  // Shared transactions must not join the transaction of the request that happens to start one.
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  constructor(options: UsageEmitterOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const { directory, service, log } = options;
    this.#spool =
      directory === undefined
        ? undefined
        : new UsageSpool({ directory, service, log, write: (batch) => this.#outside(() => this.#write(batch)) });
  }

  /** Takes up what an earlier process kept in the directory. */
  async start(): Promise<void> {
    await this.#spool?.start();
  }

  /**
   * Emits usage; await it before the request is answered. With a transaction it is recorded if and only if that commits,
   * for one more row in its outbox. Without one it shares a transaction with other requests' usage; where the database
   * does not answer in time it is kept in the directory, and the request goes on. Throws `UsageWithoutAccountError`,
   * `RangeError` for a quantity that is no decimal, and `UsageNotRecordedError` when neither can take it.
   */
  async emit(usage: EmittedUsage, transaction?: Transaction): Promise<void> {
    const recorded = this.#toTenantUsage(usage, transaction?.tenantId);
    if (transaction !== undefined) {
      if (transaction.tenantId !== recorded.tenantId)
        throw new RangeError('usage belongs to another tenant than the transaction that it is emitted in');
      publish(transaction, recorded);
      return;
    }
    const written = this.#waiting.length < MOST_WAITING && (await this.#writeInTime(recorded));
    if (written) return;
    if (this.#spool === undefined) throw new UsageNotRecordedError();
    await this.#spool.keep(recorded);
  }

  /** Waits until everything that was emitted is written; what the directory keeps waits for the next process. */
  async stop(): Promise<void> {
    await this.#writing;
    await this.#spool?.stop();
  }

  #toTenantUsage(usage: EmittedUsage, transactionTenant: string | undefined): TenantUsage {
    const principal = findRequestContext()?.principal;
    const account = usage.account ?? principal?.organization;
    const tenantId = usage.tenantId ?? transactionTenant ?? principal?.tenant;
    if (account === undefined || tenantId === undefined) throw new UsageWithoutAccountError(usage.unit);
    if (!decimalSchema.safeParse(usage.quantity).success)
      throw new RangeError(`"${usage.quantity}" is not a quantity: 18 integer and 12 fraction digits at most`);
    const now = this.#clock.now();
    return {
      tenantId,
      data: {
        id: usage.id ?? newId(now.getTime()),
        account,
        unit: usage.unit,
        quantity: usage.quantity,
        time: now.toISOString(),
        service: this.#options.service,
        metadata: { ...usage.metadata },
      },
    };
  }

  /** False when the database failed or took too long; it may still write then, which the same id makes harmless. */
  async #writeInTime(usage: TenantUsage): Promise<boolean> {
    const written = new Promise<void>((resolve, reject) => this.#waiting.push({ usage, resolve, reject }));
    this.#writing ??= this.#outside(() => this.#drain());
    const { patienceMs = PATIENCE_MS, log } = this.#options;
    const { promise: late, resolve: giveUp } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => giveUp(false), patienceMs);
    const done = written.then(
      () => true,
      (error: unknown) => {
        log.warn({ err: error }, 'usage could not be written to the outbox');
        return false;
      },
    );
    return Promise.race([done, late]).finally(() => clearTimeout(timer));
  }

  async #drain(): Promise<void> {
    // A turn later, so that requests of the same moment share the first transaction.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, USAGE_PER_TRANSACTION);
      try {
        await this.#write(batch.map(({ usage }) => usage));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = undefined;
  }

  async #write(batch: readonly TenantUsage[]): Promise<void> {
    await this.#options.database.transaction(undefined, async (transaction) => {
      for (const [tenantId, usages] of Map.groupBy(batch, (usage) => usage.tenantId)) {
        await transaction.enterTenant(tenantId);
        for (const usage of usages) publish(transaction, usage);
      }
    });
  }
}

/** Under its own id: usage needs no order, so nothing of an account waits behind an event that has to be tried again. */
function publish(transaction: Transaction, { data }: TenantUsage): void {
  transaction.publish('usage.recorded', data.id, data);
}
