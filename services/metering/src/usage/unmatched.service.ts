import {
  decodeCursor,
  InvalidInputError,
  NotFoundError,
  toPage,
  type Database,
  type Page,
  type TenantClock,
} from '@plinth/common';
import { z } from 'zod';
import { parseUsageEvent, type UsageEvent } from './usage-event.ts';
import * as store from './usage.store.ts';
import type { CheckedEvent, IncomingEvent, UsageWriter } from './usage-writer.ts';

const STEP = 2000;

/** Matches events with their accounts; gives the reason where a meter of the type cannot count the event. */
export type Matcher = (
  tenantId: string,
  events: readonly UsageEvent[],
) => Promise<(event: UsageEvent) => IncomingEvent | string>;

export interface UnmatchedParts {
  readonly database: Database;
  readonly clock: TenantClock;
  readonly writer: UsageWriter;
  readonly match: Matcher;
}

/** Keeps what nothing counts yet, and counts it once something does. */
export class UnmatchedService {
  readonly #parts: UnmatchedParts;

  constructor(parts: UnmatchedParts) {
    this.#parts = parts;
  }

  async listReasons(tenantId: string): Promise<{ reason: string; count: number; example: unknown }[]> {
    return this.#parts.database.transaction(tenantId, store.listUnmatched);
  }

  /** The events themselves; of one reason where it is named. */
  async list(
    tenantId: string,
    query: { readonly reason?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<store.UnmatchedRecord>> {
    const after = decodeCursor(query.cursor, z.tuple([z.guid()]))?.[0];
    const rows = await this.#parts.database.transaction(tenantId, (transaction) =>
      store.listUnmatchedEvents(transaction, { reason: query.reason, after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (row) => [row.hash],
      (row) => row,
    );
  }

  /** Replaces an unmatched event by a CloudEvent of the same source and id, and counts it if that can be now. */
  async correct(tenantId: string, value: unknown): Promise<{ counted: number; unmatched: number }> {
    const { database, clock, match } = this.#parts;
    const event = parseUsageEvent(value, (await clock.nowOf(tenantId)).getTime());
    if (typeof event === 'string') throw new InvalidInputError([{ path: '/body/event', message: event }]);
    const matched = (await match(tenantId, [event]))(event);
    if (typeof matched === 'string') throw new InvalidInputError([{ path: '/body/event', message: matched }]);
    await database.transaction(tenantId, async (transaction) => {
      const before = await store.replaceUnmatched(transaction, event);
      if (before === undefined) throw new NotFoundError('unmatched event', `${event.source} ${event.id}`);
      transaction.audit({
        action: 'usage_event.corrected',
        resourceType: 'usage_event',
        resourceId: `${event.source} ${event.id}`,
        before,
        after: event,
      });
    });
    const counted = await this.#count(tenantId, [matched]);
    return { counted, unmatched: 1 - counted };
  }

  /** Counts the events, of one type where it is named, that can be counted now. */
  async replay(tenantId: string, type?: string): Promise<{ counted: number; unmatched: number }> {
    const { database, clock, match } = this.#parts;
    await clock.load(tenantId);
    let [counted, unmatched] = [0, 0];
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const position = after;
      const events = await database.transaction(tenantId, (transaction) =>
        store.readUnmatched(transaction, { after: position, limit: STEP, type }),
      );
      const last = events.at(-1);
      if (last === undefined) return { counted, unmatched };
      after = last.hash;
      const done = await this.#count(tenantId, events.map(await match(tenantId, events)));
      counted += done;
      unmatched += events.length - done;
    }
  }

  async #count(tenantId: string, matched: readonly (IncomingEvent | string)[]): Promise<number> {
    const countable = matched.filter(
      (one): one is CheckedEvent => typeof one === 'object' && 'accountId' in one && one.hasMeter,
    );
    return this.#parts.writer.replay(tenantId, countable);
  }
}
