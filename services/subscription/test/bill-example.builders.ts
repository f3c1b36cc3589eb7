import { formatMinor, priceModelSchema, type Price } from '@plinth/contracts';
import { z } from 'zod';
import { startOfDay } from '@plinth/common/local-date';
import { compilePlan, type BillablePlan } from '../src/billing/billable-plan.ts';
import { billPeriod } from '../src/billing/bill-period.ts';
import { billRecurring } from '../src/billing/bill-recurring.ts';
import { planBilling, type BillablePhase, type BillableSubscription } from '../src/billing/billing.ts';
import { exact, zero } from '../src/money/exact-decimal.ts';
import { asKnownAt } from './billing-life.builders.ts';

/** A month of a subscription, and the lines that its closing writes. */
export const billExampleSchema = z.strictObject({
  zone: z.string(),
  currency: z.string(),
  plans: z.record(
    z.string(),
    z.strictObject({
      prices: z.record(z.string(), priceModelSchema),
      minimumSpend: z.string().optional(),
      maximumSpend: z.string().optional(),
    }),
  ),
  phases: z.array(
    z.strictObject({
      from: z.string(),
      plan: z.string(),
      seats: z.int().default(1),
      feesWaived: z.boolean().default(false),
    }),
  ),
  /** Quantities by the date on which they were metered. */
  usage: z.record(z.string(), z.string()).default({}),
  lines: z.array(z.string()),
});

type BillExample = z.output<typeof billExampleSchema>;

/** The lines of the first month, once it is over: kind, price and amount. */
export function billExample(example: BillExample): string[] {
  const subscription = toSubscription(example);
  const { currency, startsAt, schedule } = subscription;
  const opening = planBilling(asKnownAt(subscription, startsAt), 0)!;
  const charged = billRecurring(opening.advance, currency, 'advance').map((line) => ({ ...line, waived: false }));
  const metered = Object.entries(example.usage).map(([date, quantity]) => ({
    at: startOfDay(schedule.zone, date),
    quantity,
  }));
  return billPeriod({
    subscription,
    billing: planBilling(subscription, 1)!,
    charged,
    findQuantity: ({ from, to }) =>
      metered
        .filter(({ at }) => at >= from && at < to)
        .reduce((sum, { quantity }) => sum.plus(exact(quantity)), zero)
        .toFixed(),
  })
    .filter(({ periodIndex }) => periodIndex === 0)
    .map(({ kind, priceKey, amountMinor }) => `${kind} ${priceKey} ${formatMinor(amountMinor, currency)}`);
}

function toSubscription({ zone, currency, plans, phases }: BillExample): BillableSubscription {
  const prepared = new Map(
    phases.map((phase) => [keyOf(phase), toPlan(phase.plan, plans[phase.plan]!, phase.feesWaived)]),
  );
  const startsAt = startOfDay(zone, phases[0]!.from);
  return {
    id: 'subscription',
    accountId: 'account',
    currency,
    basis: 'day',
    schedule: { anchor: phases[0]!.from, period: { unit: 'month', count: 1 }, zone },
    firstIndex: 0,
    startsAt,
    endsAt: null,
    phases: phases.map((phase, index): BillablePhase => {
      const to = phases[index + 1]?.from ?? null;
      return {
        id: `phase-${index}`,
        track: 'plan',
        from: phase.from,
        to,
        startsAt: startOfDay(zone, phase.from),
        endsAt: to === null ? null : startOfDay(zone, to),
        quantity: phase.seats,
        plan: prepared.get(keyOf(phase))!,
      };
    }),
  };
}

function keyOf({ plan, feesWaived }: BillExample['phases'][number]): string {
  return `${plan}/${feesWaived}`;
}

function toPlan(planId: string, plan: BillExample['plans'][string], feesWaived: boolean): BillablePlan {
  const { minimumSpend = null, maximumSpend = null } = plan;
  const prices = Object.entries(plan.prices).map(([key, model]): Price => {
    return { id: `${planId}/${key}`, key, description: key, model, taxCategory: 'standard', phases: null };
  });
  const part = { phaseKey: 'evergreen', feesWaived };
  return compilePlan({ planId, version: 1, prices, minimumSpend, maximumSpend }, part);
}
