import { encode } from 'uqr';
import { documentDueMinor, type BillingDocument } from '../document.ts';
import { groupIban, paymentCode } from '../payment-code.ts';
import type { DocumentTexts } from '../texts/texts.ts';
import { ink, type Sheet } from './sheet.ts';

const codeSize = 68;
const labelWidth = 110;

/** How to pay: the bank account, and a code that banking apps read. Nothing where nothing is to be paid yet. */
export function drawPayment(sheet: Sheet, document: BillingDocument, texts: DocumentTexts): void {
  const { issuer, number, kind, mark } = document;
  const { bank } = issuer;
  if (kind !== 'invoice' || mark !== null || bank === undefined || documentDueMinor(document) <= 0n) return;
  const rows = [
    [texts.accountHolder, bank.holder ?? issuer.name],
    ['IBAN', groupIban(bank.iban)],
    ['BIC', bank.bic ?? ''],
    [texts.bank, bank.bankName ?? ''],
    [texts.paymentReference, number ?? ''],
  ].filter(([, value]) => value !== '') as [string, string][];
  sheet.ensure(codeSize + 16);
  sheet.y += 10;
  sheet.line(texts.payment, { size: 10, bold: true });
  sheet.y += 4;
  const top = sheet.y;
  for (const [label, value] of rows) {
    sheet.text(label, { width: labelWidth, color: ink.faint });
    sheet.y += sheet.text(value, { x: sheet.left + labelWidth, width: 240 }) + 2;
  }
  const after = sheet.y;
  const code = paymentCode(document);
  if (code === undefined) return;
  sheet.y = top - 16;
  drawCode(sheet, code);
  sheet.y = top - 16 + codeSize + 2;
  sheet.line(texts.scanToPay, {
    x: sheet.right - codeSize - 30,
    width: codeSize + 16,
    size: 7.5,
    color: ink.faint,
    align: 'right',
  });
  sheet.y = Math.max(sheet.y, after);
}

function drawCode(sheet: Sheet, text: string): void {
  // The standard asks for correction level M.
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border: 0 });
  const module = codeSize / size;
  const top = sheet.y;
  for (const [row, modules] of data.entries()) {
    sheet.y = top + row * module;
    for (const { start, length } of darkRuns(modules))
      sheet.band({
        x: sheet.right - codeSize + start * module,
        width: length * module,
        height: module,
        color: '#000000',
      });
  }
  sheet.y = top;
}

/** Neighbouring dark modules are one rectangle: seams between them would show. */
function darkRuns(modules: readonly boolean[]): { start: number; length: number }[] {
  const runs: { start: number; length: number }[] = [];
  for (const [index, dark] of modules.entries()) {
    const last = runs.at(-1);
    if (!dark) continue;
    if (last !== undefined && last.start + last.length === index) last.length += 1;
    else runs.push({ start: index, length: 1 });
  }
  return runs;
}
