import { expect, test } from 'vitest';
import { seededRandom } from '../money/seeded-random.ts';
import { computeTaxes, type TaxableLine } from './compute-taxes.ts';

function line(chargedMinor: bigint, percent: string | null, changes: Partial<TaxableLine> = {}): TaxableLine {
  const decision = { percent, label: 'VAT', reverseCharge: false };
  return { taxCategory: 'standard', taxInclusive: false, chargedMinor, decision, ...changes };
}

test('rounds half away from zero on each line, or once for each rate', () => {
  const lines = [line(10n, '5'), line(10n, '5'), line(-10n, '5')];
  expect(computeTaxes(lines, 'line')).toMatchObject({ lines: [1n, 1n, -1n], taxMinor: 1n });
  const many = [line(10n, '4'), line(10n, '4'), line(10n, '4')];
  expect(computeTaxes(many, 'line').taxMinor).toBe(0n);
  expect(computeTaxes(many, 'total')).toMatchObject({ lines: [1n, 0n, 0n], taxMinor: 1n });
});

test('takes the tax out of an amount that contains it', () => {
  const { lines, taxes } = computeTaxes([line(1190n, '19', { taxInclusive: true }), line(1000n, '19')], 'line');
  expect(lines).toEqual([190n, 190n]);
  expect(taxes).toMatchObject([{ taxableMinor: '2000', taxMinor: '380' }]);
});

test('sums by category and rate, and says nothing of what bears no tax at all', () => {
  const { taxes, taxMinor } = computeTaxes(
    [
      line(100n, '19'),
      line(100n, '7', { taxCategory: 'reduced' }),
      line(200n, '19.0'),
      line(50n, null),
      line(10n, '0'),
    ],
    'line',
  );
  expect(taxMinor).toBe(64n);
  expect(
    taxes.map(({ category, percent, taxableMinor, taxMinor: tax }) => [category, percent, taxableMinor, tax]),
  ).toEqual([
    ['reduced', '7', '100', '7'],
    ['standard', '19', '300', '57'],
    ['standard', '0', '10', '0'],
  ]);
});

test('keeps what an external service says', () => {
  expect(computeTaxes([line(100n, '8', { taxMinor: 9n }), line(100n, '8', { taxMinor: 8n })], 'total').lines).toEqual([
    9n,
    8n,
  ]);
});

test('lines add up to the tax, which is within half a unit of the precise one for each rate when rounded once', () => {
  const random = seededRandom(9);
  for (let round = 0; round < 300; round += 1) {
    const percent = String(random(30));
    const lines = Array.from({ length: 1 + random(8) }, () => line(BigInt(random(9999)) - 1000n, percent));
    const { lines: tax, taxMinor, taxes } = computeTaxes(lines, 'total');
    const sum = lines.reduce((total, { chargedMinor }) => total + chargedMinor, 0n);
    expect(tax.reduce((total, one) => total + one, 0n)).toBe(taxMinor);
    expect(taxes.reduce((total, one) => total + BigInt(one.taxMinor), 0n)).toBe(taxMinor);
    const error = taxMinor * 100n - sum * BigInt(percent);
    expect(error <= 50n && error >= -50n).toBe(true);
  }
});
