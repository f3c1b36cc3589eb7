import type { accountContract, ContractFunctions } from '@plinth/contracts';
import {
  decodeCursor,
  DomainError,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  type Clock,
  type Database,
  type Logger,
  type Page,
} from '@plinth/common';
import { z } from 'zod';
import { findMeterByKey } from '../meter/meter.store.ts';
import type { Meter } from '../meter/meter.ts';
import type { UsageService } from '../usage/usage.service.ts';
import { DayNotFillableError, NoPrometheusError } from './backfill.errors.ts';
import type { NewSource } from './backfill.dto.ts';
import * as rules from './backfill.ts';
import type { BackfillSource } from './backfill.ts';
import * as store from './backfill.store.ts';
import type { PrometheusClient } from './prometheus-client.ts';

export interface BackfillOptions {
  readonly database: Database;
  readonly usage: UsageService;
  readonly accounts: ContractFunctions<typeof accountContract>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Absent where the operator has configured none. */
  readonly prometheus: PrometheusClient | undefined;
}

type SummingMeter = Meter & { readonly valueProperty: string };

/** A day is filled so long after its end: events of its last moments are metered by then. */
const SETTLED_AFTER_MS = 3_600_000;
const ACCOUNTS_AT_ONCE = 1000;

/** Fills usage from Prometheus, as far as it was not metered otherwise. */
export class BackfillService {
  readonly #options: BackfillOptions;

  constructor(options: BackfillOptions) {
    this.#options = options;
  }

  async create(tenantId: string, { startsOn, ...input }: NewSource): Promise<BackfillSource> {
    const { database, clock, prometheus } = this.#options;
    if (prometheus === undefined) throw new NoPrometheusError();
    const now = clock.now();
    const today = rules.dayOf(now);
    if (startsOn !== undefined && startsOn > today)
      throw new InvalidInputError([{ path: '/startsOn', message: 'must not be in the future' }]);
    const nextDay = startsOn ?? rules.dayOf(new Date(now.getTime() - 86_400_000));
    const source: BackfillSource = {
      id: newId(now.getTime()),
      tenantId,
      ...input,
      nextDay,
      lastError: null,
      createdAt: now,
    };
    return database.transaction(tenantId, async (transaction) => {
      const meter = await findMeterByKey(transaction, input.meter);
      if (meter?.aggregation !== 'sum') {
        const message = meter === undefined ? 'is not a meter' : 'must be a meter that sums: quantities are filled in';
        throw new InvalidInputError([{ path: '/meter', message }]);
      }
      await store.insertSource(transaction, source);
      transaction.audit({
        action: 'backfill-source.created',
        resourceType: 'backfill-source',
        resourceId: source.id,
        after: source,
      });
      return source;
    });
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<BackfillSource>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listSources(transaction, after, limit + 1),
    );
    return toPage(
      rows,
      limit,
      (source) => [source.id],
      (source) => source,
    );
  }

  async delete(tenantId: string, id: string): Promise<void> {
    await this.#options.database.transaction(tenantId, async (transaction) => {
      const before = await store.findSource(transaction, id);
      if (before === undefined) throw new NotFoundError('backfill source', id);
      await store.deleteSource(transaction, id);
      transaction.audit({
        action: 'backfill-source.deleted',
        resourceType: 'backfill-source',
        resourceId: id,
        before,
      });
    });
  }

  async listDays(
    tenantId: string,
    sourceId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<store.FilledDay>> {
    const before = decodeCursor(cursor, z.tuple([z.iso.date()]))?.[0];
    await this.#getSource(tenantId, sourceId);
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listDays(transaction, { sourceId, before, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      ({ day }) => [day],
      (day) => day,
    );
  }

  /** Fills a day again that was filled before. */
  async fillAgain(tenantId: string, sourceId: string, day: string): Promise<store.FilledDay> {
    const source = await this.#getSource(tenantId, sourceId);
    if (day >= source.nextDay) throw new DayNotFillableError(day, source.nextDay);
    return this.#fill(source, day);
  }

  /** Fills all days that are over, of all sources. One source's failure does not keep the others waiting. */
  async run(): Promise<void> {
    const { database, clock, log, prometheus } = this.#options;
    if (prometheus === undefined) return;
    const today = rules.dayOf(new Date(clock.now().getTime() - SETTLED_AFTER_MS));
    const due = await database.platformTransaction((transaction) => store.listDueSources(transaction, today));
    for (const { tenantId, id } of due) {
      try {
        const source = await this.#getSource(tenantId, id);
        for (let day = source.nextDay; day < today; day = rules.nextDayOf(day)) await this.#fill(source, day);
      } catch (error) {
        log.error(
          { err: error, tenantId, sourceId: id },
          'usage could not be filled from Prometheus; the next run goes on',
        );
        await database.transaction(tenantId, (transaction) => store.saveError(transaction, id, describe(error)));
      }
    }
  }

  async #fill(source: BackfillSource, day: string): Promise<store.FilledDay> {
    const { database, clock, prometheus } = this.#options;
    if (prometheus === undefined) throw new NoPrometheusError();
    const { tenantId } = source;
    const meter = await database.transaction(tenantId, (transaction) => findMeterByKey(transaction, source.meter));
    if (meter?.aggregation !== 'sum' || meter.valueProperty === null)
      throw new InvalidInputError([{ path: '/meter', message: `${source.meter} is no meter that sums any more` }]);
    const measured = (await prometheus.query(rules.renderQuery(source), rules.endOf(day), source.accountLabel)).flatMap(
      ({ account, value }) => {
        const quantity = rules.roundMeasured(value, source.digits);
        return quantity === undefined ? [] : [{ account, quantity }];
      },
    );
    const missing: string[] = [];
    for (let start = 0; start < measured.length; start += ACCOUNTS_AT_ONCE)
      missing.push(
        ...(await this.#fillAccounts(
          source,
          day,
          measured.slice(start, start + ACCOUNTS_AT_ONCE),
          meter as SummingMeter,
        )),
      );
    const result: store.FilledDay = {
      day,
      accounts: measured.length,
      measured: rules.addUp(measured.map(({ quantity }) => quantity)),
      missingAccounts: missing.length,
      missing: rules.addUp(missing),
      filledAt: clock.now(),
    };
    await database.transaction(tenantId, async (transaction) => {
      await store.saveDay(transaction, source.id, result);
      await store.advance(transaction, source.id, rules.nextDayOf(day));
      transaction.audit({
        action: 'backfill-day.filled',
        resourceType: 'backfill-source',
        resourceId: source.id,
        after: result,
      });
    });
    return result;
  }

  /** Gives the quantities that were missing. A crash in between is harmless: what was filled counts as metered then. */
  async #fillAccounts(
    source: BackfillSource,
    day: string,
    measured: readonly { readonly account: string; readonly quantity: string }[],
    meter: SummingMeter,
  ): Promise<string[]> {
    const { accounts, usage } = this.#options;
    const { tenantId } = source;
    const known = new Map(
      (await accounts.resolveAccounts({ tenantId, keys: measured.map(({ account }) => account) })).map(
        ({ key, accountId }) => [key, accountId],
      ),
    );
    const range = { meter: meter.key, from: `${day}T00:00:00Z`, to: rules.endOf(day).toISOString() };
    const asked = measured.filter(({ account }) => known.has(account));
    const metered = await usage.listQuantities(
      tenantId,
      asked.map(({ account }) => ({ ...range, accountId: known.get(account)! })),
    );
    const meteredByAccount = new Map(asked.map(({ account }, index) => [account, metered[index]!]));
    const missing = measured.flatMap(({ account, quantity }) => {
      const difference = rules.findDifference(quantity, meteredByAccount.get(account) ?? '0');
      return difference === undefined ? [] : [{ account, quantity: difference }];
    });
    if (missing.length === 0) return [];
    const { rejected } = await usage.ingest(
      tenantId,
      missing.map((one) => rules.toEvent(source, day, one, meter)),
    );
    const [first] = rejected;
    if (first !== undefined)
      throw new InvalidInputError([{ path: `/accounts/${missing[first.index]!.account}`, message: first.reason }]);
    return missing.map(({ quantity }) => quantity);
  }

  async #getSource(tenantId: string, id: string): Promise<BackfillSource> {
    const source = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findSource(transaction, id),
    );
    if (source === undefined) throw new NotFoundError('backfill source', id);
    return source;
  }
}

/** What the operator reads: each fault with its path, where there are any. */
function describe(error: unknown): string {
  if (!(error instanceof DomainError)) return 'The day could not be filled.';
  const faults = (error.faults ?? []).map(({ path, message }) => `${path} ${message}`);
  return [error.message, ...faults].join(' ').slice(0, 1000);
}
