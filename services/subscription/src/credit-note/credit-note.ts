import type { InvoiceLine } from '../invoice/invoice.ts';
import { exact } from '../money/exact-decimal.ts';
import { splitAmount } from '../money/split-amount.ts';

/** What a credit note takes back of one line of an invoice. */
export interface CreditNoteLine {
  /** The line's position on the invoice. */
  readonly position: number;
  readonly description: string;
  readonly taxCategory: string;
  readonly taxPercent: string | null;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
}

/** Takes back part of a final invoice, which itself never changes. */
export interface CreditNote {
  readonly id: string;
  readonly legalEntityId: string;
  readonly legalEntityVersion: number;
  /** Gapless in the legal entity's series of credit notes. Text of an integer. */
  readonly number: string;
  readonly numberPrefix: string;
  readonly invoiceId: string;
  readonly accountId: string;
  readonly currency: string;
  readonly reason: string;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  /** What lowered the open amount of the invoice; the rest was paid before and is to be given back. */
  readonly settledMinor: bigint;
  /** What was given back of that rest. */
  readonly refundedMinor: bigint;
  readonly issuedAt: Date;
  readonly version: number;
  readonly lines: readonly CreditNoteLine[];
}

/** What earlier credit notes took back of a line. */
export interface CreditedLine {
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
}

/** What is to be taken back: of lines, all that is left where no amount is said, or an amount without tax of them all. */
export type CreditRequest =
  | { readonly lines: readonly { readonly position: number; readonly netMinor?: bigint | undefined }[] }
  | { readonly netMinor: bigint };

/** More than is left of a line or the invoice. `path` names the bad value. */
export class CreditExceeds extends Error {
  readonly path: string;
  readonly leftMinor: bigint;
  constructor(path: string, leftMinor: bigint) {
    super(`no more than ${leftMinor} is left`);
    this.path = path;
    this.leftMinor = leftMinor;
  }
}

/** A line without tax: what was charged less its discount, less the tax where the price contains it. */
export function netOf({ amountMinor, discountMinor, taxInclusive, taxMinor }: InvoiceLine): bigint {
  return amountMinor - discountMinor - (taxInclusive ? taxMinor : 0n);
}

/** What was given back or is still to be given back of a credit note. */
export function refundableMinor({ netMinor, taxMinor, settledMinor, refundedMinor }: CreditNote): bigint {
  return netMinor + taxMinor - settledMinor - refundedMinor;
}

/**
 * The lines of a credit note: an amount is split over what is left of the invoice's lines by largest remainder (rule 4),
 * tax is reversed in the same proportion and rounded by itself, the last of it whole (rule 3). Throws `CreditExceeds`
 * where more is asked for than is left (rule 6).
 */
export function creditLines(
  lines: readonly InvoiceLine[],
  credited: ReadonlyMap<number, CreditedLine>,
  request: CreditRequest,
): CreditNoteLine[] {
  const wanted =
    'lines' in request ? wantedOfLines(lines, credited, request.lines) : wantedOfAll(lines, credited, request.netMinor);
  return lines.flatMap((line) => {
    const netMinor = wanted.get(line.position) ?? 0n;
    if (netMinor === 0n) return [];
    const { position, description, taxCategory, taxPercent } = line;
    return [{ position, description, taxCategory, taxPercent, netMinor, taxMinor: taxOf(line, credited, netMinor) }];
  });
}

function wantedOfLines(
  lines: readonly InvoiceLine[],
  credited: ReadonlyMap<number, CreditedLine>,
  asked: readonly { readonly position: number; readonly netMinor?: bigint | undefined }[],
): Map<number, bigint> {
  const wanted = new Map<number, bigint>();
  for (const [index, { position, netMinor }] of asked.entries()) {
    const line = lines.find((one) => one.position === position);
    const left = (line === undefined ? 0n : leftOf(line, credited)) - (wanted.get(position) ?? 0n);
    const amount = netMinor ?? left;
    if (amount > left || left <= 0n) throw new CreditExceeds(`/lines/${index}`, left);
    wanted.set(position, (wanted.get(position) ?? 0n) + amount);
  }
  return wanted;
}

function wantedOfAll(
  lines: readonly InvoiceLine[],
  credited: ReadonlyMap<number, CreditedLine>,
  netMinor: bigint,
): Map<number, bigint> {
  const left = lines.map((line) => leftOf(line, credited));
  const available = left.reduce((sum, amount) => sum + amount, 0n);
  if (netMinor > available) throw new CreditExceeds('/netMinor', available);
  const parts = splitAmount(netMinor, left);
  return new Map(lines.map((line, index) => [line.position, parts[index]!]));
}

/** What is left of a line; nothing of one that gives back itself. */
function leftOf(line: InvoiceLine, credited: ReadonlyMap<number, CreditedLine>): bigint {
  const left = netOf(line) - (credited.get(line.position)?.netMinor ?? 0n);
  return left > 0n ? left : 0n;
}

function taxOf(line: InvoiceLine, credited: ReadonlyMap<number, CreditedLine>, netMinor: bigint): bigint {
  const left = line.taxMinor - (credited.get(line.position)?.taxMinor ?? 0n);
  if (netMinor === leftOf(line, credited)) return left;
  const tax = exact((line.taxMinor * netMinor).toString()).div(exact(netOf(line).toString()));
  const rounded = BigInt(tax.toFixed(0));
  return rounded < left ? rounded : left;
}
