import { addressLines } from '../address-lines.ts';
import { documentDueMinor, type BillingDocument } from '../document.ts';
import { createFormat, type ValueFormat } from '../format-values.ts';
import { presentLine, type PrintedLine } from '../present-line.ts';
import type { InvoiceLine } from '../../invoice/invoice.ts';
import { findLanguage, type DocumentLanguage } from '../texts/texts.ts';
import { drawFoot } from './draw-foot.ts';
import { drawHead } from './draw-head.ts';
import { drawPayment } from './draw-payment.ts';
import { Table, type Column, type Row } from './draw-table.ts';
import { drawTotals } from './draw-totals.ts';
import { paperOf } from './paper.ts';
import { Sheet } from './sheet.ts';

export interface PdfInput {
  readonly document: BillingDocument;
  /** In their order, some at a time. */
  readonly lines: AsyncIterable<readonly InvoiceLine[]>;
  /** The heading of a line's group, such as its plan. */
  readonly groupOf: (line: InvoiceLine) => string;
}

/**
 * An invoice or a credit note as a PDF in the customer's language. The same document and lines give the same bytes;
 * a further page takes as much memory as it takes in the file, and a little for its foot.
 */
export async function renderDocumentPdf({ document, lines, groupOf }: PdfInput): Promise<Buffer> {
  const { currency, timeZone, issuer, mark, kind, number } = document;
  const language = findLanguage(document.customer.billing.language);
  const { texts } = language;
  const format = createFormat({ locale: language.locale, currency, timeZone });
  const title = kind === 'invoice' ? texts.invoice : texts.creditNote;
  const sheet = new Sheet({
    title: number === null ? title : `${title} ${number}`,
    language: language.locale,
    createdAt: document.issuedAt,
    paper: paperOf(issuer),
    mark: mark === null ? null : texts[mark],
  });
  drawHead(sheet, language, {
    title,
    issuer,
    recipient: listRecipient(document, language),
    facts: listFacts(document, language, format),
    summary: summarize(document, language, format),
  });
  const hasTax = document.taxes.length > 0;
  const table = new Table(sheet, listColumns(sheet.width, hasTax, language));
  let group = '';
  for await (const chunk of lines) {
    for (const line of chunk) {
      const printed = presentLine(line, { texts, format, groupOf });
      table.draw(toRows(printed, printed.group !== group, hasTax));
      group = printed.group;
    }
  }
  table.end();
  drawTotals(sheet, document, texts, format);
  drawPayment(sheet, document, texts);
  return sheet.finish((page, pages) => drawFoot(sheet, { issuer, language, number, page, pages }));
}

function listRecipient({ customer }: BillingDocument, { texts, locale }: DocumentLanguage): string[] {
  const { billing } = customer;
  return [
    billing.name ?? customer.name,
    ...addressLines(billing.address, locale),
    ...(billing.taxId === undefined ? [] : [`${texts.taxId} ${billing.taxId}`]),
    billing.email ?? customer.email ?? '',
  ].filter((line) => line !== '');
}

function listFacts(document: BillingDocument, { texts }: DocumentLanguage, format: ValueFormat): [string, string][] {
  const { number, issuedAt, dueOn, period, customer, corrects, reason } = document;
  const facts: [string, string | undefined][] = [
    [texts.number, number ?? undefined],
    [texts.date, format.date(issuedAt)],
    [texts.dueDate, dueOn === null ? undefined : format.day(dueOn)],
    [texts.period, period === null ? undefined : format.span(period)],
    [texts.toInvoice, corrects === null ? undefined : `${corrects.number}, ${format.date(corrects.issuedAt)}`],
    [texts.customer, customer.key],
    [texts.reference, customer.billing.reference],
    [texts.reason, reason ?? undefined],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
}

function summarize(document: BillingDocument, { texts }: DocumentLanguage, format: ValueFormat): string {
  const due = documentDueMinor(document);
  if (document.kind !== 'invoice' || document.dueOn === null || due <= 0n) return '';
  return texts.dueBy(format.money(due), format.day(document.dueOn));
}

function listColumns(width: number, hasTax: boolean, { texts }: DocumentLanguage): Column[] {
  const numbers: Column[] = [
    { title: texts.quantity, width: 80, align: 'right' },
    { title: texts.unitPrice, width: 96, align: 'right' },
    ...(hasTax ? [{ title: texts.tax, width: 46, align: 'right' } as const] : []),
    { title: texts.amount, width: 88, align: 'right' },
  ];
  const rest = numbers.reduce((sum, column) => sum + column.width, 0);
  return [{ title: texts.description, width: width - rest, align: 'left' }, ...numbers];
}

function toRows(line: PrintedLine, isNewGroup: boolean, hasTax: boolean): Row[] {
  const cells = (first: string, quantity = '', unitPrice = '', tax = '', amount = '') =>
    hasTax ? [first, quantity, unitPrice, tax, amount] : [first, quantity, unitPrice, amount];
  return [
    ...(isNewGroup && line.group !== '' ? [{ kind: 'group', cells: [line.group] } as const] : []),
    { kind: 'main', cells: cells(line.description, line.quantity, line.unitPrice, line.tax, line.amount) },
    { kind: 'note', cells: cells(line.period) },
    ...line.details.map(({ text, quantity, unitPrice, amount }): Row => ({
      kind: 'detail',
      cells: cells(text, quantity, unitPrice, '', amount),
    })),
  ];
}
