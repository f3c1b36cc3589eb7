import { addressLines } from '../address-lines.ts';
import { createFormat, type ValueFormat } from '../format-values.ts';
import type { Statement, StatementBalance } from '../statement.ts';
import { findLanguage, type DocumentLanguage } from '../texts/texts.ts';
import { drawFoot } from './draw-foot.ts';
import { drawHead } from './draw-head.ts';
import { Table, type Row } from './draw-table.ts';
import { paperOf } from './paper.ts';
import { Sheet } from './sheet.ts';

/** A statement of account as a PDF in the account's language: one table for each currency. */
export async function renderStatementPdf(statement: Statement): Promise<Buffer> {
  const { account, issuer, start, end, balances } = statement;
  const { billing, timeZone } = account;
  const language = findLanguage(billing.language);
  const { texts, locale } = language;
  const formatOf = (currency: string) => createFormat({ locale, currency, timeZone });
  const sheet = new Sheet({
    title: texts.statement,
    language: locale,
    createdAt: end,
    paper: paperOf(issuer),
    mark: null,
  });
  const closing = balances.map(({ currency, closingMinor }) => formatOf(currency).money(closingMinor));
  drawHead(sheet, language, {
    title: texts.statement,
    issuer,
    recipient: [billing.name ?? account.name, ...addressLines(billing.address, locale)],
    facts: [
      [texts.period, formatOf(account.currency).span({ start, end })],
      [texts.customer, account.key],
    ],
    summary: closing.length === 0 ? '' : `${texts.closingBalance}: ${closing.join('  ·  ')}`,
  });
  for (const balance of balances)
    drawBalance(sheet, balance, { language, format: formatOf(balance.currency), statement });
  return sheet.finish((page, pages) => drawFoot(sheet, { issuer, language, number: null, page, pages }));
}

interface BalanceContext {
  readonly language: DocumentLanguage;
  readonly format: ValueFormat;
  readonly statement: Statement;
}

function drawBalance(sheet: Sheet, balance: StatementBalance, { language, format, statement }: BalanceContext): void {
  const { texts } = language;
  const { money } = format;
  const table = new Table(sheet, [
    { title: texts.date, width: 96, align: 'left' },
    { title: texts.description, width: sheet.width - 96 - 3 * 96, align: 'left' },
    { title: texts.charges, width: 96, align: 'right' },
    { title: texts.receipts, width: 96, align: 'right' },
    { title: texts.balance, width: 96, align: 'right' },
  ]);
  const row = (kind: Row['kind'], ...cells: string[]): Row => ({ kind, cells });
  table.draw([row('strong', format.date(statement.start), texts.openingBalance, '', '', money(balance.openingMinor))]);
  for (const { postedAt, kind, number, amountMinor, balanceMinor } of balance.entries) {
    const what = [texts.entries[kind], number].filter(Boolean).join(' ');
    const [charge, receipt] = amountMinor > 0n ? [money(amountMinor), ''] : ['', money(-amountMinor)];
    table.draw([row('main', format.date(postedAt), what, charge, receipt, money(balanceMinor))]);
  }
  const last = new Date(statement.end.getTime() - 1);
  table.draw([row('strong', format.date(last), texts.closingBalance, '', '', money(balance.closingMinor))]);
  table.end();
  sheet.y += 24;
}
