import type { CreditNote, CreditNoteLine } from '../credit-note/credit-note.ts';
import { printedNumber, formatNumber, type Invoice, type InvoiceLine, type TaxTotal } from '../invoice/invoice.ts';
import type { BillingDocument, DocumentIssuer } from './document.ts';

/** A credit note as a document, and its lines in the form of invoice lines: net amounts with the tax beside them. */
export function toCreditNoteDocument(
  note: CreditNote,
  invoice: Invoice,
  issuer: DocumentIssuer,
  invoiceLines: ReadonlyMap<number, InvoiceLine>,
): { readonly document: BillingDocument; readonly lines: readonly InvoiceLine[] } {
  const lines = note.lines.map((line, index) => toLine(line, index + 1, invoiceLines.get(line.position)));
  const document: BillingDocument = {
    kind: 'credit_note',
    id: note.id,
    number: formatNumber(note.number, note.numberPrefix),
    issuedAt: note.issuedAt,
    timeZone: invoice.timeZone,
    dueOn: null,
    period: null,
    currency: note.currency,
    issuer,
    accountId: note.accountId,
    customer: invoice.customer,
    subtotalMinor: note.netMinor,
    discountMinor: 0n,
    taxMinor: note.taxMinor,
    taxes: sumTaxes(note.lines, invoice.taxes),
    totalMinor: note.netMinor + note.taxMinor,
    creditsMinor: 0n,
    corrects: { number: printedNumber(invoice) ?? '', issuedAt: invoice.finalizedAt ?? invoice.createdAt },
    reason: note.reason,
    mark: null,
  };
  return { document, lines };
}

function toLine(line: CreditNoteLine, position: number, credited: InvoiceLine | undefined): InvoiceLine {
  if (credited === undefined)
    throw new Error(`a credit note names line ${line.position}, which its invoice does not have`);
  const { description, taxCategory, taxPercent, netMinor, taxMinor } = line;
  return {
    ...credited,
    position,
    description,
    taxCategory,
    taxPercent,
    taxMinor,
    taxInclusive: false,
    amountMinor: netMinor,
    discountMinor: 0n,
    discounts: [],
    // An amount is taken back, not a quantity.
    quantityRaw: '1',
    quantityBilled: '1',
    detail: {},
  };
}

/** Tax of each rate of the invoice that the credit note takes back. */
function sumTaxes(lines: readonly CreditNoteLine[], taxes: readonly TaxTotal[]): TaxTotal[] {
  return taxes.flatMap((tax) => {
    const own = lines.filter((line) => line.taxCategory === tax.category && line.taxPercent === tax.percent);
    if (own.length === 0) return [];
    const sum = (pick: (line: CreditNoteLine) => bigint) => own.reduce((total, line) => total + pick(line), 0n);
    return [
      {
        ...tax,
        taxableMinor: sum((line) => line.netMinor).toString(),
        taxMinor: sum((line) => line.taxMinor).toString(),
      },
    ];
  });
}
