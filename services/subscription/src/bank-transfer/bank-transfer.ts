/** Why a transfer was not matched by itself. */
export type Mismatch =
  | 'no_reference'
  | 'several_invoices'
  | 'not_open'
  | 'currency_differs'
  | 'amount_differs'
  | 'payment_running';

/** A transfer that came in, as the bank booked it. */
export interface BookedTransfer {
  /** IBAN or number of our account. */
  readonly bankAccount: string;
  /** What the bank calls it; unique in the account. */
  readonly bankReference: string;
  readonly bookedOn: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly payer: string | null;
  /** What the payer wrote. */
  readonly reference: string;
}

export interface BankTransfer extends BookedTransfer {
  readonly id: string;
  readonly status: 'unmatched' | 'matched' | 'ignored';
  readonly mismatch: Mismatch | null;
  readonly paymentId: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An invoice that a transfer may be for. */
export interface Candidate {
  readonly invoiceId: string;
  readonly printedNumber: string;
  readonly currency: string;
  readonly dueMinor: bigint;
  readonly isOpen: boolean;
}

/** Every number in a reference, without leading zeros: an invoice's number may be one of them. */
export function findNumbers(reference: string): string[] {
  const numbers = [...reference.matchAll(/\d{1,18}/g)].map(([text]) => BigInt(text).toString());
  return [...new Set(numbers)].filter((number) => number !== '0');
}

/** Whether a reference names an invoice: its printed number, however it is spaced or hyphened, and no longer number. */
export function isNamed(reference: string, printedNumber: string): boolean {
  const characters = [...printedNumber.replaceAll(/[^\p{L}\d]/gu, '')];
  if (characters.length === 0) return false;
  return new RegExp(`(?<![\\p{L}\\d])${characters.join('[\\s./_-]*')}(?!\\d)`, 'iu').test(reference);
}

/** The invoice that a transfer pays: the only one that it names, with exactly what is due. Anything else is for an agent. */
export function matchTransfer(
  transfer: BookedTransfer,
  candidates: readonly Candidate[],
): { readonly invoiceId: string } | { readonly mismatch: Mismatch } {
  const named = candidates.filter(({ printedNumber }) => isNamed(transfer.reference, printedNumber));
  const [invoice] = named;
  if (invoice === undefined) return { mismatch: 'no_reference' };
  if (named.length > 1) return { mismatch: 'several_invoices' };
  if (!invoice.isOpen) return { mismatch: 'not_open' };
  if (invoice.currency !== transfer.currency) return { mismatch: 'currency_differs' };
  return invoice.dueMinor === transfer.amountMinor ? { invoiceId: invoice.invoiceId } : { mismatch: 'amount_differs' };
}
