import type { InputFault } from './errors.ts';
import type { Price } from './prices.ts';

/** The dimensions by which meters group, by the keys of the meters. */
export type MeterDimensions = ReadonlyMap<string, readonly string[]>;

/** The keys of the meters that prices name, each once. */
export function metersOf(prices: readonly Pick<Price, 'model'>[]): string[] {
  return [...new Set(prices.flatMap(({ model }) => (model.model === 'flat' ? [] : (model.meter ?? []))))];
}

/**
 * Finds prices that cannot be billed by the meters there are: of a meter that does not exist, or a matrix by dimensions
 * by which its meter does not group. A meter may group by more than a matrix asks for: its quantity is added up over the
 * rest. Prices in further currencies name what the main one names. `at` is the JSON Pointer of the list.
 */
export function checkPriceMeters(
  prices: readonly Pick<Price, 'model'>[],
  meters: MeterDimensions,
  at = '/prices',
): InputFault[] {
  return prices.flatMap(({ model }, index) => {
    if (model.model === 'flat' || model.meter === undefined) return [];
    const { meter } = model;
    const path = `${at}/${index}/model`;
    const known = meters.get(meter);
    if (known === undefined)
      return [{ path: `${path}/meter`, message: `"${meter}" is not the key of a meter: create it first` }];
    if (model.model !== 'matrix') return [];
    return model.dimensions.flatMap((name, position) =>
      known.includes(name)
        ? []
        : [{ path: `${path}/dimensions/${position}`, message: dimensionFault(name, meter, known) }],
    );
  });
}

function dimensionFault(name: string, meter: string, known: readonly string[]): string {
  const has = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  return `"${name}" is no dimension of the meter ${meter}: ${has}`;
}
