import { createHash } from 'node:crypto';
import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';
import { StatementUnreadableError } from './bank-transfer.errors.ts';
import type { BookedTransfer } from './bank-transfer.ts';
import { parseAmount, parseCurrency, parseDate } from './statement-values.ts';

/**
 * The transfers that came in by a bank statement, ISO 20022 camt.053 of any version: booked credits that are no
 * reversals, each transaction of a collected entry by itself. Throws `StatementUnreadableError`.
 */
export function parseCamt053(content: string): BookedTransfer[] {
  const root = parseXml(content).documentElement ?? undefined;
  if (root?.localName !== 'Document' || !/camt\.053\./.test(root.namespaceURI ?? ''))
    throw new StatementUnreadableError('the document', 'is no camt.053');
  const statements = children(child(root, 'BkToCstmrStmt'), 'Stmt');
  return statements.flatMap((statement) => {
    const account = child(child(statement, 'Acct'), 'Id');
    const bankAccount = text(account, 'IBAN') ?? text(child(account, 'Othr'), 'Id');
    if (bankAccount === undefined) throw new StatementUnreadableError('Stmt/Acct/Id', 'is missing');
    return children(statement, 'Ntry')
      .filter(isIncoming)
      .flatMap((entry, index) => toTransfers(entry, bankAccount, `Ntry ${index + 1}`));
  });
}

function parseXml(content: string): Document {
  const fail = (problem: string): never => {
    throw new StatementUnreadableError('the document', `is no XML: ${problem.split('\n')[0]!.slice(0, 100)}`);
  };
  // A document type could define entities that grow without end.
  if (/<!DOCTYPE/i.test(content)) fail('it has a document type');
  try {
    // Nothing that is not well-formed is guessed at.
    const onError = (level: string, message: string): void => {
      if (level !== 'warning') throw new Error(message);
    };
    return new DOMParser({ onError }).parseFromString(content, 'text/xml');
  } catch (error) {
    return fail(String((error as Error).message));
  }
}

function isIncoming(entry: Element): boolean {
  const status = child(entry, 'Sts');
  const booked = (text(status, 'Cd') ?? status?.textContent?.trim()) === 'BOOK';
  return text(entry, 'CdtDbtInd') === 'CRDT' && booked && text(entry, 'RvslInd') !== 'true';
}

function toTransfers(entry: Element, bankAccount: string, where: string): BookedTransfer[] {
  const details = children(entry, 'NtryDtls').flatMap((part) => children(part, 'TxDtls'));
  const own = details.map((detail) => child(detail, 'Amt') ?? child(child(child(detail, 'AmtDtls'), 'TxAmt'), 'Amt'));
  const isSplit = details.length > 1 && own.every((amount) => amount !== undefined);
  const booking = child(entry, 'BookgDt');
  const bookedOn = parseDate(text(booking, 'Dt') ?? text(booking, 'DtTm') ?? '', `${where}/BookgDt`);
  const parts = isSplit ? details.map((detail) => [detail]) : [details];
  return parts.map((part, index) => {
    const amount = isSplit ? own[index] : child(entry, 'Amt');
    const currency = parseCurrency(amount?.getAttribute('Ccy') ?? '', `${where}/Amt/@Ccy`);
    const transfer = {
      bankAccount,
      bookedOn,
      currency,
      amountMinor: parseAmount(amount?.textContent ?? '', currency, `${where}/Amt`),
      payer: part.map(payerOf).find((name) => name !== undefined) ?? null,
      reference: part.flatMap(referencesOf).join(' ').slice(0, 1000),
    };
    return { ...transfer, bankReference: nameOf(entry, part, isSplit ? index : undefined, transfer) };
  });
}

function payerOf(detail: Element): string | undefined {
  const debtor = child(child(detail, 'RltdPties'), 'Dbtr');
  return (text(debtor, 'Nm') ?? text(child(debtor, 'Pty'), 'Nm'))?.slice(0, 200);
}

function referencesOf(detail: Element): string[] {
  const remittance = child(detail, 'RmtInf');
  const structured = children(remittance, 'Strd').flatMap((part) => text(child(part, 'CdtrRefInf'), 'Ref') ?? []);
  const free = children(remittance, 'Ustrd').map((part) => part.textContent?.trim() ?? '');
  const endToEnd = text(child(detail, 'Refs'), 'EndToEndId');
  return [...structured, ...free, ...(endToEnd === undefined || endToEnd === 'NOTPROVIDED' ? [] : [endToEnd])];
}

/** What the bank calls it, or, where it gives no name, a name made of everything that it says. */
function nameOf(
  entry: Element,
  details: readonly Element[],
  index: number | undefined,
  transfer: Omit<BookedTransfer, 'bankReference'>,
): string {
  const own = details.length === 1 ? text(child(details[0], 'Refs'), 'AcctSvcrRef') : undefined;
  const ofEntry = text(entry, 'AcctSvcrRef') ?? text(entry, 'NtryRef');
  const given = own ?? (ofEntry === undefined || index === undefined ? ofEntry : `${ofEntry}/${index + 1}`);
  if (given !== undefined) return given.slice(0, 200);
  const { bookedOn, currency, amountMinor, payer, reference } = transfer;
  const said = [bookedOn, currency, amountMinor, payer, reference, index ?? 0].join('\n');
  return `sha256:${createHash('sha256').update(said).digest('hex')}`;
}

function children(parent: Element | undefined, name: string): Element[] {
  return [...((parent?.childNodes ?? []) as Iterable<Node>)].filter(
    (node): node is Element => node.nodeType === 1 && (node as Element).localName === name,
  );
}

function child(parent: Element | undefined, name: string): Element | undefined {
  return children(parent, name)[0];
}

function text(parent: Element | undefined, name: string): string | undefined {
  const value = child(parent, name)?.textContent?.trim();
  return value === '' ? undefined : value;
}
