import { minorDigits } from '@plinth/contracts';
import type { BillingDocument } from '../document.ts';
import { findEndpoint } from './endpoint.ts';
import type { UblProfile } from './profile.ts';
import type { UblTax } from './tax-category.ts';

/** What keeps a document from being an e-invoice: where it is filled in, and what to do. */
export interface UblFault {
  readonly path: string;
  readonly message: string;
}

/** Everything that is missing in a document for a profile, all of it at once; numbers are those of EN 16931 rules. */
export function checkExpressible(document: BillingDocument, profile: UblProfile, taxes: readonly UblTax[]): UblFault[] {
  const { issuer, customer, kind } = document;
  const { billing } = customer;
  const isTaxed = taxes.some(({ id }) => id !== 'O');
  const isNamed = profile !== 'en16931';
  const needs: [missing: boolean, path: string, message: string][] = [
    [document.number === null, 'invoice.status', 'finalize the draft: it has no number yet'],
    [document.mark === 'void', 'invoice.status', 'a void invoice is not sent'],
    [issuer.name === '', 'legalEntity.name', 'name the legal entity (BR-06)'],
    [issuer.address === undefined, 'legalEntity.address', 'give its postal address (BR-08)'],
    [isTaxed && !issuer.taxId, 'legalEntity.taxId', 'give its VAT identification number (BR-CO-26)'],
    [!isTaxed && !issuer.registration, 'legalEntity.registration', 'give its registration (BR-CO-26)'],
    [(billing.name ?? customer.name) === '', 'account.billing.name', 'name the customer (BR-07)'],
    [billing.address === undefined, 'account.billing.address', "give the customer's postal address (BR-10)"],
    [
      taxes.some(({ id }) => id === 'AE') && !billing.taxId,
      'account.billing.taxId',
      "give the customer's VAT identification number (BR-AE-02)",
    ],
    [
      taxes.some(({ id }) => id === 'K') && !billing.taxId,
      'account.billing.taxId',
      "give the customer's VAT identification number (BR-IC-02)",
    ],
    [
      taxes.length > 1 && taxes.some(({ id }) => id === 'O'),
      'invoice.taxes',
      'what is not subject to tax needs an invoice of its own (BR-O-11)',
    ],
    [
      isNamed && !billing.reference,
      'account.billing.reference',
      "give the buyer's reference, such as a Leitweg-ID (BT-10)",
    ],
    ...listAddressNeeds(document, profile),
    ...listGermanNeeds(document, profile),
    [kind === 'credit_note' && document.corrects === null, 'creditNote.invoice', 'name the invoice that it corrects'],
    [hasThirdDigit(document), 'invoice.currency', 'amounts of EN 16931 have two decimals at most (BR-DEC)'],
  ];
  return needs.filter(([missing]) => missing).map(([, path, message]) => ({ path, message }));
}

/** Electronic addresses of both sides (BT-34, BT-49), which the standard alone does not ask for. */
function listAddressNeeds({ issuer, customer }: BillingDocument, profile: UblProfile): [boolean, string, string][] {
  if (profile === 'en16931') return [];
  const { billing } = customer;
  const field = profile === 'peppol' ? 'taxId' : 'email';
  const what = profile === 'peppol' ? 'a VAT number of a country with a Peppol scheme' : 'an e-mail address';
  const email = billing.email ?? customer.email ?? undefined;
  return [
    [
      findEndpoint({ email: issuer.email, taxId: issuer.taxId }, profile) === undefined,
      `legalEntity.${field}`,
      `give it ${what} (BT-34)`,
    ],
    [
      findEndpoint({ email, taxId: billing.taxId }, profile) === undefined,
      `account.billing.${field}`,
      `give the customer ${what} (BT-49)`,
    ],
  ];
}

function listGermanNeeds({ issuer, customer }: BillingDocument, profile: UblProfile): [boolean, string, string][] {
  if (profile !== 'xrechnung') return [];
  return [
    [
      !issuer.phone || !issuer.email,
      'legalEntity.phone',
      'give telephone number and e-mail address of its contact (BR-DE-6, BR-DE-7)',
    ],
    [issuer.bank === undefined, 'legalEntity.bank', 'give its bank account (BR-DE-1)'],
    [!issuer.address?.postalCode, 'legalEntity.address.postalCode', 'give its postal code (BR-DE-4)'],
    [
      !customer.billing.address?.postalCode,
      'account.billing.address.postalCode',
      "give the customer's postal code (BR-DE-9)",
    ],
  ];
}

function hasThirdDigit({ currency, totalMinor, taxMinor, taxes }: BillingDocument): boolean {
  const surplus = BigInt(Math.max(minorDigits(currency) - 2, 0));
  const unit = 10n ** surplus;
  const amounts = [totalMinor, taxMinor, ...taxes.map(({ taxableMinor }) => BigInt(taxableMinor))];
  return amounts.some((amount) => amount % unit !== 0n);
}
