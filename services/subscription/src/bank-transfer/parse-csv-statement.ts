import { StatementUnreadableError } from './bank-transfer.errors.ts';
import type { BookedTransfer } from './bank-transfer.ts';
import { parseAmount, parseCurrency, parseDate } from './statement-values.ts';

const required = ['bankAccount', 'bankReference', 'bookedOn', 'currency', 'amount', 'reference'] as const;

/**
 * Transfers from CSV (RFC 4180, commas) whose first line names the columns: bankAccount, bankReference, bookedOn,
 * currency, amount, reference and, if wanted, payer; others are passed over. Throws `StatementUnreadableError`.
 */
export function parseCsvStatement(content: string): BookedTransfer[] {
  const [header, ...rows] = parseCsv(content.replace(/^\uFEFF/, ''));
  const columns = new Map((header ?? []).map((name, index) => [name.trim(), index]));
  for (const name of required)
    if (!columns.has(name)) throw new StatementUnreadableError(`the column "${name}"`, 'is missing');
  return rows.map((row, index) => {
    const line = `row ${index + 2}`;
    const cell = (name: string): string => row[columns.get(name) ?? -1]?.trim() ?? '';
    for (const name of ['bankAccount', 'bankReference'] as const)
      if (cell(name) === '') throw new StatementUnreadableError(`${line}, ${name}`, 'is empty');
    const currency = parseCurrency(cell('currency'), `${line}, currency`);
    const amountMinor = parseAmount(cell('amount'), currency, `${line}, amount`);
    if (amountMinor === 0n) throw new StatementUnreadableError(`${line}, amount`, 'is zero');
    return {
      bankAccount: cell('bankAccount').slice(0, 100),
      bankReference: cell('bankReference').slice(0, 200),
      bookedOn: parseDate(cell('bookedOn'), `${line}, bookedOn`),
      currency,
      amountMinor,
      payer: cell('payer').slice(0, 200) || null,
      reference: cell('reference').slice(0, 1000),
    };
  });
}

/** The cells of each line that is not empty. */
function parseCsv(content: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|\n|\r|$)/y;
  while (cell.lastIndex < content.length) {
    const at = cell.lastIndex;
    const match = cell.exec(content);
    if (match === null) throw new StatementUnreadableError(`the quote at character ${at + 1}`, 'has no end');
    const [, value = '', end] = match;
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === ',' && cell.lastIndex < content.length) continue;
    if (row.some((text) => text.trim() !== '')) rows.push(row);
    row = [];
  }
  return rows;
}
