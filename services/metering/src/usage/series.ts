import type { MeterFilter, Series } from '../meter/meter.ts';
import { parseQuantity } from './quantity.ts';
import { hashValue, type UsageEvent } from './usage-event.ts';

const LONGEST_GROUP_VALUE = 255;

/** A series of usage with the same values of a revision's dimensions. */
export interface Group {
  readonly accountId: string;
  readonly revisionId: string;
  readonly seriesId: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Whether an event of the series' type is counted by it: whether all filters hold. */
export function isCountedBy({ filters }: Pick<Series, 'filters'>, data: UsageEvent['data']): boolean {
  return filters.every((filter) => holds(filter, data));
}

function holds({ property, operator, values }: MeterFilter, data: UsageEvent['data']): boolean {
  const text = textOf(data[property]);
  const isIn = text !== undefined && values.includes(text);
  return operator === 'not_equals' ? !isIn : isIn;
}

/** Why an event cannot be counted by a series that would count it; undefined when it can. */
export function findFault(series: Series, { data }: Pick<UsageEvent, 'data'>): string | undefined {
  if (!isCountedBy(series, data)) return undefined;
  return findValueFault(series, data) ?? findDimensionFault(series, data);
}

function findValueFault({ aggregation, valueProperty }: Series, data: UsageEvent['data']): string | undefined {
  if (valueProperty === null) return undefined;
  const value = data[valueProperty];
  if (aggregation === 'unique_count')
    return textOf(value) === undefined ? `data.${valueProperty} must be a text, a number or a boolean` : undefined;
  return parseQuantity(value) === undefined
    ? `data.${valueProperty} must be a decimal with at most 18 integer and 12 fraction digits`
    : undefined;
}

function findDimensionFault({ dimensions }: Series, data: UsageEvent['data']): string | undefined {
  for (const dimension of dimensions) {
    const value = data[dimension];
    if (value === undefined || value === null) continue;
    const text = textOf(value);
    if (text === undefined || text.length > LONGEST_GROUP_VALUE)
      return `data.${dimension} must be a text of at most ${LONGEST_GROUP_VALUE} characters, a number or a boolean, because a meter groups by it`;
  }
  return undefined;
}

/** The group of a series with dimensions to which an event belongs. The id is the same in every account. */
export function groupOf(series: Series, accountId: string, data: UsageEvent['data']): Group {
  const values: Record<string, string> = {};
  for (const dimension of series.dimensions) values[dimension] = textOf(data[dimension]) ?? '';
  const seriesId = hashValue(`${series.id}\u0000${JSON.stringify(Object.values(values))}`);
  return { accountId, revisionId: series.id, seriesId, values };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
