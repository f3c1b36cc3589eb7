import type { Clock, Database, JobDefinition, Logger } from '@plinth/common';
import { beginGeneration } from '../meter/meter.store.ts';
import { findFault } from './series.ts';
import type { UsageCounter } from './usage-counter.ts';
import * as days from './usage-days.store.ts';
import * as store from './re-aggregation.store.ts';
import { sumWindows } from './usage-windows.ts';

const EVENTS_PER_TRANSACTION = 2000;
const ACCOUNTS_PER_TRANSACTION = 100;
/** Whoever has looked up a meter reads its windows within this time. */
const KEEP_SUPERSEDED_MS = 10 * 60_000;

export interface ReAggregationParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly counter: UsageCounter;
  /** Counts unmatched events of a type. */
  readonly replay: (tenantId: string, type: string) => Promise<unknown>;
  /** How many events one transaction counts; 2,000 when absent. */
  readonly eventsPerTransaction?: number;
}

/**
 * Makes new revisions of meters out of the stored events, and deletes what replaced ones have counted. Events that come
 * meanwhile count in both: those of the revision's generation and later ones are added by their writers, those before
 * by this, each step in one transaction with the place where the next one goes on. A crash loses nothing.
 */
export class ReAggregation {
  readonly #parts: ReAggregationParts;

  constructor(parts: ReAggregationParts) {
    this.#parts = parts;
  }

  /** Does all the work there is. One revision's failure does not keep the others waiting. */
  async run(log: Logger): Promise<void> {
    const { database, clock } = this.#parts;
    const before = new Date(clock.now().getTime() - KEEP_SUPERSEDED_MS);
    const revisions = await database.platformTransaction((transaction) => store.listUnfinished(transaction, before));
    for (const { tenantId, id, status } of revisions) {
      try {
        if (status === 'building') await this.build(tenantId, id);
        else await this.#remove(tenantId, id);
      } catch (error) {
        log.error({ err: error, tenantId, revisionId: id }, 'a meter could not be re-aggregated; the next run goes on');
      }
    }
  }

  /** Counts all stored events by a revision, and lets it answer for its meter then. */
  async build(tenantId: string, id: string): Promise<void> {
    while (await this.advance(tenantId, id));
    await this.#activate(tenantId, id);
  }

  /** Counts the next stored events; false when none are left, or the revision is not wanted any more. */
  async advance(tenantId: string, id: string): Promise<boolean> {
    return this.#parts.database.transaction(tenantId, async (transaction) => {
      const series = await store.lockBuilding(transaction, id);
      if (series === undefined) return false;
      const most = this.#parts.eventsPerTransaction ?? EVENTS_PER_TRANSACTION;
      const stored = await store.readStoredEvents(transaction, series, most);
      const last = stored.at(-1);
      if (last === undefined) return false;
      const counted = stored.filter(({ event }) => findFault(series, event) === undefined);
      const sums = sumWindows(counted.map((one) => ({ ...one, series: [series] })));
      await this.#parts.counter.add(transaction, sums);
      const position = { accountId: last.accountId, time: last.event.time, hash: last.event.hash };
      const skipped = stored.length - counted.length;
      await store.savePosition(transaction, id, { position, counted: counted.length, skipped });
      return stored.length === most;
    });
  }

  async #activate(tenantId: string, id: string): Promise<void> {
    const { database, clock, replay } = this.#parts;
    const done = await database.transaction(tenantId, async (transaction) => {
      // From here on nobody adds to the revision that is replaced.
      await beginGeneration(transaction);
      const series = await store.lockBuilding(transaction, id);
      if (series === undefined) return undefined;
      await store.activate(transaction, series, clock.now());
      const { meterId } = series;
      transaction.audit({
        action: 'meter.re_aggregated',
        resourceType: 'meter',
        resourceId: meterId,
        after: { revisionId: id },
      });
      return series;
    });
    if (done !== undefined) await replay(tenantId, done.eventType);
  }

  async #remove(tenantId: string, id: string): Promise<void> {
    let after: string | undefined = '00000000-0000-0000-0000-000000000000';
    while (after !== undefined) {
      const position: string = after;
      after = await this.#parts.database.transaction(tenantId, async (transaction) => {
        if (!(await store.lockSuperseded(transaction, id))) return undefined;
        await days.shareDays(transaction);
        const accountIds = await days.listAccountsAfter(transaction, position, ACCOUNTS_PER_TRANSACTION);
        if (accountIds.length > 0) await store.deleteCounted(transaction, id, accountIds);
        else await store.markRemoved(transaction, id);
        return accountIds.at(-1);
      });
    }
  }
}

/** Looks for work each minute, and whenever it is sent. */
export const RE_AGGREGATION_JOB = 'metering.re-aggregation';

export function reAggregationJob(reAggregation: ReAggregation, log: Logger): JobDefinition {
  return { name: RE_AGGREGATION_JOB, schedule: '* * * * *', run: () => reAggregation.run(log) };
}
