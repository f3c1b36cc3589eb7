import { expect, test } from 'vitest';
import { findNumbers, isNamed, matchTransfer, type BookedTransfer, type Candidate } from './bank-transfer.ts';

const transfer = (changes: Partial<BookedTransfer> = {}): BookedTransfer => ({
  bankAccount: 'DE02120300000000202051',
  bankReference: '1',
  bookedOn: '2024-06-14',
  currency: 'EUR',
  amountMinor: 1000n,
  payer: null,
  reference: 'INV-000123',
  ...changes,
});
const candidate = (changes: Partial<Candidate> = {}): Candidate => ({
  invoiceId: 'a',
  printedNumber: 'INV-000123',
  currency: 'EUR',
  dueMinor: 1000n,
  isOpen: true,
  ...changes,
});

test.each([
  ['INV-000123', true],
  ['inv 000123', true],
  ['Rechnung INV000123, danke', true],
  ['INV-000 123/2024', true],
  ['INV-0001234', false],
  ['XINV-000123', false],
  ['000123', false],
  ['', false],
])('"%s" names the invoice INV-000123: %s', (reference, expected) => {
  expect(isNamed(reference, 'INV-000123')).toBe(expected);
});

test('numbers in a reference are looked up without leading zeros', () => {
  expect(findNumbers('INV-000123 of 2024, 123 0')).toEqual(['123', '2024']);
});

test.each([
  [{}, [candidate()], { invoiceId: 'a' }],
  [{}, [], { mismatch: 'no_reference' }],
  [{ amountMinor: 999n }, [candidate()], { mismatch: 'amount_differs' }],
  [{ currency: 'USD' }, [candidate()], { mismatch: 'currency_differs' }],
  [{}, [candidate({ isOpen: false })], { mismatch: 'not_open' }],
  [{}, [candidate(), candidate({ invoiceId: 'b' })], { mismatch: 'several_invoices' }],
  [{}, [candidate(), candidate({ invoiceId: 'b', printedNumber: 'ACME-000123' })], { invoiceId: 'a' }],
])('a transfer with %o is matched with %o as %o', (changes, candidates, expected) => {
  expect(matchTransfer(transfer(changes), candidates)).toEqual(expected);
});
