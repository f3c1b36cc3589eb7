import type { PriceModel } from '@plinth/contracts';
import type { Rating } from './rating.ts';

/**
 * What an invoice line shows of a rating, so that a reader can recompute its amount (rule 20): the model with its
 * terms, the conversion, and the tiers, cells or packages that were charged.
 */
export function ratingDetail(model: PriceModel, rating: Rating): Record<string, unknown> {
  const { tiers, cells, packages, chargeable, bound } = rating;
  return {
    model: model.model,
    ...termsOf(model),
    ...('conversion' in model && model.conversion !== undefined
      ? { conversion: model.conversion, quantityConverted: rating.quantity }
      : {}),
    ...(tiers === undefined ? {} : { tiers }),
    ...(cells === undefined ? {} : { cells }),
    ...(packages === undefined ? {} : { packages }),
    ...(chargeable === undefined ? {} : { chargeable }),
    ...(bound === undefined ? {} : { bound }),
  };
}

/** The terms of a price that its tiers and cells do not show themselves. */
function termsOf(model: PriceModel): Record<string, unknown> {
  switch (model.model) {
    case 'per_unit':
      return { unitAmount: model.unitAmount };
    case 'package':
      return {
        packageSize: model.packageSize,
        packageAmount: model.packageAmount,
        freeUnits: model.freeUnits ?? '0',
        rounding: model.rounding ?? 'up',
      };
    case 'percentage':
      return {
        rate: model.rate,
        freeUnits: model.freeUnits ?? '0',
        ...(model.minimumAmount === undefined ? {} : { minimumAmount: model.minimumAmount }),
        ...(model.maximumAmount === undefined ? {} : { maximumAmount: model.maximumAmount }),
      };
    case 'matrix':
      return { dimensions: model.dimensions, otherUnitAmount: model.otherUnitAmount };
    case 'bulk_commitment':
      return {
        committedQuantity: model.quantity,
        committedAmount: model.amount,
        overageUnitAmount: model.overageUnitAmount,
      };
    case 'graduated':
    case 'volume':
      return model.flatAtZero === true ? { flatAtZero: true } : {};
    case 'flat':
    case 'graduated_percentage':
      return {};
  }
}
