import { checkPriceModel } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import { compileConversion } from './convert-quantity.ts';
import type { GroupedQuantity, MatrixModel, RatedCell, RateGroups } from './rating.ts';

/**
 * Prepares a matrix once, for many subscriptions: each quantity is rated by the cell with its dimensions' values, and
 * all that no cell names together by the other unit amount. A cell's quantities are added before they are converted,
 * and a cell below zero costs nothing (rule 14); a value that usage lacks is the empty text.
 */
export function compileMatrix(model: MatrixModel): RateGroups {
  const [fault] = checkPriceModel(model);
  if (fault) throw new RangeError(`price model matrix, ${fault.path}: ${fault.message}`);
  const convert = model.conversion === undefined ? undefined : compileConversion(model.conversion);
  const cells: { values: RatedCell['values']; unitAmount: string; price: Decimal }[] = model.cells.map((cell) => ({
    values: cell.values,
    unitAmount: cell.unitAmount,
    price: exact(cell.unitAmount),
  }));
  const other =
    cells.push({ values: null, unitAmount: model.otherUnitAmount, price: exact(model.otherUnitAmount) }) - 1;
  const keyOf = (values: Readonly<Record<string, string>>): string =>
    JSON.stringify(model.dimensions.map((dimension) => values[dimension] ?? ''));
  const positions = new Map(model.cells.map(({ values }, position) => [keyOf(values), position]));
  const find = ({ values }: GroupedQuantity): number => positions.get(keyOf(values)) ?? other;

  return (groups) => {
    const rated = sumByCell(groups, find).map(([position, quantityRaw]): RatedCell => {
      const { values, unitAmount, price } = cells[position]!;
      const converted = convert?.(quantityRaw) ?? quantityRaw;
      const quantity = converted.isNegative() ? zero : converted;
      return { values, quantityRaw, quantity, unitAmount, amount: quantity.times(price) };
    });
    return {
      amount: rated.reduce((sum, { amount }) => sum.plus(amount), zero),
      quantity: rated.reduce((sum, { quantity }) => sum.plus(quantity), zero),
      cells: rated,
    };
  };
}

/** The quantity of each cell that has one, in the order of the cells. */
function sumByCell(
  groups: readonly GroupedQuantity[],
  find: (group: GroupedQuantity) => number,
): [position: number, quantity: Decimal][] {
  const sums = new Map<number, Decimal>();
  for (const group of groups) {
    const position = find(group);
    sums.set(position, (sums.get(position) ?? zero).plus(exact(group.quantity)));
  }
  return [...sums].filter(([, quantity]) => !quantity.isZero()).sort(([left], [right]) => left - right);
}
