import type { UnitConversion } from '@plinth/contracts';
import { Decimal } from 'decimal.js';
import { exact } from '../money/exact-decimal.ts';

const roundings = {
  up: Decimal.ROUND_CEIL,
  down: Decimal.ROUND_FLOOR,
  half_up: Decimal.ROUND_HALF_UP,
} as const;

/**
 * Prepares how a metered quantity becomes the one that is rated: divided, then rounded once (rule 20 keeps both). It
 * takes the cumulative quantity, so however usage is split the rounding happens once a period. Without rounding, a
 * quotient that has no finite form is kept to a hundred digits, beyond what `roundMoney` looks at.
 */
export function compileConversion(conversion: UnitConversion): (quantity: Decimal) => Decimal {
  const divisor = exact(conversion.divisor);
  const { rounding, digits = 0 } = conversion;
  if (rounding === 'none') return (quantity) => quantity.dividedBy(divisor);
  const mode = roundings[rounding];
  return (quantity) => quantity.dividedBy(divisor).toDecimalPlaces(digits, mode);
}
