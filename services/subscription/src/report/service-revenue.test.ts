import { expect, test } from 'vitest';
import { shareByService, type SharedWindow } from './service-revenue.ts';

function buildWindow(changes: Partial<SharedWindow>): SharedWindow {
  return {
    month: '2024-06',
    meter: 'calls',
    from: new Date('2024-05-01T00:00:00Z'),
    to: new Date('2024-06-01T00:00:00Z'),
    accountIds: [],
    quantity: '3',
    amountMinor: 100n,
    services: [
      { service: 'shop', quantity: '1' },
      { service: 'mail', quantity: '2' },
    ],
    ...changes,
  };
}

const row = { month: '2024-06', meter: 'calls' };

test('each window is shared by its own quantities, in whole units that add up to what was billed', () => {
  const later = buildWindow({ amountMinor: -50n, quantity: '0', services: [{ service: 'shop', quantity: '0.5' }] });
  expect(shareByService([buildWindow({}), later])).toEqual({
    services: [
      { ...row, service: 'mail', quantity: '2', amountMinor: 67n },
      { ...row, service: 'shop', quantity: '1.5', amountMinor: -17n },
    ],
    meters: [{ ...row, billedQuantity: '3', usedQuantity: '3.5', amountMinor: 50n }],
  });
});

test('what cannot be told apart, and what was billed without usage, is in a row without a service', () => {
  const windows = [
    buildWindow({ services: null, amountMinor: 7n }),
    buildWindow({ meter: 'mails', services: [{ service: 'mail', quantity: '-1' }], quantity: '-1', amountMinor: 5n }),
  ];
  const mails = { ...row, meter: 'mails' };
  expect(shareByService(windows)).toEqual({
    services: [
      { ...row, service: null, quantity: null, amountMinor: 7n },
      { ...mails, service: 'mail', quantity: '-1', amountMinor: 0n },
      { ...mails, service: null, quantity: null, amountMinor: 5n },
    ],
    meters: [
      { ...row, billedQuantity: '3', usedQuantity: null, amountMinor: 7n },
      { ...mails, billedQuantity: '-1', usedQuantity: '-1', amountMinor: 5n },
    ],
  });
});

test('of nothing that was billed there is nothing to tell', () => {
  expect(shareByService([])).toEqual({ services: [], meters: [] });
});
