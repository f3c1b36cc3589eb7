import { addressLines } from '../address-lines.ts';
import type { DocumentIssuer } from '../document.ts';
import type { DocumentLanguage } from '../texts/texts.ts';
import { ink, type Sheet } from './sheet.ts';

export interface Head {
  readonly title: string;
  readonly issuer: DocumentIssuer;
  readonly recipient: readonly string[];
  /** Label and value, below each other beside the recipient. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** The line that a reader looks for first. */
  readonly summary: string;
}

const factLabel = 100;

/** The top of the first page: who writes to whom about what. */
export function drawHead(sheet: Sheet, { texts, locale }: DocumentLanguage, head: Head): void {
  const middle = sheet.left + sheet.width * 0.54;
  const half = sheet.width * 0.46;
  const top = sheet.y;
  // A longer title, such as that of a statement, still is one line.
  const size = head.title.length > 14 ? 17 : 22;
  sheet.line(head.title, { x: middle, width: half, size, bold: true, align: 'right' });
  const afterTitle = sheet.y;
  sheet.y = top + 4;
  drawIssuer(sheet, head.issuer, { width: sheet.width * 0.5, locale, taxId: texts.taxId });
  sheet.y = Math.max(sheet.y, afterTitle) + 22;

  const start = sheet.y;
  sheet.line(texts.billTo, { size: 8, color: ink.faint });
  sheet.y += 2;
  for (const [index, line] of head.recipient.entries())
    sheet.line(line, { width: sheet.width * 0.48, size: 9.5, bold: index === 0 });
  const afterRecipient = sheet.y;
  sheet.y = start;
  for (const [label, value] of head.facts) {
    const x = middle + factLabel;
    const labelHeight = sheet.text(label, { x: middle, width: factLabel - 8, color: ink.faint });
    const valueHeight = sheet.text(value, { x, width: sheet.right - x, align: 'right' });
    sheet.y += Math.max(labelHeight, valueHeight) + 3;
  }
  sheet.y = Math.max(sheet.y, afterRecipient) + 18;
  if (head.summary === '') return;
  sheet.line(head.summary, { size: 14, bold: true });
  sheet.y += 10;
}

function drawIssuer(
  sheet: Sheet,
  issuer: DocumentIssuer,
  { width, locale, taxId }: { width: number; locale: string; taxId: string },
): void {
  sheet.line(issuer.name, { width, size: 13, bold: true });
  sheet.y += 2;
  const contact = [issuer.email, issuer.phone].filter(Boolean).join('  ·  ');
  const lines = [
    ...addressLines(issuer.address, locale),
    contact,
    ...(issuer.taxId === undefined ? [] : [`${taxId} ${issuer.taxId}`]),
  ];
  for (const line of lines.filter((text) => text !== '')) sheet.line(line, { width, size: 8.5, color: ink.faint });
}
