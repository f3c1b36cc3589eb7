import type { PriceModel } from '@plinth/contracts';
import { describe, expect, it } from 'vitest';
import { rate } from './rate.ts';
import { compileMatrix } from './rate-matrix.ts';
import { ratingDetail } from './rating-detail.ts';
import type { MatrixModel, ScalarModel } from './rating.ts';
import { addReadings, compileMeteredModel, emptyReading, toReading } from './reading.ts';

const amounts = (model: ScalarModel, quantities: readonly string[]): string[] =>
  quantities.map((quantity) => rate(model, quantity).amount.toString());
const seen = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('percentage', () => {
  const model = {
    model: 'percentage',
    meter: 'payments',
    rate: '2.9',
    freeUnits: '100',
    minimumAmount: '5',
    maximumAmount: '50',
  } as const;

  it('charges what lies above the free part, between the minimum and the maximum', () => {
    const quantities = ['0', '100', '100.01', '272.41', '272.42', '1000', '1824.14', '1824.15', '9000'];
    expect(amounts(model, quantities)).toEqual(['0', '0', '5', '5', '5.00018', '26.1', '50', '50', '50']);
  });

  it('says which bound replaced the percentage', () => {
    expect(['150', '1000', '9000'].map((quantity) => rate(model, quantity).bound)).toEqual([
      'minimum',
      undefined,
      'maximum',
    ]);
    expect(seen(ratingDetail(model, rate(model, '150')))).toEqual({
      model: 'percentage',
      rate: '2.9',
      freeUnits: '100',
      minimumAmount: '5',
      maximumAmount: '50',
      chargeable: '50',
      bound: 'minimum',
    });
  });

  it('is a product, so that no digit of a small rate is lost', () => {
    const tiny: PriceModel = { model: 'percentage', meter: 'm', rate: '0.000000000001' };
    expect(rate(tiny, '0.000000000001').amount.toString()).toBe('0.00000000000000000000000001');
  });
});

describe('graduated percentage', () => {
  it('charges each part at the rate of its tier, and a flat amount on entry', () => {
    const model: PriceModel = {
      model: 'graduated_percentage',
      meter: 'payments',
      tiers: [
        { upTo: '1000', rate: '3' },
        { upTo: null, rate: '1.5', flatAmount: '2' },
      ],
    };
    expect(amounts(model, ['0', '1000', '3000'])).toEqual(['0', '30', '62']);
    expect(seen(rate(model, '3000').tiers)).toEqual([
      { from: '0', upTo: '1000', quantity: '1000', rate: '3', flatAmount: '0', amount: '30' },
      { from: '1000', upTo: null, quantity: '2000', rate: '1.5', flatAmount: '2', amount: '32' },
    ]);
  });
});

describe('bulk commitment', () => {
  it('costs its amount whether used or not, and more only above the committed units', () => {
    const model: PriceModel = {
      model: 'bulk_commitment',
      meter: 'api_call',
      quantity: '1000',
      amount: '80',
      overageUnitAmount: '0.12',
    };
    expect(amounts(model, ['-5', '0', '1000', '1000.5', '1100'])).toEqual(['80', '80', '80', '80.06', '92']);
    expect(seen(ratingDetail(model, rate(model, '1100')))).toMatchObject({
      committedQuantity: '1000',
      committedAmount: '80',
      chargeable: '100',
    });
  });
});

describe('the flat amount of the first tier', () => {
  it('falls due without usage only where the price says so', () => {
    const tiers = [
      { upTo: '10', unitAmount: '1', flatAmount: '5' },
      { upTo: null, unitAmount: '0.5', flatAmount: '2' },
    ];
    for (const model of ['graduated', 'volume'] as const) {
      expect(amounts({ model, tiers }, ['0', '-1', '1'])).toEqual(['0', '0', '6']);
      expect(amounts({ model, tiers, flatAtZero: true }, ['0', '-1', '1'])).toEqual(['5', '5', '6']);
    }
    expect(seen(rate({ model: 'graduated', tiers, flatAtZero: true }, '0').tiers)).toEqual([
      { from: '0', upTo: '10', quantity: '0', unitAmount: '1', flatAmount: '5', amount: '5' },
    ]);
  });
});

describe('conversion of units', () => {
  const gigabytes = (rounding: 'none' | 'up' | 'down' | 'half_up', digits?: number): ScalarModel => ({
    model: 'per_unit',
    meter: 'bytes',
    unitAmount: '0.1',
    conversion: { divisor: '1000000000', rounding, ...(digits === undefined ? {} : { digits }) },
  });

  it('divides, and rounds once as the price says', () => {
    const quantity = '2500000001';
    expect(amounts(gigabytes('none'), [quantity])).toEqual(['0.2500000001']);
    expect(amounts(gigabytes('up'), [quantity, '2000000000'])).toEqual(['0.3', '0.2']);
    expect(amounts(gigabytes('down'), [quantity])).toEqual(['0.2']);
    expect(amounts(gigabytes('half_up'), ['2499999999', '2500000000'])).toEqual(['0.2', '0.3']);
    expect(amounts(gigabytes('up', 2), [quantity])).toEqual(['0.251']);
  });

  it('stands on the line with the raw and the converted quantity', () => {
    const model = gigabytes('up');
    const rating = rate(model, '2500000001');
    expect(rating.quantity.toString()).toBe('3');
    expect(seen(ratingDetail(model, rating))).toEqual({
      model: 'per_unit',
      unitAmount: '0.1',
      conversion: { divisor: '1000000000', rounding: 'up' },
      quantityConverted: '3',
    });
  });

  it('rounds a begun unit up however little of it was used, also where the quotient has no finite form', () => {
    const thirds: ScalarModel = {
      model: 'per_unit',
      unitAmount: '1',
      conversion: { divisor: '3', rounding: 'up' },
    };
    expect(amounts(thirds, ['299999999999999997', '299999999999999997.000000000001'])).toEqual([
      '99999999999999999',
      '100000000000000000',
    ]);
  });

  it('costs nothing below zero, whichever way it rounds', () => {
    for (const rounding of ['none', 'up', 'down', 'half_up'] as const) {
      expect(amounts(gigabytes(rounding), ['-3500000000'])).toEqual(['0']);
    }
  });
});

describe('matrix', () => {
  const model: MatrixModel = {
    model: 'matrix',
    meter: 'compute',
    dimensions: ['region', 'size'],
    cells: [
      { values: { region: 'eu', size: 'l' }, unitAmount: '0.4' },
      { values: { region: 'eu', size: 's' }, unitAmount: '0.1' },
    ],
    otherUnitAmount: '0.5',
  };
  const group = (region: string, size: string, quantity: string) => ({ values: { region, size }, quantity });

  it('rates each quantity by its cell, and all that no cell names together', () => {
    const groups = [group('us', 'l', '2'), group('eu', 's', '30'), group('ap', 's', '1'), group('eu', 'l', '5')];
    expect(seen(compileMatrix(model)(groups))).toEqual({
      amount: '6.5',
      quantity: '38',
      cells: [
        { values: { region: 'eu', size: 'l' }, quantityRaw: '5', quantity: '5', unitAmount: '0.4', amount: '2' },
        { values: { region: 'eu', size: 's' }, quantityRaw: '30', quantity: '30', unitAmount: '0.1', amount: '3' },
        { values: null, quantityRaw: '3', quantity: '3', unitAmount: '0.5', amount: '1.5' },
      ],
    });
  });

  it('adds a cell up before it converts and before it floors at zero', () => {
    const hours = { ...model, conversion: { divisor: '3600', rounding: 'up' } } as const;
    const split = [group('eu', 'l', '1800'), group('eu', 'l', '1800'), group('eu', 's', '-7200')];
    const rating = compileMatrix(hours)(split);
    expect([rating.amount.toString(), rating.quantity.toString()]).toEqual(['0.4', '1']);
    expect(rating.cells!.map((cell) => cell.quantityRaw.toString())).toEqual(['3600', '-7200']);
  });

  it('takes usage without a dimension as its empty text', () => {
    const bare: MatrixModel = {
      ...model,
      dimensions: ['region'],
      cells: [{ values: { region: '' }, unitAmount: '7' }],
    };
    expect(compileMatrix(bare)([{ values: {}, quantity: '1' }]).amount.toString()).toBe('7');
  });

  it('costs nothing without usage', () => {
    expect(seen(compileMatrix(model)([]))).toEqual({ amount: '0', quantity: '0', cells: [] });
  });

  it('rates readings that were added up as it rates them whole', () => {
    const rateReading = compileMeteredModel(model);
    const parts = [[group('eu', 'l', '5')], [], [group('eu', 'l', '-2'), group('us', 's', '1')]];
    const whole = parts.map(toReading).reduce(addReadings, emptyReading);
    expect(whole.total.toString()).toBe('4');
    expect(rateReading(whole).amount.toString()).toBe('1.7');
  });

  it('refuses a matrix whose cells repeat', () => {
    const cell = model.cells[0]!;
    expect(() => compileMatrix({ ...model, cells: [cell, cell] })).toThrow('/cells/1/values: repeats');
  });
});
