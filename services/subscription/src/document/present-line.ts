import { z } from 'zod';
import type { InvoiceLine } from '../invoice/invoice.ts';
import type { ValueFormat } from './format-values.ts';
import type { DocumentTexts } from './texts/texts.ts';

/** A further row below a line: a tier, a discount, how many days. */
export interface PrintedDetail {
  readonly text: string;
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly amount?: string;
}

/** A line in the reader's language. */
export interface PrintedLine {
  /** Printed above the line where it differs from the one before. */
  readonly group: string;
  readonly description: string;
  readonly period: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly tax: string;
  readonly amount: string;
  readonly details: readonly PrintedDetail[];
}

export interface PresentationContext {
  readonly texts: DocumentTexts;
  readonly format: ValueFormat;
  /** The heading of a line's group. */
  readonly groupOf: (line: InvoiceLine) => string;
}

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const tierSchema = z.object({
  from: decimal,
  upTo: decimal.nullable(),
  quantity: decimal,
  unitAmount: decimal.optional(),
  rate: decimal.optional(),
  flatAmount: decimal.optional(),
  amount: decimal,
});
const cellSchema = z.object({
  values: z.record(z.string(), z.string()).nullable(),
  quantity: decimal,
  unitAmount: decimal,
  amount: decimal,
});
// What is not of these shapes is evidence for machines and is left out.
const evidenceSchema = z.object({
  model: z.string().optional().catch(undefined),
  unitAmount: decimal.optional().catch(undefined),
  rate: decimal.optional().catch(undefined),
  periodAmount: decimal.optional().catch(undefined),
  tiers: z.array(tierSchema).optional().catch(undefined),
  cells: z.array(cellSchema).optional().catch(undefined),
  committedQuantity: decimal.optional().catch(undefined),
  committedAmount: decimal.optional().catch(undefined),
  overageUnitAmount: decimal.optional().catch(undefined),
  packages: decimal.optional().catch(undefined),
  packageSize: decimal.optional().catch(undefined),
  packageAmount: decimal.optional().catch(undefined),
  freeUnits: decimal.optional().catch(undefined),
  proration: z
    .object({ basis: z.enum(['day', 'second']), used: z.number(), of: z.number() })
    .optional()
    .catch(undefined),
});

type Evidence = z.output<typeof evidenceSchema>;

/** A line as it is printed, with what its amount is made of. */
export function presentLine(line: InvoiceLine, context: PresentationContext): PrintedLine {
  const { texts, format, groupOf } = context;
  // Decimals become text on their way to the database; a line that has not been there is brought into the same form.
  const evidence = evidenceSchema.parse(JSON.parse(JSON.stringify(line.detail)));
  return {
    group: groupOf(line),
    description: line.description,
    period: format.span(line),
    quantity: format.number(line.quantityBilled),
    unitPrice: presentUnitPrice(evidence, context),
    tax: line.taxPercent === null ? '' : format.percent(line.taxPercent),
    amount: format.money(line.amountMinor),
    details: [
      ...presentQuantity(line, evidence, context),
      ...(evidence.tiers ?? []).map((tier) => presentTier(tier, context)),
      ...(evidence.cells ?? []).map(({ values, quantity, unitAmount, amount }) => ({
        text: values === null ? texts.otherValues : Object.values(values).join(', '),
        quantity: format.number(quantity),
        unitPrice: format.price(unitAmount),
        amount: format.price(amount),
      })),
      ...line.discounts.map(({ code, amountMinor }) => ({
        text: `${texts.discount} ${code}`,
        amount: format.money(-BigInt(amountMinor)),
      })),
    ],
  };
}

function presentUnitPrice(
  { unitAmount, rate, packageAmount, packageSize, ...rest }: Evidence,
  context: PresentationContext,
): string {
  const { format, texts } = context;
  if (unitAmount !== undefined) return format.price(unitAmount);
  if (rate !== undefined) return format.percent(rate);
  if (packageAmount !== undefined && packageSize !== undefined)
    return texts.perPackage(format.price(packageAmount), format.number(packageSize));
  return rest.model === 'flat' && rest.periodAmount !== undefined ? format.price(rest.periodAmount) : '';
}

/** What stands between the metered and the charged quantity, and how much of the period was used. */
function presentQuantity(
  { quantityRaw, quantityBilled }: InvoiceLine,
  evidence: Evidence,
  { texts, format }: PresentationContext,
): PrintedDetail[] {
  const { packages, packageSize, freeUnits, proration } = evidence;
  const { committedQuantity, committedAmount, overageUnitAmount } = evidence;
  const notes: string[] = [];
  if (quantityRaw !== quantityBilled) notes.push(texts.metered(format.number(quantityRaw)));
  if (committedQuantity !== undefined && committedAmount !== undefined)
    notes.push(texts.commitment(format.number(committedQuantity), format.price(committedAmount)));
  if (overageUnitAmount !== undefined) notes.push(texts.overage(format.price(overageUnitAmount)));
  if (freeUnits !== undefined && freeUnits !== '0') notes.push(texts.freeUnits(format.number(freeUnits)));
  if (packages !== undefined && packageSize !== undefined)
    notes.push(texts.packages(format.number(packages), format.number(packageSize)));
  if (proration !== undefined && proration.used !== proration.of) {
    const say = proration.basis === 'day' ? texts.days : texts.seconds;
    notes.push(say(format.number(String(proration.used)), format.number(String(proration.of))));
  }
  return notes.map((text) => ({ text }));
}

function presentTier(tier: z.output<typeof tierSchema>, { texts, format }: PresentationContext): PrintedDetail {
  const { from, upTo, quantity, unitAmount, rate, flatAmount, amount } = tier;
  const range = presentRange(from, upTo, { texts, format });
  const hasFlat = flatAmount !== undefined && !/^-?0(\.0+)?$/.test(flatAmount);
  return {
    text: hasFlat ? `${range} + ${texts.flatFee} ${format.price(flatAmount)}` : range,
    quantity: format.number(quantity),
    unitPrice: unitAmount === undefined ? (rate === undefined ? '' : format.percent(rate)) : format.price(unitAmount),
    amount: format.price(amount),
  };
}

function presentRange(
  from: string,
  upTo: string | null,
  { texts, format }: Pick<PresentationContext, 'texts' | 'format'>,
): string {
  if (upTo === null) return texts.tierOver(format.number(from));
  return /^0(\.0+)?$/.test(from)
    ? texts.tierFirst(format.number(upTo))
    : texts.tierUpTo(format.number(from), format.number(upTo));
}
