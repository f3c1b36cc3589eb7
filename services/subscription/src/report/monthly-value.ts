import type { BillingPeriod, PlanVersion } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import { compilePlan } from '../billing/billable-plan.ts';
import { exact, zero } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';

/** A plan version, a phase of it and a number of seats, as phases of subscriptions name them. */
export interface SoldCombination {
  readonly planId: string;
  readonly planVersion: number;
  readonly phaseKey: string;
  readonly quantity: number;
}

/**
 * What a combination brings a month, in smallest units: its flat fees and seats for a period, normalised to a month of
 * 365 / 12 days, and rounded once. Usage, minimums, coupons and taxes are no part of it.
 */
export function monthlyValueOf(
  plan: Pick<PlanVersion, 'planId' | 'version' | 'prices' | 'period' | 'currency'>,
  { phaseKey, quantity }: Pick<SoldCombination, 'phaseKey' | 'quantity'>,
): bigint {
  const { advance, arrears } = compilePlan(plan, { phaseKey, feesWaived: false });
  const perPeriod = [...advance, ...arrears].reduce(
    (sum, item) => sum.plus(item.rate(item.seats ? String(quantity) : '1').amount),
    zero,
  );
  return roundMoney(perPeriod.div(monthsOf(plan.period)), plan.currency);
}

function monthsOf({ unit, count }: BillingPeriod): Decimal {
  const perUnit = {
    day: exact('12').div('365'),
    week: exact('84').div('365'),
    month: exact('1'),
    year: exact('12'),
  }[unit];
  return perUnit.times(String(count));
}
