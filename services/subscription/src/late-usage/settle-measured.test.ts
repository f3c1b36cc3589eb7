import { expect, test } from 'vitest';
import type { BilledLine } from '../billing/line.ts';
import { settleMeasured, type EarlierLine } from './settle-measured.ts';

function line(changes: Partial<BilledLine> = {}): BilledLine {
  return {
    kind: 'usage',
    periodIndex: 3,
    phaseId: 'phase',
    planId: 'plan',
    planVersion: 1,
    priceId: 'calls',
    priceKey: 'calls',
    taxCategory: 'standard',
    meter: 'api_call',
    description: 'Calls',
    quantityRaw: '150',
    quantityBilled: '150',
    detail: { model: 'graduated' },
    amountPrecise: '12.504',
    amountMinor: 1250n,
    start: new Date('2024-05-01T00:00:00Z'),
    end: new Date('2024-06-01T00:00:00Z'),
    ...changes,
  };
}

const earlier = (sequence: number, changes: Partial<BilledLine> = {}): EarlierLine => ({ ...line(changes), sequence });

test('bills what it comes to now less what was billed, with the next sequence', () => {
  const before = [
    earlier(0, { quantityRaw: '100', quantityBilled: '100', amountPrecise: '10', amountMinor: 1000n }),
    earlier(1, { quantityRaw: '20', quantityBilled: '20', amountPrecise: '1', amountMinor: 100n }),
  ];
  expect(settleMeasured([line()], before)).toEqual([
    {
      ...line(),
      sequence: 2,
      quantityRaw: '30',
      quantityBilled: '30',
      detail: { model: 'graduated', billedEarlier: { quantityRaw: '120', amountMinor: '1100' } },
      amountPrecise: '1.504',
      amountMinor: 150n,
    },
  ]);
});

test('leaves out what has not changed, and leaves all other lines as they are', () => {
  const fee = line({ kind: 'recurring', priceId: 'base' });
  const next = line({ periodIndex: 4 });
  expect(settleMeasured([fee, line(), next], [earlier(0)])).toEqual([fee, next]);
  expect(settleMeasured([line()], [])).toEqual([line()]);
});

test('takes back a minimum that no longer applies, and gives back usage that was retracted', () => {
  const minimum = earlier(0, {
    kind: 'minimum',
    priceId: null,
    quantityRaw: '1',
    quantityBilled: '1',
    amountPrecise: '5',
    amountMinor: 500n,
  });
  const settled = settleMeasured([line({ quantityRaw: '200', amountMinor: 1800n })], [earlier(0), minimum]);
  expect(settled.map(({ kind, amountMinor, sequence }) => [kind, amountMinor, sequence])).toEqual([
    ['usage', 550n, 1],
    ['minimum', -500n, 1],
  ]);
  expect(settleMeasured([line({ quantityRaw: '0', amountMinor: 0n })], [earlier(0)])).toMatchObject([
    { quantityRaw: '-150', amountMinor: -1250n },
  ]);
});

test('what was changed by hand on a draft counts as it was worked out', () => {
  const changed = earlier(0, { amountMinor: 0n, detail: { workedOutMinor: '1250', removed: true } });
  expect(settleMeasured([line()], [changed])).toEqual([]);
});
