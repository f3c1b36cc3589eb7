import { formatMinor } from '@plinth/contracts';
import { localDateAt } from '@plinth/common/local-date';
import type { InvoiceLine } from '../../invoice/invoice.ts';
import { EInvoiceIncompleteError } from '../document.errors.ts';
import { documentDueMinor, type BillingDocument } from '../document.ts';
import { checkExpressible } from './check-expressible.ts';
import { lastDay } from './last-day.ts';
import { profileIds, type UblProfile } from './profile.ts';
import { isSameTax, taxOfLine, type UblTax } from './tax-category.ts';
import { renderLine, renderTaxCategory, toNetLine } from './ubl-line.ts';
import { renderAddress, renderBuyer, renderSeller } from './ubl-party.ts';
import { group, renderXml, text, type Element } from './xml.ts';

interface TaxGroup {
  readonly tax: UblTax;
  taxableMinor: bigint;
  taxMinor: bigint;
}

const namespaces = {
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};

/**
 * An invoice or a credit note as EN 16931 in UBL 2.1. Its totals are those of the document to the smallest unit; tax is
 * per category and rate. Throws with all that is missing where the profile asks for more than is known.
 */
export function renderUbl(document: BillingDocument, lines: readonly InvoiceLine[], profile: UblProfile): string {
  const groups = groupTaxes(document, lines);
  const faults = checkExpressible(
    document,
    profile,
    groups.map(({ tax }) => tax),
  );
  if (faults.length > 0) throw new EInvoiceIncompleteError(faults);
  const name = document.kind === 'invoice' ? 'Invoice' : 'CreditNote';
  const showsTaxId = groups.some(({ tax }) => tax.id !== 'O');
  return renderXml({
    name,
    attributes: { xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${name}-2`, ...namespaces },
    content: [
      ...renderHeader(document, profile),
      ...renderSeller(document, profile, showsTaxId),
      ...renderBuyer(document, profile, showsTaxId),
      ...renderDelivery(document, groups),
      ...renderPayment(document),
      ...renderTaxTotal(document, groups),
      ...renderTotals(document, groups),
      ...lines.flatMap((line) => renderLine(line, document)),
    ],
  });
}

function groupTaxes(document: BillingDocument, lines: readonly InvoiceLine[]): TaxGroup[] {
  const groups: TaxGroup[] = [];
  for (const line of lines) {
    const tax = taxOfLine(line, document);
    let own = groups.find((candidate) => isSameTax(candidate.tax, tax));
    if (own === undefined) groups.push((own = { tax, taxableMinor: 0n, taxMinor: 0n }));
    own.taxableMinor += toNetLine(line, document.currency).netMinor;
    own.taxMinor += line.taxMinor;
  }
  return groups;
}

function renderHeader(document: BillingDocument, profile: UblProfile): Element[] {
  const { kind, number, issuedAt, dueOn, timeZone, currency, customer, period, corrects, reason } = document;
  const isInvoice = kind === 'invoice';
  const { customization, process } = profileIds[profile];
  return [
    ...text('cbc:CustomizationID', customization),
    ...text('cbc:ProfileID', process),
    ...text('cbc:ID', number),
    ...text('cbc:IssueDate', localDateAt(timeZone, issuedAt)),
    ...(isInvoice ? text('cbc:DueDate', dueOn) : []),
    ...text(isInvoice ? 'cbc:InvoiceTypeCode' : 'cbc:CreditNoteTypeCode', isInvoice ? '380' : '381'),
    ...text('cbc:Note', reason),
    ...text('cbc:DocumentCurrencyCode', currency),
    ...text('cbc:BuyerReference', customer.billing.reference),
    ...(period === null
      ? []
      : group(
          'cac:InvoicePeriod',
          text('cbc:StartDate', localDateAt(timeZone, period.start)),
          text('cbc:EndDate', lastDay(period, timeZone)),
        )),
    ...(corrects === null
      ? []
      : group(
          'cac:BillingReference',
          group(
            'cac:InvoiceDocumentReference',
            text('cbc:ID', corrects.number),
            text('cbc:IssueDate', localDateAt(timeZone, corrects.issuedAt)),
          ),
        )),
  ];
}

/** Where goods go that are sold within the union (BG-15): without it they are not free of tax (BR-IC-12). */
function renderDelivery({ customer }: BillingDocument, groups: readonly TaxGroup[]): Element[] {
  if (!groups.some(({ tax }) => tax.id === 'K')) return [];
  return group('cac:Delivery', group('cac:DeliveryLocation', renderAddress(customer.billing.address, 'cac:Address')));
}

/** The bank account (BG-16), and terms where no date says until when (BR-CO-25). */
function renderPayment(document: BillingDocument): Element[] {
  const { issuer, number, currency, kind, dueOn } = document;
  const { bank } = issuer;
  const isSepa = currency === 'EUR';
  const isOpen = documentDueMinor(document) > 0n && (kind === 'credit_note' || dueOn === null);
  return [
    ...(bank === undefined
      ? []
      : group(
          'cac:PaymentMeans',
          // UNTDID 4461: SEPA credit transfer, or any credit transfer.
          text('cbc:PaymentMeansCode', isSepa ? '58' : '30'),
          text('cbc:PaymentID', number),
          group(
            'cac:PayeeFinancialAccount',
            text('cbc:ID', bank.iban.replaceAll(/\s/g, '')),
            text('cbc:Name', bank.holder ?? issuer.name),
            group('cac:FinancialInstitutionBranch', text('cbc:ID', bank.bic)),
          ),
        )),
    ...(isOpen
      ? group(
          'cac:PaymentTerms',
          text('cbc:Note', kind === 'credit_note' ? 'Credited to the account' : 'Due on receipt'),
        )
      : []),
  ];
}

function renderTaxTotal({ currency, taxMinor }: BillingDocument, groups: readonly TaxGroup[]): Element[] {
  const amount = { currencyID: currency };
  return group(
    'cac:TaxTotal',
    text('cbc:TaxAmount', formatMinor(taxMinor, currency), amount),
    ...groups.map(({ tax, taxableMinor, taxMinor: own }) =>
      group(
        'cac:TaxSubtotal',
        text('cbc:TaxableAmount', formatMinor(taxableMinor, currency), amount),
        text('cbc:TaxAmount', formatMinor(own, currency), amount),
        renderTaxCategory('cac:TaxCategory', tax, true),
      ),
    ),
  );
}

function renderTotals(document: BillingDocument, groups: readonly TaxGroup[]): Element[] {
  const { currency, totalMinor, creditsMinor } = document;
  const net = groups.reduce((sum, { taxableMinor }) => sum + taxableMinor, 0n);
  const amount = (name: string, minor: bigint) => text(name, formatMinor(minor, currency), { currencyID: currency });
  return group(
    'cac:LegalMonetaryTotal',
    amount('cbc:LineExtensionAmount', net),
    amount('cbc:TaxExclusiveAmount', net),
    amount('cbc:TaxInclusiveAmount', totalMinor),
    creditsMinor === 0n ? [] : amount('cbc:PrepaidAmount', creditsMinor),
    amount('cbc:PayableAmount', documentDueMinor(document)),
  );
}
