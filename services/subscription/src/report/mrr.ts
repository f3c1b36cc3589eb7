import { exact } from '../money/exact-decimal.ts';
import type { CohortChange, MrrChange } from './mrr.store.ts';

/** Customers and their monthly recurring revenue in smallest units. */
export interface Movement {
  readonly customers: number;
  readonly amountMinor: bigint;
}

/** How recurring revenue moved from the end of one month to that of the next. */
export interface MrrMonth {
  /** Year and month. */
  readonly month: string;
  readonly opening: Movement;
  readonly new: Movement;
  /** Customers who had left before. */
  readonly reactivation: Movement;
  readonly expansion: Movement;
  /** Amounts that are lost are negative. */
  readonly contraction: Movement;
  readonly churn: Movement;
  readonly closing: Movement;
}

/** What was lost in a month, of what was there when it began. */
export interface ChurnMonth {
  readonly month: string;
  readonly opening: Movement;
  readonly lostCustomers: number;
  readonly churnedMinor: bigint;
  readonly contractedMinor: bigint;
  readonly expandedMinor: bigint;
  /** Percent with two decimals; null where there was nothing when the month began. */
  readonly customerChurnPercent: string | null;
  /** Churn and contraction. */
  readonly grossRevenueChurnPercent: string | null;
  /** The same less expansion; negative where those who stayed brought more than was lost. */
  readonly netRevenueChurnPercent: string | null;
}

/** A cohort at the end of a month: who is still there, and what they bring. */
export interface CohortMonth {
  readonly cohort: string;
  readonly month: string;
  /** Everybody whose first paid phase began in the cohort's month. */
  readonly size: number;
  readonly customers: number;
  readonly amountMinor: bigint;
}

const nothing: Movement = { customers: 0, amountMinor: 0n };

/** Every month of a range: each opens with what the one before closed with, and its changes add up to its end. */
export function toMrrMonths(changes: readonly MrrChange[], months: readonly string[]): MrrMonth[] {
  let closing = addChanges(
    nothing,
    changes.filter(({ month }) => month === null),
  );
  return months.map((month) => {
    const own = changes.filter((change) => change.month === month);
    const find = (kind: MrrChange['kind']): Movement => {
      const { customers, amountMinor } = own.find((change) => change.kind === kind) ?? nothing;
      return { customers, amountMinor };
    };
    const opening = closing;
    closing = addChanges(opening, own);
    return {
      month,
      opening,
      new: find('new'),
      reactivation: find('reactivation'),
      expansion: find('expansion'),
      contraction: find('contraction'),
      churn: find('churn'),
      closing,
    };
  });
}

/** Every cohort at the end of each month from its own on. */
export function toCohortMonths(changes: readonly CohortChange[], months: readonly string[]): CohortMonth[] {
  return [...Map.groupBy(changes, ({ cohort }) => cohort)].flatMap(([cohort, own]) => {
    const size = own.reduce((sum, change) => sum + change.size, 0);
    let standing = nothing;
    return months
      .filter((month) => month >= cohort)
      .map((month) => {
        const change = own.find((one) => one.month === month) ?? nothing;
        standing = {
          customers: standing.customers + change.customers,
          amountMinor: standing.amountMinor + change.amountMinor,
        };
        return { cohort, month, size, ...standing };
      });
  });
}

function addChanges(before: Movement, changes: readonly MrrChange[]): Movement {
  let { customers, amountMinor } = before;
  for (const change of changes) {
    if (change.kind === 'new' || change.kind === 'reactivation') customers += change.customers;
    if (change.kind === 'churn') customers -= change.customers;
    amountMinor += change.amountMinor;
  }
  return { customers, amountMinor };
}

export function toChurn({ month, opening, churn, contraction, expansion }: MrrMonth): ChurnMonth {
  const churnedMinor = -churn.amountMinor;
  const contractedMinor = -contraction.amountMinor;
  const lost = churnedMinor + contractedMinor;
  return {
    month,
    opening,
    lostCustomers: churn.customers,
    churnedMinor,
    contractedMinor,
    expandedMinor: expansion.amountMinor,
    customerChurnPercent: percentOf(BigInt(churn.customers), BigInt(opening.customers)),
    grossRevenueChurnPercent: percentOf(lost, opening.amountMinor),
    netRevenueChurnPercent: percentOf(lost - expansion.amountMinor, opening.amountMinor),
  };
}

/** Percent with two decimals; null of nothing. */
export function percentOf(part: bigint, whole: bigint): string | null {
  if (whole === 0n) return null;
  return exact(part.toString()).times('100').div(exact(whole.toString())).toFixed(2);
}
