import type { ContractFunctions, meteringContract, UsageRequest } from '@plinth/contracts';
import type { Clock, Database, Logger } from '@plinth/common';
import { exact, zero } from '../money/exact-decimal.ts';
import { findSubscription } from '../subscription/subscription.store.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { KillBillRefusedError } from './kill-bill.errors.ts';
import { asName } from './kill-bill-plan.ts';
import type { KillBillClient } from './kill-bill-client.ts';
import { planKeyOf, type ExpressedPlan } from './mirror-steps.ts';
import { listUsageParts, recordingDay, type UsagePart } from './usage-parts.ts';
import * as store from './usage.store.ts';

export interface UsageMirrorDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metering: Pick<ContractFunctions<typeof meteringContract>, 'listQuantities'>;
}

const subscriptionsAtOnce = 200;
const firstKey = ['00000000-0000-0000-0000-000000000000', ''] as const;

/** A meter of a part of a subscription's period. */
interface Measured extends store.UsageKey {
  readonly killBillId: string;
  readonly part: UsagePart;
  readonly request: UsageRequest;
}

/**
 * Hands on what the days that are over have added to each part of a period, once. It is the quantity that is rated
 * here, whatever the meter adds up: a maximum or a number of distinct values grows by what it has grown.
 */
export class UsageMirror {
  readonly #options: UsageMirrorDependencies;
  constructor(options: UsageMirrorDependencies) {
    this.#options = options;
  }

  /** A record that is refused is tried again next time, and does not keep the others waiting. */
  async run(
    tenantId: string,
    client: KillBillClient,
    plans: ReadonlyMap<string, ExpressedPlan>,
  ): Promise<UsageMirrorSummary> {
    const { database } = this.#options;
    const summary = { usages: 0, failed: 0 };
    for (let after: readonly [string, string] | undefined = firstKey; after !== undefined;) {
      const page: Counted[] = await database.transaction(tenantId, (transaction) =>
        store.listCounted(transaction, after!, subscriptionsAtOnce),
      );
      await this.#runPage({ tenantId, client, summary }, await this.#listMeasured(tenantId, page, plans));
      const last = page.at(-1);
      after = page.length < subscriptionsAtOnce || last === undefined ? undefined : [last.subscriptionId, last.track];
    }
    return summary;
  }

  async #listMeasured(
    tenantId: string,
    page: readonly Counted[],
    plans: ReadonlyMap<string, ExpressedPlan>,
  ): Promise<Measured[]> {
    const { database, clock } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      const measured: Measured[] = [];
      for (const counted of page) {
        const subscription = await findSubscription(transaction, counted.subscriptionId);
        if (subscription === undefined) continue;
        for (const part of listUsageParts(subscription, counted.track, clock.now()))
          measured.push(...measure(subscription, counted, part, plans));
      }
      return measured;
    });
  }

  async #runPage(run: Run, measured: readonly Measured[]): Promise<void> {
    if (measured.length === 0) return;
    const { tenantId } = run;
    const { database, metering } = this.#options;
    const quantities = await metering.listQuantities({ tenantId, requests: measured.map(({ request }) => request) });
    const ids = [...new Set(measured.map(({ subscriptionId }) => subscriptionId))];
    const since = measured.map(({ partFrom }) => partFrom).toSorted()[0]!;
    const rows = await database.transaction(tenantId, (transaction) => store.listUsages(transaction, ids, since));
    const recorded = Map.groupBy(rows, keyOf);
    for (const [index, entry] of measured.entries())
      await this.#send(run, entry, recorded.get(keyOf(entry)) ?? [], quantities[index] ?? '0');
  }

  /** Sends what was recorded and not sent, then what has been added since. */
  async #send(
    { tenantId, client, summary }: Run,
    entry: Measured,
    rows: readonly store.UsageRow[],
    quantity: string,
  ): Promise<void> {
    const { database, log } = this.#options;
    const waiting = rows.filter(({ sentAt }) => sentAt === null);
    const counted = rows.reduce((sum, row) => sum.plus(exact(row.quantity)), zero);
    // Kill Bill counts whole units, and less than nothing was used by nobody (rule 14).
    const wanted = exact(quantity).isNegative() ? zero : exact(quantity).floor();
    const added = wanted.minus(counted);
    if (added.isNegative() && entry.part.ended) {
      log.warn(
        {
          tenantId,
          subscriptionId: entry.subscriptionId,
          meter: entry.meter,
          part: entry.partFrom,
          less: added.toFixed(),
        },
        'usage of a part that Kill Bill may have billed was lowered; it cannot be told',
      );
    } else if (!added.isZero()) {
      const { subscriptionId, track, meter, partFrom } = entry;
      const day = recordingDay(entry.part);
      const row = { subscriptionId, track, meter, partFrom, revision: rows.length, day, quantity: added.toFixed() };
      await database.transaction(tenantId, (transaction) => store.insertUsage(transaction, row));
      waiting.push({ ...row, sentAt: null });
    }
    try {
      for (const row of waiting) {
        await this.#sendRow(tenantId, client, entry, row);
        summary.usages += 1;
      }
    } catch (error) {
      if (!(error instanceof KillBillRefusedError)) throw error;
      summary.failed += 1;
      log.warn({ err: error, tenantId, subscriptionId: entry.subscriptionId }, 'Kill Bill refused a usage record');
    }
  }

  async #sendRow(tenantId: string, client: KillBillClient, entry: Measured, row: store.UsageRow): Promise<void> {
    const { database, clock } = this.#options;
    await client.recordUsage({
      subscriptionId: entry.killBillId,
      trackingId: [row.meter, row.partFrom, row.day, row.revision].join(':'),
      unit: asName(row.meter),
      date: row.day,
      quantity: row.quantity,
    });
    await database.transaction(tenantId, (transaction) => store.noteSent(transaction, row, clock.now()));
  }
}

export interface UsageMirrorSummary {
  usages: number;
  failed: number;
}

interface Run {
  readonly tenantId: string;
  readonly client: KillBillClient;
  readonly summary: UsageMirrorSummary;
}

interface Counted {
  readonly subscriptionId: string;
  readonly track: string;
  readonly killBillId: string;
}

function measure(
  { accountId, currency }: Subscription,
  { subscriptionId, track, killBillId }: Counted,
  part: UsagePart,
  plans: ReadonlyMap<string, ExpressedPlan>,
): Measured[] {
  const prices = plans.get(planKeyOf(part.planId, part.planVersion, currency))?.sold.prices ?? [];
  const meters = new Set(prices.flatMap(({ model }) => (model.model === 'flat' ? [] : (model.meter ?? []))));
  const [from, to] = [part.fromAt.toISOString(), part.untilAt.toISOString()];
  return [...meters].map((meter) => ({
    subscriptionId,
    track,
    meter,
    partFrom: part.from,
    killBillId,
    part,
    request: { accountId, meter, from, to },
  }));
}

function keyOf({ subscriptionId, track, meter, partFrom }: store.UsageKey): string {
  return `${subscriptionId}/${track}/${partFrom}/${meter}`;
}
