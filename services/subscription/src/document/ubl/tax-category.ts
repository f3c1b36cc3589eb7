import type { InvoiceLine, TaxTotal } from '../../invoice/invoice.ts';
import type { ZeroTaxReason } from '../../tax/zero-tax-reason.ts';
import type { BillingDocument } from '../document.ts';

/**
 * A tax category of UNTDID 5305 with its rate: S standard, Z zero, E exempt, AE reverse charge, O not subject to tax,
 * G export, K goods within the union.
 */
export interface UblTax {
  readonly id: 'S' | 'Z' | 'E' | 'AE' | 'O' | 'G' | 'K';
  /** Percent as exact text. */
  readonly percent: string;
  /** Why there is no tax (BT-120) and its code of the VATEX list (BT-121). */
  readonly reason?: string;
  readonly reasonCode?: string;
}

const notSubject: UblTax = { id: 'O', percent: '0', reason: 'Not subject to VAT', reasonCode: 'VATEX-EU-O' };

const zeroTaxes: Readonly<Record<Exclude<ZeroTaxReason, 'exempt'>, UblTax>> = {
  zero_rated: { id: 'Z', percent: '0' },
  reverse_charge: { id: 'AE', percent: '0', reason: 'Reverse charge', reasonCode: 'VATEX-EU-AE' },
  out_of_scope: notSubject,
  export: { id: 'G', percent: '0', reason: 'Export outside the EU', reasonCode: 'VATEX-EU-G' },
  intra_community: { id: 'K', percent: '0', reason: 'Intra-Community supply', reasonCode: 'VATEX-EU-IC' },
};

/** The category of a line: by the reason that the invoice keeps where the tax is 0 %. */
export function taxOfLine(line: Pick<InvoiceLine, 'taxCategory' | 'taxPercent'>, document: BillingDocument): UblTax {
  const { taxPercent, taxCategory } = line;
  if (taxPercent === null) return document.taxes.length === 0 ? notSubject : exempt('Not taxed');
  if (!isSame(taxPercent, '0')) return { id: 'S', percent: shorten(taxPercent) };
  const total = document.taxes.find(({ category, percent }) => category === taxCategory && isSame(percent, taxPercent));
  const reason = total?.zeroReason ?? inferReason(document, taxCategory, total);
  return reason === 'exempt' ? exempt(total?.label || 'Tax exempt') : zeroTaxes[reason];
}

export function isSameTax(left: UblTax, right: UblTax): boolean {
  return left.id === right.id && left.percent === right.percent;
}

function exempt(label: string): UblTax {
  return { id: 'E', percent: '0', reason: label };
}

/** For invoices that were final before the reason was kept: they say the same whenever they are rendered. */
function inferReason(
  { issuer, customer }: BillingDocument,
  category: string,
  total: TaxTotal | undefined,
): ZeroTaxReason {
  if (total?.reverseCharge) return 'reverse_charge';
  if (customer.billing.taxExempt === true || category === 'exempt') return 'exempt';
  const country = customer.billing.address?.country;
  const isAbroad = country !== undefined && issuer.address !== undefined && country !== issuer.address.country;
  return isAbroad ? 'out_of_scope' : 'zero_rated';
}

function isSame(left: string, right: string): boolean {
  return shorten(left) === shorten(right);
}

/** Without zeros at the end: `19.00` is `19`. */
function shorten(percent: string): string {
  return percent.includes('.') ? percent.replace(/\.?0+$/, '') : percent;
}
