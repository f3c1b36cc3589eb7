import { minorDigits } from '@plinth/contracts';
import { StatementUnreadableError } from './bank-transfer.errors.ts';

/** A positive decimal amount in smallest units, exactly. Throws `StatementUnreadableError`. */
export function parseAmount(text: string, currency: string, where: string): bigint {
  const match = /^(\d{1,18})(?:\.(\d{1,5}))?$/.exec(text.trim());
  if (match === null) throw new StatementUnreadableError(where, 'is no amount such as 1234.50');
  const digits = minorDigits(currency);
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) throw new StatementUnreadableError(where, `has more than ${digits} decimals`);
  return BigInt(match[1]! + fraction.padEnd(digits, '0'));
}

export function parseCurrency(text: string, where: string): string {
  if (!/^[A-Z]{3}$/.test(text)) throw new StatementUnreadableError(where, 'is no currency such as EUR');
  return text;
}

/** A calendar date, or the date of a date-time, as it stands. */
export function parseDate(text: string, where: string): string {
  const date = text.trim().slice(0, 10);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));
  if (!isDate) throw new StatementUnreadableError(where, 'is no date such as 2024-12-31');
  return date;
}
