import type { Aggregation, Series } from '../meter/meter.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';
import { groupOf, isCountedBy, type Group } from './series.ts';
import { hashValue, type UsageEvent } from './usage-event.ts';

/** Length of a window: every local midnight of today's time zones is on the edge of one. */
export const WINDOW_MS = 15 * 60_000;

/** What is counted of an event, with the account and the series that it counts for. */
export interface CountedEvent {
  readonly event: Pick<UsageEvent, 'hash' | 'time' | 'data'>;
  readonly accountId: string;
  readonly series: readonly Series[];
}

/** An event whose account is known, with the series of its type. */
export interface MatchedEvent extends CountedEvent {
  readonly event: UsageEvent;
}

/** What a set of events adds to one window. Quantities are decimals as text. */
export interface WindowChange {
  readonly accountId: string;
  readonly seriesId: string;
  /** The meter that answers by the series; null for groups, and for what does not answer yet. */
  readonly meterId: string | null;
  /** Milliseconds since 1970, as all times here. */
  readonly windowStart: number;
  readonly events: number;
  readonly quantity: string;
  readonly maximum: string | null;
  readonly lastValue: string | null;
  readonly lastTime: number | null;
}

/** A value that is kept as it is. */
export interface Sample {
  readonly accountId: string;
  readonly seriesId: string;
  readonly time: number;
  readonly eventHash: string;
  readonly value: string;
}

/** A value of a unique-count meter. */
export interface UniqueValue {
  readonly accountId: string;
  readonly seriesId: string;
  readonly windowStart: number;
  readonly valueHash: string;
}

interface Sum {
  readonly accountId: string;
  readonly seriesId: string;
  readonly meterId: string | null;
  readonly windowStart: number;
  events: number;
  quantity: bigint;
  maximum: bigint | undefined;
  lastValue: bigint | undefined;
  lastTime: number;
}

/** What events add to the roll-ups. */
export interface Sums {
  readonly windows: readonly WindowChange[];
  readonly uniques: readonly UniqueValue[];
  readonly samples: readonly Sample[];
  readonly groups: readonly Group[];
  /** Whose usage of a meter with quotas has changed. */
  readonly touched: readonly { readonly accountId: string; readonly meterId: string }[];
}

/** Adds events up by account, series and window; sorted, so that two writers lock windows in one order. */
export function sumWindows(events: readonly CountedEvent[]): Sums {
  // Map in map: keys are texts that exist already, and no key is put together for each event.
  const byWindow = new Map<number, Map<string, Map<string, Sum>>>();
  const sums: Sum[] = [];
  const uniques = new Map<string, UniqueValue>();
  const groups = new Map<string, Group>();
  const samples: Sample[] = [];
  const touched: { accountId: string; meterId: string }[] = [];
  for (const { event, accountId, series } of events) {
    const windowStart = Math.floor(event.time / WINDOW_MS) * WINDOW_MS;
    const bySeries = getOrAdd(byWindow, windowStart, () => new Map<string, Map<string, Sum>>());
    const add = (one: Series, seriesId: string): void => {
      const byAccount = getOrAdd(bySeries, seriesId, () => new Map<string, Sum>());
      const sum = getOrAdd(byAccount, accountId, () => {
        const isAnswer = seriesId === one.id && one.status === 'active';
        const added = startSum({ accountId, seriesId, meterId: isAnswer ? one.meterId : null, windowStart });
        sums.push(added);
        if (isAnswer && one.hasQuotas) touched.push({ accountId, meterId: one.meterId });
        return added;
      });
      sum.events += 1;
      if (one.valueProperty === null) return;
      const value = event.data[one.valueProperty];
      if (one.aggregation === 'unique_count') {
        const valueHash = hashValue(String(value));
        uniques.set(`${accountId}${seriesId}${windowStart}${valueHash}`, {
          accountId,
          seriesId,
          windowStart,
          valueHash,
        });
      } else addValue(sum, one.aggregation, parseQuantity(value) ?? 0n, event.time);
    };
    for (const one of series) {
      if (!isCountedBy(one, event.data)) continue;
      add(one, one.id);
      const group = one.dimensions.length === 0 ? undefined : groupOf(one, accountId, event.data);
      if (group !== undefined) {
        groups.set(`${accountId}${group.seriesId}`, group);
        add(one, group.seriesId);
      }
      if (isSampled(one)) samples.push(toSample(one, group?.seriesId ?? one.id, accountId, event));
    }
  }
  return {
    windows: sums.sort(compareWindows).map(toChange),
    uniques: sortByKey(uniques),
    samples: samples.sort(compareSamples),
    groups: sortByKey(groups),
    touched,
  };
}

/** Whether the values themselves are kept: what such a series gives cannot be added up. */
export function isSampled({ aggregation }: Pick<Series, 'aggregation'>): boolean {
  return aggregation === 'percentile' || aggregation === 'weighted_sum';
}

function toSample(series: Series, seriesId: string, accountId: string, event: CountedEvent['event']): Sample {
  const value = parseQuantity(event.data[series.valueProperty as string]) ?? 0n;
  return { accountId, seriesId, time: event.time, eventHash: event.hash, value: formatQuantity(value) };
}

function sortByKey<Value>(values: ReadonlyMap<string, Value>): Value[] {
  return [...values].sort(([left], [right]) => compare(left, right)).map(([, value]) => value);
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function compare<Value extends string | number>(left: Value, right: Value): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareWindows(left: Sum, right: Sum): number {
  return (
    compare(left.accountId, right.accountId) ||
    compare(left.seriesId, right.seriesId) ||
    compare(left.windowStart, right.windowStart)
  );
}

function startSum(key: Pick<Sum, 'accountId' | 'seriesId' | 'meterId' | 'windowStart'>): Sum {
  return { ...key, events: 0, quantity: 0n, maximum: undefined, lastValue: undefined, lastTime: -Infinity };
}

function compareSamples(left: Sample, right: Sample): number {
  return (
    compare(left.accountId, right.accountId) ||
    compare(left.seriesId, right.seriesId) ||
    left.time - right.time ||
    compare(left.eventHash, right.eventHash)
  );
}

/** Of values at the very same time the greatest is the last one, whatever order they come in. */
function addValue(sum: Sum, aggregation: Aggregation, value: bigint, time: number): void {
  if (aggregation === 'sum') sum.quantity += value;
  else if (aggregation === 'max') sum.maximum = greatest(sum.maximum, value);
  else if (aggregation === 'min') sum.maximum = greatest(sum.maximum, -value);
  else if (aggregation === 'last' && time >= sum.lastTime) {
    sum.lastValue = time === sum.lastTime ? greatest(sum.lastValue, value) : value;
    sum.lastTime = time;
  }
}

function greatest(left: bigint | undefined, right: bigint): bigint {
  return left === undefined || right > left ? right : left;
}

function toChange(sum: Sum): WindowChange {
  const text = (value: bigint | undefined): string | null => (value === undefined ? null : formatQuantity(value));
  return {
    accountId: sum.accountId,
    seriesId: sum.seriesId,
    meterId: sum.meterId,
    windowStart: sum.windowStart,
    events: sum.events,
    quantity: formatQuantity(sum.quantity),
    maximum: text(sum.maximum),
    lastValue: text(sum.lastValue),
    lastTime: sum.lastValue === undefined ? null : sum.lastTime,
  };
}
