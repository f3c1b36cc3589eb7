import type { UsageRequest } from '@plinth/contracts';
import { InvalidInputError, type Clock, type Database } from '@plinth/common';
import type { MeterService } from '../meter/meter.service.ts';
import type { Meter } from '../meter/meter.ts';
import type { AccountResolver } from './account-resolver.ts';
import { parseUsageEvent, type UsageEvent } from './usage-event.ts';
import * as store from './usage.store.ts';
import { findValueFault, WINDOW_MS, type MatchedEvent } from './usage-windows.ts';
import { UsageWriter, type IncomingEvent } from './usage-writer.ts';

export interface IngestionResult {
  readonly accepted: number;
  readonly duplicates: number;
  readonly unmatched: number;
  readonly rejected: { index: number; id: string | null; reason: string }[];
}

export interface AccountUsage {
  readonly meter: string;
  readonly aggregation: string;
  readonly unit: string | null;
  readonly quantity: string;
}

const REPLAY_STEP = 2000;

/** Takes usage in and tells how much there was. */
export class UsageService {
  readonly #database: Database;
  readonly #meters: MeterService;
  readonly #accounts: AccountResolver;
  readonly #clock: Clock;
  readonly #writer: UsageWriter;

  constructor(database: Database, meters: MeterService, accounts: AccountResolver, clock: Clock) {
    this.#database = database;
    this.#meters = meters;
    this.#accounts = accounts;
    this.#clock = clock;
    this.#writer = new UsageWriter(database, clock);
  }

  /** Ingests events; each is accepted, a duplicate, or refused with a reason. */
  async ingest(tenantId: string, values: readonly unknown[]): Promise<IngestionResult> {
    const now = this.#clock.now().getTime();
    const rejected: IngestionResult['rejected'] = [];
    const parsed: { index: number; event: UsageEvent }[] = [];
    for (const [index, value] of values.entries()) {
      const event = parseUsageEvent(value, now);
      if (typeof event === 'string') rejected.push({ index, id: idOf(value), reason: event });
      else parsed.push({ index, event });
    }
    const match = await this.#matcher(
      tenantId,
      parsed.map(({ event }) => event),
    );
    const incoming: IncomingEvent[] = [];
    for (const { index, event } of parsed) {
      const matched = match(event);
      const fault = 'meters' in matched ? findValueFault(event, matched.meters) : undefined;
      if (fault === undefined) incoming.push(matched);
      else rejected.push({ index, id: event.id, reason: fault });
    }
    const { accepted, unmatched } =
      incoming.length === 0 ? { accepted: 0, unmatched: 0 } : await this.#writer.write(tenantId, incoming);
    return {
      accepted,
      duplicates: incoming.length - accepted,
      unmatched,
      rejected: rejected.sort((left, right) => left.index - right.index),
    };
  }

  /** Usage of an account by meter in [from, to), which lie on quarters of an hour; one round trip. */
  async listUsage(
    tenantId: string,
    accountId: string,
    from: Date,
    to: Date,
    meter: string | undefined,
  ): Promise<AccountUsage[]> {
    return this.#database.read<AccountUsage>(tenantId, 'metering.current_usage', store.currentUsageSql, [
      accountId,
      from,
      to,
      meter ?? null,
    ]);
  }

  /** The end of the window that runs at this moment. */
  currentWindowEnd(): Date {
    return new Date((Math.floor(this.#clock.now().getTime() / WINDOW_MS) + 1) * WINDOW_MS);
  }

  async listQuantities(tenantId: string, requests: readonly UsageRequest[]): Promise<string[]> {
    if (requests.length === 0) return [];
    const faults = requests.flatMap(({ from, to }, index) =>
      Date.parse(from) % WINDOW_MS === 0 && Date.parse(to) % WINDOW_MS === 0
        ? []
        : [{ path: `/requests/${index}`, message: 'must begin and end on a quarter of an hour' }],
    );
    if (faults.length > 0) throw new InvalidInputError(faults);
    return this.#database.transaction(tenantId, (transaction) => store.listQuantities(transaction, requests));
  }

  async listUnmatched(tenantId: string): Promise<{ reason: string; count: number; example: unknown }[]> {
    return this.#database.transaction(tenantId, store.listUnmatched);
  }

  /** Counts the unmatched events that can be counted now. */
  async replayUnmatched(tenantId: string): Promise<{ counted: number; unmatched: number }> {
    let [counted, unmatched] = [0, 0];
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const position = after;
      const events = await this.#database.transaction(tenantId, (transaction) =>
        store.readUnmatched(transaction, position, REPLAY_STEP),
      );
      const last = events.at(-1);
      if (last === undefined) return { counted, unmatched };
      after = last.hash;
      const match = await this.#matcher(tenantId, events);
      const matched = events
        .map(match)
        .filter(
          (event): event is MatchedEvent =>
            'meters' in event && findValueFault(event.event, event.meters) === undefined,
        );
      const done = await this.#writer.replay(tenantId, matched);
      counted += done;
      unmatched += events.length - done;
    }
  }

  async #matcher(tenantId: string, events: readonly UsageEvent[]): Promise<(event: UsageEvent) => IncomingEvent> {
    if (events.length === 0) return (event) => ({ event, reason: '' });
    const byType = Map.groupBy(await this.#meters.listActive(tenantId), (meter: Meter) => meter.eventType);
    const accounts = await this.#accounts.resolve(
      tenantId,
      events.map((event) => event.subject),
    );
    return (event) => {
      const meters = byType.get(event.type);
      const accountId = accounts.get(event.subject);
      if (meters === undefined) return { event, reason: `no meter counts events of type ${event.type}` };
      if (accountId === undefined) return { event, reason: 'no account has the subject as its key or id' };
      return { event, accountId, meters };
    };
  }
}

function idOf(value: unknown): string | null {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 512) : null;
}
