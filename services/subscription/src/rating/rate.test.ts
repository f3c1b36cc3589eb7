import { describe, expect, it } from 'vitest';
import { compilePriceModel, rate, rateRemainder } from './rate.ts';
import type { ScalarModel } from './rating.ts';

const tiers = [
  { upTo: '100', unitAmount: '0' },
  { upTo: '1000', unitAmount: '0.05', flatAmount: '10' },
  { upTo: null, unitAmount: '0.0125', flatAmount: '20' },
];

function amountOf(model: ScalarModel, quantity: string): string {
  return rate(model, quantity).amount.toString();
}

describe('rate', () => {
  it('charges a flat price whatever the quantity', () => {
    const model: ScalarModel = { model: 'flat', amount: '49.90', timing: 'advance' };
    expect(['0', '7', '-1'].map((quantity) => amountOf(model, quantity))).toEqual(['49.9', '49.9', '49.9']);
  });

  it('multiplies units without rounding', () => {
    const model: ScalarModel = { model: 'per_unit', unitAmount: '0.000000000001' };
    expect(amountOf(model, '123456789012345678.000000000001')).toBe('123456.789012345678000000000001');
  });

  it('charges each graduated tier for its own part and shows the tiers entered', () => {
    const rating = rate({ model: 'graduated', tiers }, '1200.5');
    expect(JSON.parse(JSON.stringify(rating))).toEqual({
      amount: '77.50625',
      quantity: '1200.5',
      tiers: [
        { from: '0', upTo: '100', quantity: '100', unitAmount: '0', flatAmount: '0', amount: '0' },
        { from: '100', upTo: '1000', quantity: '900', unitAmount: '0.05', flatAmount: '10', amount: '55' },
        { from: '1000', upTo: null, quantity: '200.5', unitAmount: '0.0125', flatAmount: '20', amount: '22.50625' },
      ],
    });
  });

  it("charges a tier's flat amount once the quantity passes into it, not on the bound before it", () => {
    const model: ScalarModel = { model: 'graduated', tiers };
    expect(amountOf(model, '100')).toBe('0');
    expect(amountOf(model, '100.000000000001')).toBe('10.00000000000005');
    expect(amountOf(model, '1000')).toBe('55');
  });

  it('charges no flat amount for no usage', () => {
    const first = [{ upTo: null, unitAmount: '1', flatAmount: '5' }];
    for (const kind of ['graduated', 'volume'] as const) {
      expect(JSON.stringify(rate({ model: kind, tiers: first }, '0'))).toBe('{"amount":"0","quantity":"0","tiers":[]}');
    }
  });

  it('prices the whole quantity by the volume tier it reaches, so a bill may fall as usage rises', () => {
    const model: ScalarModel = {
      model: 'volume',
      tiers: [
        { upTo: '10', unitAmount: '2' },
        { upTo: null, unitAmount: '1', flatAmount: '3' },
      ],
    };
    expect(amountOf(model, '10')).toBe('20');
    expect(amountOf(model, '11')).toBe('14');
    expect(rate(model, '11').tiers).toHaveLength(1);
  });

  it('rounds packages up after the free units, or down where the price says so', () => {
    const model = { model: 'package', packageSize: '1000', packageAmount: '2.5', freeUnits: '500' } as const;
    const quantities = ['0', '500', '500.000000000001', '1500', '1501', '2500'];
    expect(quantities.map((quantity) => amountOf(model, quantity))).toEqual(['0', '0', '2.5', '2.5', '5', '5']);
    expect(quantities.map((quantity) => amountOf({ ...model, rounding: 'down' }, quantity))).toEqual([
      '0',
      '0',
      '0',
      '2.5',
      '2.5',
      '5',
    ]);
    expect(rate(model, '1501').packages?.toString()).toBe('2');
  });

  it('counts packages exactly where the quotient has no finite form', () => {
    const model: ScalarModel = { model: 'package', packageSize: '0.3', packageAmount: '1' };
    expect(amountOf(model, '99999999999999999.9')).toBe('333333333333333333');
    expect(amountOf(model, '99999999999999999.900000000001')).toBe('333333333333333334');
  });

  it('floors a negative quantity at zero in money', () => {
    const models: ScalarModel[] = [
      { model: 'per_unit', unitAmount: '1' },
      { model: 'graduated', tiers },
      { model: 'volume', tiers },
      { model: 'package', packageSize: '1', packageAmount: '1' },
    ];
    for (const model of models) expect(amountOf(model, '-5')).toBe('0');
  });

  it('refuses to prepare a model whose tiers do not end open', () => {
    const model: ScalarModel = { model: 'volume', tiers: [{ upTo: '5', unitAmount: '1' }] };
    expect(() => compilePriceModel(model)).toThrow('/tiers/0/upTo: must be null');
  });
});

describe('rateRemainder', () => {
  it('bills what a late event adds, and gives back what a correction takes away', () => {
    const rateQuantity = compilePriceModel({ model: 'per_unit', unitAmount: '0.333' });
    expect(rateRemainder(rateQuantity('10'), 'EUR', 0n)).toBe(333n);
    expect(rateRemainder(rateQuantity('11'), 'EUR', 333n)).toBe(33n);
    expect(rateRemainder(rateQuantity('9'), 'EUR', 366n)).toBe(-66n);
    expect(rateRemainder(rateQuantity('9'), 'EUR', 300n)).toBe(0n);
  });
});
