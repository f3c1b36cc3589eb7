import { formatMinor } from '@plinth/contracts';
import { documentDueMinor, type BillingDocument } from './document.ts';

const mostMinor = 99_999_999_999n;

/**
 * The text of a QR code for a SEPA credit transfer (European Payments Council, EPC069-12, version 002); undefined where
 * a bank could not use it: another currency than the euro, nothing to pay, no account.
 */
export function paymentCode(document: BillingDocument): string | undefined {
  const { kind, number, currency, issuer, mark } = document;
  const { bank } = issuer;
  const due = documentDueMinor(document);
  if (kind !== 'invoice' || number === null || mark !== null || bank === undefined) return undefined;
  if (currency !== 'EUR' || due <= 0n || due > mostMinor) return undefined;
  const holder = (bank.holder ?? issuer.name).slice(0, 70);
  const amount = `EUR${formatMinor(due, currency)}`;
  const iban = bank.iban.replaceAll(' ', '');
  return ['BCD', '002', '1', 'SCT', bank.bic ?? '', holder, iban, amount, '', '', number.slice(0, 140)].join('\n');
}

/** An IBAN in groups of four, as it is printed. */
export function groupIban(iban: string): string {
  return iban.replaceAll(/\s/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ');
}
