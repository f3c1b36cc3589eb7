import { describe, expect, it } from 'vitest';
import { checkPriceModel } from './check-price-model.ts';
import type { PriceModel, PriceTier } from './prices.ts';

function graduated(...tiers: PriceTier[]): PriceModel {
  return { model: 'graduated', tiers };
}

describe('checkPriceModel', () => {
  it('finds nothing wrong with ascending tiers that end open', () => {
    const model = graduated(
      { upTo: '0.000000000001', unitAmount: '0' },
      { upTo: '9.5', unitAmount: '2', flatAmount: '1' },
      { upTo: '10', unitAmount: '1' },
      { upTo: null, unitAmount: '0.5' },
    );
    expect(checkPriceModel(model)).toEqual([]);
  });

  it('reports every tier that does not ascend, each at its own pointer', () => {
    const model = graduated(
      { upTo: '0', unitAmount: '1' },
      { upTo: '10.50', unitAmount: '1' },
      { upTo: '10.5', unitAmount: '1' },
      { upTo: null, unitAmount: '1' },
    );
    expect(checkPriceModel(model).map((fault) => fault.path)).toEqual(['/tiers/0/upTo', '/tiers/2/upTo']);
  });

  it('compares quantities that differ only beyond the precision of a binary float', () => {
    const model = graduated(
      { upTo: '900000000000000000.000000000002', unitAmount: '1' },
      { upTo: '900000000000000000.000000000001', unitAmount: '1' },
      { upTo: null, unitAmount: '1' },
    );
    expect(checkPriceModel(model)).toEqual([
      {
        path: '/tiers/1/upTo',
        message: 'must be greater than 900000000000000000.000000000002, where the tier begins',
      },
    ]);
  });

  it('wants the last tier open-ended and no other', () => {
    expect(checkPriceModel(graduated({ upTo: '5', unitAmount: '1' }))).toEqual([
      { path: '/tiers/0/upTo', message: 'must be null: the last tier is open-ended' },
    ]);
    expect(checkPriceModel(graduated({ upTo: null, unitAmount: '1' }, { upTo: null, unitAmount: '1' }))).toEqual([
      { path: '/tiers/0/upTo', message: 'must be a quantity: only the last tier is open-ended' },
    ]);
  });

  it('refuses negative amounts in every model, below the pointer it was given', () => {
    const models: PriceModel[] = [
      { model: 'flat', amount: '-1', timing: 'advance' },
      { model: 'per_unit', unitAmount: '-0.000000000001' },
      { model: 'volume', tiers: [{ upTo: null, unitAmount: '-1', flatAmount: '-0.5' }] },
      { model: 'package', packageSize: '1', packageAmount: '-1', freeUnits: '-1' },
    ];
    expect(models.flatMap((model) => checkPriceModel(model, '/prices/0/model')).map((fault) => fault.path)).toEqual([
      '/prices/0/model/amount',
      '/prices/0/model/unitAmount',
      '/prices/0/model/tiers/0/unitAmount',
      '/prices/0/model/tiers/0/flatAmount',
      '/prices/0/model/packageAmount',
      '/prices/0/model/freeUnits',
    ]);
  });

  it('wants a package size above zero', () => {
    expect(checkPriceModel({ model: 'package', packageSize: '0.000', packageAmount: '1' })).toEqual([
      { path: '/packageSize', message: 'must be greater than zero' },
    ]);
  });
});
