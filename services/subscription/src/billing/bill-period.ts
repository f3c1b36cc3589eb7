import { exact } from '../money/exact-decimal.ts';
import { billRecurring } from './bill-recurring.ts';
import { billSpendLimits, hasSpendLimit } from './bill-spend-limits.ts';
import { billUsage, type FindQuantity } from './bill-usage.ts';
import type { BillableSubscription, Billing } from './billing.ts';
import { precise, type BilledLine } from './line.ts';

/** A line charged in advance on an earlier invoice. `waived`: that invoice is void, so nothing of it is owed or owing. */
export interface ChargedLine extends BilledLine {
  readonly waived: boolean;
}

/** What the lines of a billing are made of. */
export interface BillPeriodInput {
  readonly subscription: BillableSubscription;
  readonly billing: Billing;
  readonly findQuantity: FindQuantity;
  /** What was charged in advance for the period being closed, if a change came after it. */
  readonly charged?: readonly ChargedLine[] | undefined;
}

/**
 * The lines of one billing, a pure function of phases and quantities: fees in arrears and usage of the period that
 * ended, what a change left owing of its advance fees, what lifts or lowers the period to the plan's limits (rule 14),
 * and the advance fees of the period that begins.
 */
export function billPeriod({ subscription, billing, findQuantity, charged }: BillPeriodInput): BilledLine[] {
  const { currency } = subscription;
  const { closing, advance } = billing;
  const lines: BilledLine[] = [];
  if (closing !== undefined) {
    lines.push(...billRecurring(closing, currency, 'arrears'), ...billUsage(closing, currency, findQuantity));
    const due = charged === undefined && !hasSpendLimit(closing) ? [] : billRecurring(closing, currency, 'advance');
    const limits = billSpendLimits(closing, currency, [...due, ...lines]);
    if (charged !== undefined) lines.push(...settleAdvance(due, charged));
    lines.push(...limits);
  }
  lines.push(...billRecurring(advance, currency, 'advance'));
  return lines;
}

/** What is due in the end less what was charged at the start: new phases are charged, old ones adjusted. */
function settleAdvance(due: readonly BilledLine[], charged: readonly ChargedLine[]): BilledLine[] {
  const open = new Map(charged.map((line) => [keyOf(line), line]));
  const lines: BilledLine[] = [];
  for (const line of due) {
    const before = open.get(keyOf(line));
    open.delete(keyOf(line));
    if (before === undefined) lines.push(line);
    else if (!before.waived && before.amountMinor !== line.amountMinor) lines.push(adjust(before, line));
  }
  for (const before of open.values())
    if (!before.waived && before.amountMinor !== 0n) lines.push(adjust(before, undefined));
  return lines;
}

function adjust(before: ChargedLine, due: BilledLine | undefined): BilledLine {
  return {
    ...before,
    kind: 'adjustment',
    quantityRaw: due?.quantityRaw ?? '0',
    quantityBilled: due?.quantityBilled ?? '0',
    detail: {
      reason: 'changed_within_period',
      chargedMinor: before.amountMinor.toString(),
      dueMinor: (due?.amountMinor ?? 0n).toString(),
      ...(due === undefined ? {} : { due: due.detail }),
    },
    amountPrecise: precise(exact(due?.amountPrecise ?? '0').minus(before.amountPrecise)),
    amountMinor: (due?.amountMinor ?? 0n) - before.amountMinor,
    start: due !== undefined && due.end < before.end ? due.end : before.start,
    end: before.end,
  };
}

function keyOf({ phaseId, priceId }: BilledLine): string {
  return `${phaseId}/${priceId}`;
}
