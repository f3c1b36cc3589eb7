import type { LocalDate } from '@plinth/common/calendar';
import { precise } from '../billing/line.ts';
import {
  applyDiscounts,
  type ActiveRedemption,
  type DiscountableLine,
  type DiscountResult,
} from '../coupon/discount.ts';
import type { LegalEntity } from '../legal-entity/legal-entity.ts';
import { toMajorUnits } from '../money/round-money.ts';
import { computeTaxes } from '../tax/compute-taxes.ts';
import { resolveTax, type TaxDecision } from '../tax/resolve-tax.ts';
import type { TaxRates } from '../tax/tax-rate.ts';
import type { DraftLine, InvoiceCustomer, TaxTotal } from './invoice.ts';
import { withCappedAmount } from './period-cap.ts';

/** What an external service says of a line. */
export interface ExternalTax extends TaxDecision {
  readonly taxMinor: bigint;
}

/** A line with what decides its discounts. */
export type CalculableLine<Line extends DraftLine = DraftLine> = Line &
  Pick<DiscountableLine, 'gives' | 'cap'> & { readonly planKey: string | null };

export interface CalculateInvoiceInput<Line extends DraftLine = DraftLine> {
  readonly issuer: LegalEntity;
  readonly payerId: string;
  readonly customer: InvoiceCustomer;
  readonly currency: string;
  /** On which taxes are looked up. */
  readonly date: LocalDate;
  readonly lines: readonly CalculableLine<Line>[];
  readonly redemptions: readonly ActiveRedemption[];
  /** Where taxes come from: the table of rates, what an external service answered, or nothing yet. */
  readonly taxes: TaxRates | readonly ExternalTax[] | undefined;
}

export interface Calculation<Line extends DraftLine = DraftLine> {
  readonly lines: readonly Line[];
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
  readonly taxes: readonly TaxTotal[];
  readonly totalMinor: bigint;
  /** Ids of the redeemed coupons that lowered it. */
  readonly used: readonly string[];
}

/**
 * An invoice worked out of its lines, a pure function: discounts lower the lines (rule 5), a maximum spend is compared
 * with what percent discounts leave (rule 14), each line is taxed on what is left of it (rule 3), and totals are sums of
 * rounded lines (rule 2). Tax that prices contain is not added again.
 */
export function calculateInvoice<Line extends DraftLine>(input: CalculateInvoiceInput<Line>): Calculation<Line> {
  const { issuer, taxes } = input;
  const discounted = applyDiscounts(input.lines, input.redemptions, input.payerId, input.currency);
  const lines = capLines(input.lines, discounted, input.currency);
  const decide = deciderOf(input);
  const computed = computeTaxes(
    lines.map((line, position) => ({
      taxCategory: line.taxCategory,
      taxInclusive: line.taxInclusive,
      chargedMinor: line.amountMinor - discounted.lines[position]!.discountMinor,
      ...decide(line, position),
    })),
    issuer.taxRounding,
  );
  const subtotalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const discountMinor = discounted.lines.reduce((sum, line) => sum + line.discountMinor, 0n);
  const added = lines.reduce((sum, line, position) => sum + (line.taxInclusive ? 0n : computed.lines[position]!), 0n);
  return {
    lines: lines.map(({ planKey: _planKey, gives: _gives, cap: _cap, ...line }, position) => ({
      ...(line as unknown as Line),
      discountMinor: discounted.lines[position]!.discountMinor,
      discounts: discounted.lines[position]!.discounts,
      taxPercent: taxes === undefined ? null : decide(lines[position]!, position).decision.percent,
      taxMinor: computed.lines[position]!,
    })),
    subtotalMinor,
    discountMinor,
    taxMinor: computed.taxMinor,
    taxes: computed.taxes,
    totalMinor: subtotalMinor - discountMinor + added,
    used: discounted.used,
  };
}

function capLines<Line extends DraftLine>(
  lines: readonly CalculableLine<Line>[],
  discounted: DiscountResult,
  currency: string,
): readonly CalculableLine<Line>[] {
  if (lines.every(({ cap }) => cap?.terms === undefined)) return lines;
  return lines.map((line, position) => {
    const { amountMinor, comparedDiscountMinor } = discounted.lines[position]!;
    if (comparedDiscountMinor === undefined) return line;
    const amounts = { amountMinor, discountMinor: comparedDiscountMinor };
    return withCappedAmount(line, amounts, (minor) => precise(toMajorUnits(minor, currency)));
  });
}

type Decide = (line: DraftLine, position: number) => { decision: TaxDecision; taxMinor?: bigint };

const undecided: TaxDecision = { percent: null, label: '', reverseCharge: false };

function deciderOf({ taxes, issuer, customer, date }: CalculateInvoiceInput): Decide {
  if (taxes === undefined) return () => ({ decision: undecided });
  if (isAnswer(taxes))
    return (_line, position) => {
      const answer = taxes[position]!;
      return { decision: answer, taxMinor: answer.taxMinor };
    };
  const known = new Map<string, { decision: TaxDecision }>();
  return ({ taxCategory }) => {
    let found = known.get(taxCategory);
    if (found === undefined) {
      const decision = resolveTax({ rates: taxes, issuer, customer: customer.billing, category: taxCategory, date });
      known.set(taxCategory, (found = { decision }));
    }
    return found;
  };
}

function isAnswer(taxes: TaxRates | readonly ExternalTax[]): taxes is readonly ExternalTax[] {
  return Array.isArray(taxes);
}
