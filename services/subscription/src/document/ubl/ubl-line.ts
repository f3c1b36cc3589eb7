import { formatMinor } from '@plinth/contracts';
import { localDateAt } from '@plinth/common/local-date';
import type { InvoiceLine } from '../../invoice/invoice.ts';
import { exact } from '../../money/exact-decimal.ts';
import { toMajorUnits } from '../../money/round-money.ts';
import type { BillingDocument } from '../document.ts';
import { lastDay } from './last-day.ts';
import { taxOfLine, type UblTax } from './tax-category.ts';
import { group, text, type Element } from './xml.ts';

/** A line's amounts without tax. The net price times the quantity less the allowance is the net amount, exactly. */
export interface NetLine {
  readonly netMinor: bigint;
  readonly allowanceMinor: bigint;
  readonly quantity: string;
  /** Major units. */
  readonly price: string;
  /** Whether the quantity is the one that was charged; otherwise the line is one piece. */
  readonly isQuantityReal: boolean;
}

/** What a line is without tax (BT-131, BT-136, BT-146); prices that contain the tax are freed of it. */
export function toNetLine(line: InvoiceLine, currency: string): NetLine {
  const { amountMinor, discountMinor, taxMinor, taxInclusive } = line;
  const netMinor = amountMinor - discountMinor - (taxInclusive ? taxMinor : 0n);
  const allowanceMinor = taxInclusive ? withoutTax(discountMinor, line.taxPercent ?? '0') : discountMinor;
  const grossMinor = netMinor + allowanceMinor;
  const real = taxInclusive ? undefined : realPrice(line, grossMinor, currency);
  if (real !== undefined) return { netMinor, allowanceMinor, ...real, isQuantityReal: true };
  // A price is never negative (BR-27): what is given back has a negative quantity.
  const size = grossMinor < 0n ? -grossMinor : grossMinor;
  const quantity = grossMinor < 0n ? '-1' : '1';
  return { netMinor, allowanceMinor, quantity, price: formatMinor(size, currency), isQuantityReal: false };
}

/** The quantity and unit price of the line where they give its amount without rounding. */
function realPrice(
  line: InvoiceLine,
  grossMinor: bigint,
  currency: string,
): { readonly quantity: string; readonly price: string } | undefined {
  const { unitAmount } = line.detail as { readonly unitAmount?: unknown };
  if (typeof unitAmount !== 'string' || exact(line.quantityBilled).lte(0) || exact(unitAmount).isNegative())
    return undefined;
  const amount = exact(line.quantityBilled).times(unitAmount);
  return amount.equals(toMajorUnits(grossMinor, currency))
    ? { quantity: line.quantityBilled, price: unitAmount }
    : undefined;
}

function withoutTax(minor: bigint, percent: string): bigint {
  return BigInt(exact(minor.toString()).times(100).div(exact(percent).plus(100)).toFixed(0));
}

/** An invoice line or a credit note line. */
export function renderLine(line: InvoiceLine, document: BillingDocument): Element[] {
  const { currency, timeZone, kind } = document;
  const net = toNetLine(line, currency);
  const tax = taxOfLine(line, document);
  const amount = { currencyID: currency };
  const isInvoice = kind === 'invoice';
  return group(
    isInvoice ? 'cac:InvoiceLine' : 'cac:CreditNoteLine',
    text('cbc:ID', String(line.position)),
    text(isInvoice ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity', net.quantity, { unitCode: 'C62' }),
    text('cbc:LineExtensionAmount', formatMinor(net.netMinor, currency), amount),
    group(
      'cac:InvoicePeriod',
      text('cbc:StartDate', localDateAt(timeZone, line.start)),
      text('cbc:EndDate', lastDay(line, timeZone)),
    ),
    net.allowanceMinor === 0n
      ? []
      : group(
          'cac:AllowanceCharge',
          text('cbc:ChargeIndicator', 'false'),
          text('cbc:AllowanceChargeReason', line.discounts.map(({ code }) => code).join(', ') || 'Discount'),
          text('cbc:Amount', formatMinor(net.allowanceMinor, currency), amount),
        ),
    group(
      'cac:Item',
      text('cbc:Name', line.description || line.priceKey || line.kind),
      renderTaxCategory('cac:ClassifiedTaxCategory', tax),
      net.isQuantityReal
        ? []
        : group('cac:AdditionalItemProperty', text('cbc:Name', 'Quantity'), text('cbc:Value', line.quantityBilled)),
    ),
    group('cac:Price', text('cbc:PriceAmount', net.price, amount)),
  );
}

/** A tax category of a line, or with its reason of a subtotal. */
export function renderTaxCategory(
  name: string,
  { id, percent, reason, reasonCode }: UblTax,
  withReason = false,
): Element[] {
  return group(
    name,
    text('cbc:ID', id),
    // A line that is not subject to tax has no rate, not even of zero (BR-O-05); its subtotal has one (BR-DE-14).
    id === 'O' && !withReason ? [] : text('cbc:Percent', percent),
    withReason ? [...text('cbc:TaxExemptionReasonCode', reasonCode), ...text('cbc:TaxExemptionReason', reason)] : [],
    group('cac:TaxScheme', text('cbc:ID', 'VAT')),
  );
}
