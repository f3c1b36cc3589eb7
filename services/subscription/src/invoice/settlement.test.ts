import { expect, test } from 'vitest';
import type { Invoice } from './invoice.ts';
import { settle } from './settlement.ts';

const now = new Date('2024-06-15T12:00:00Z');

function buildInvoice(changes: Partial<Invoice> = {}): Invoice {
  return {
    id: 'i',
    number: '1',
    numberPrefix: 'INV-',
    legalEntityId: 'e',
    legalEntityVersion: 0,
    accountId: 'a',
    subscriptionId: null,
    reason: 'period',
    billedAt: now,
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    status: 'finalized',
    customer: { key: 'a', name: 'A', email: null, billing: {} },
    subtotalMinor: 100n,
    discountMinor: 0n,
    taxMinor: 0n,
    taxes: [],
    totalMinor: 100n,
    dueOn: '2024-06-15',
    reviewUntil: null,
    calculation: 'done',
    creditsMinor: 0n,
    paidMinor: 0n,
    creditedMinor: 0n,
    writtenOffMinor: 0n,
    lineCount: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
    finalizedAt: now,
    paidAt: null,
    voidedAt: null,
    ...changes,
  };
}

test('is paid once nothing is due, by whatever settled it, and keeps the time of that', () => {
  const half = settle(buildInvoice(), { creditsMinor: 50n }, now);
  expect(half).toMatchObject({ status: 'finalized', paidAt: null });
  const paid = settle(half, { paidMinor: 30n, creditedMinor: 20n }, now);
  expect(paid).toMatchObject({ status: 'paid', paidAt: now, version: 3 });
  expect(settle(paid, { creditedMinor: 10n }, new Date('2025-01-01'))).toMatchObject({ status: 'paid', paidAt: now });
});

test('opens again when a payment is taken back, past due after its day in its own zone', () => {
  const paid = buildInvoice({ status: 'paid', paidMinor: 100n, paidAt: now });
  expect(settle(paid, { paidMinor: -100n }, new Date('2024-06-15T21:59:59Z'))).toMatchObject({
    status: 'finalized',
    paidAt: null,
  });
  expect(settle(paid, { paidMinor: -1n }, new Date('2024-06-15T22:00:00Z'))).toMatchObject({ status: 'past_due' });
});

test('is written off where that settled it, and refuses drafts and void invoices', () => {
  expect(settle(buildInvoice({ paidMinor: 60n }), { writtenOffMinor: 40n }, now).status).toBe('written_off');
  for (const status of ['draft', 'void'] as const)
    expect(() => settle(buildInvoice({ status }), { paidMinor: 1n }, now)).toThrow('cannot become paid');
});
