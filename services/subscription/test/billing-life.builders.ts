import type { BillingPeriod, Price, PriceModel } from '@plinth/contracts';
import { addDays, type LocalDate } from '@plinth/common/calendar';
import { localDateAt, startOfDay } from '@plinth/common/local-date';
import { compilePlan, type BillablePlan } from '../src/billing/billable-plan.ts';
import type { BillablePhase, BillableSubscription, Billing } from '../src/billing/billing.ts';
import { planBilling } from '../src/billing/billing.ts';
import type { seededRandom } from '../src/money/seeded-random.ts';
import { periodContaining } from '../src/period/period.ts';
import type { ProrationBasis } from '../src/period/prorate.ts';

export type Random = ReturnType<typeof seededRandom>;

/** Zones whose clocks change at midnight, by half an hour, by a whole day, in the south, or never. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Santiago',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
];
const periods: BillingPeriod[] = [
  { unit: 'month', count: 1 },
  { unit: 'month', count: 3 },
  { unit: 'week', count: 2 },
  { unit: 'day', count: 10 },
  { unit: 'year', count: 1 },
];
export const currencies = ['JPY', 'EUR', 'KWD', 'CLF'] as const;

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random(items.length)]!;
}

/** A decimal with up to six fraction digits. */
export function decimal(random: Random, below: number): string {
  return `${random(below)}.${String(random(1_000_000)).padStart(6, '0')}`;
}

export interface LifeOptions {
  readonly basis?: ProrationBasis;
  /** Made anew for each change when it gives different plans. */
  readonly plan: () => BillablePlan;
  readonly ends?: boolean;
}

/** A subscription that is changed at random, over up to four years that hold leap days and clock changes. */
export function buildLife(random: Random, { basis = 'day', plan, ends = random(2) === 0 }: LifeOptions) {
  const zone = pick(random, zones);
  const anchor = addDays('2010-12-28', random(5000));
  const startsOn = random(3) === 0 ? addDays(anchor, random(60)) : anchor;
  const days = [0, ...Array.from({ length: random(9) }, () => 1 + random(1400))];
  const dates = [...new Set(days)].sort((left, right) => left - right).map((day) => addDays(startsOn, day));
  // A date that a zone skipped has no length, so nothing can begin on it.
  const moments = dates
    .map((date) => momentOf(random, zone, date, basis))
    .filter((at, i, all) => at > (all[i - 1] ?? 0));
  const endsAt = ends && moments.length > 1 ? moments.pop()! : null;
  const phases = moments.map((startsAt, index): BillablePhase => {
    const next = moments[index + 1] ?? endsAt;
    return {
      id: `phase-${index}`,
      track: 'plan',
      from: localDateAt(zone, startsAt),
      to: next === null ? null : localDateAt(zone, next),
      startsAt,
      endsAt: next,
      quantity: 1 + random(20),
      plan: plan(),
    };
  });
  const schedule = { anchor, period: pick(random, periods), zone };
  const startsAt = moments[0]!;
  const subscription: BillableSubscription = {
    id: 'subscription',
    accountId: 'account',
    currency: pick(random, currencies),
    basis,
    schedule,
    firstIndex: periodContaining(schedule, startsAt).index,
    startsAt,
    endsAt,
    phases,
  };
  return subscription;
}

function momentOf(random: Random, zone: string, date: LocalDate, basis: ProrationBasis): Date {
  const midnight = startOfDay(zone, date);
  return basis === 'day' ? midnight : new Date(midnight.getTime() + random(86_400) * 1000);
}

/** Every billing of a subscription; of one without an end those of its first years. */
export function listBillings(subscription: BillableSubscription): Billing[] {
  const billings: Billing[] = [];
  const until = subscription.endsAt ?? new Date(subscription.startsAt.getTime() + 1500 * 86_400_000);
  for (let index = subscription.firstIndex; ; index += 1) {
    const billing = planBilling(subscription, index);
    if (billing === undefined || (subscription.endsAt === null && billing.billedAt > until)) return billings;
    billings.push(billing);
  }
}

/** The subscription as it was known at a moment: changes that came later are not in it. */
export function asKnownAt(subscription: BillableSubscription, moment: Date): BillableSubscription {
  const known = subscription.phases.filter(({ startsAt }) => startsAt <= moment);
  const last = known.pop()!;
  return { ...subscription, endsAt: null, phases: [...known, { ...last, to: null, endsAt: null }] };
}

let planCount = 0;

/** A plan with one price for each model. */
export function buildPlan(
  models: Readonly<Record<string, PriceModel>>,
  limits: { readonly minimumSpend?: string; readonly maximumSpend?: string } = {},
): BillablePlan {
  planCount += 1;
  const prices = Object.entries(models).map(([key, model]): Price => {
    return { id: `${planCount}-${key}`, key, description: key, model, taxCategory: 'standard', phases: null };
  });
  return compilePlan({ planId: `plan-${planCount}`, version: planCount, prices, ...limits });
}
