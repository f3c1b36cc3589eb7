import type { InvoiceLine, TaxTotal } from '../../invoice/invoice.ts';
import type { BillingDocument } from '../document.ts';

/** A tax category of UNTDID 5305 with its rate: S standard, Z zero, E exempt, AE reverse charge, O not subject to tax. */
export interface UblTax {
  readonly id: 'S' | 'Z' | 'E' | 'AE' | 'O';
  /** Percent as exact text. */
  readonly percent: string;
  /** Why there is no tax (BT-120) and its code of the VATEX list (BT-121). */
  readonly reason?: string;
  readonly reasonCode?: string;
}

/**
 * The category of a line. Tax of 0 %: reverse charge as the invoice says; exempt for customers who are, and for prices
 * of the category `exempt`; not subject to tax for customers abroad and where no tax is charged at all; zero otherwise.
 */
export function taxOfLine(line: Pick<InvoiceLine, 'taxCategory' | 'taxPercent'>, document: BillingDocument): UblTax {
  const { taxPercent, taxCategory } = line;
  if (taxPercent === null) return document.taxes.length === 0 ? notSubject : exempt('Not taxed');
  const total = document.taxes.find(({ category, percent }) => category === taxCategory && isSame(percent, taxPercent));
  if (total?.reverseCharge) return { id: 'AE', percent: '0', reason: 'Reverse charge', reasonCode: 'VATEX-EU-AE' };
  if (!isSame(taxPercent, '0')) return { id: 'S', percent: shorten(taxPercent) };
  return untaxed(document, taxCategory, total);
}

export function isSameTax(left: UblTax, right: UblTax): boolean {
  return left.id === right.id && left.percent === right.percent;
}

const notSubject: UblTax = { id: 'O', percent: '0', reason: 'Not subject to VAT', reasonCode: 'VATEX-EU-O' };

function exempt(label: string): UblTax {
  return { id: 'E', percent: '0', reason: label };
}

function untaxed({ issuer, customer }: BillingDocument, category: string, total: TaxTotal | undefined): UblTax {
  const label = total === undefined || total.label === '' ? 'Tax exempt' : total.label;
  if (customer.billing.taxExempt === true || category === 'exempt') return exempt(label);
  const country = customer.billing.address?.country;
  if (country !== undefined && issuer.address !== undefined && country !== issuer.address.country) return notSubject;
  return { id: 'Z', percent: '0' };
}

function isSame(left: string, right: string): boolean {
  return shorten(left) === shorten(right);
}

/** Without zeros at the end: `19.00` is `19`. */
function shorten(percent: string): string {
  return percent.includes('.') ? percent.replace(/\.?0+$/, '') : percent;
}
