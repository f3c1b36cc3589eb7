import type { Meter } from '../meter/meter.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';
import { hashValue, type UsageEvent } from './usage-event.ts';

/** Length of a window: every local midnight of today's time zones is on the edge of one. */
export const WINDOW_MS = 15 * 60_000;

/** An event whose account and meters are known. */
export interface MatchedEvent {
  readonly event: UsageEvent;
  readonly accountId: string;
  readonly meters: readonly Meter[];
}

/** What a set of events adds to one window. Quantities are decimals as text. */
export interface WindowChange {
  readonly accountId: string;
  readonly meterId: string;
  /** Milliseconds since 1970, as all times here. */
  readonly windowStart: number;
  readonly events: number;
  readonly quantity: string;
  readonly maximum: string | null;
  readonly lastValue: string | null;
  readonly lastTime: number | null;
}

/** A value of a unique-count meter. */
export interface UniqueValue {
  readonly accountId: string;
  readonly meterId: string;
  readonly windowStart: number;
  readonly valueHash: string;
}

interface Sum {
  readonly accountId: string;
  readonly meterId: string;
  readonly windowStart: number;
  events: number;
  quantity: bigint;
  maximum: bigint | undefined;
  lastValue: bigint | undefined;
  lastTime: number;
}

/** Why an event cannot be counted by a meter of its type; undefined when it can. */
export function findValueFault(event: UsageEvent, meters: readonly Meter[]): string | undefined {
  for (const { aggregation, valueProperty } of meters) {
    if (valueProperty === null) continue;
    const value = event.data[valueProperty];
    if (aggregation === 'unique_count') {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
        return `data.${valueProperty} must be a text, a number or a boolean`;
    } else if (parseQuantity(value) === undefined)
      return `data.${valueProperty} must be a decimal with at most 18 integer and 12 fraction digits`;
  }
  return undefined;
}

/** Adds events up by account, meter and window; sorted, so that two writers lock windows in one order. */
export function sumWindows(events: readonly MatchedEvent[]): { windows: WindowChange[]; uniques: UniqueValue[] } {
  // Map in map: keys are texts that exist already, and no key is put together for each event.
  const byWindow = new Map<number, Map<string, Map<string, Sum>>>();
  const sums: Sum[] = [];
  const uniques = new Map<string, UniqueValue>();
  for (const { event, accountId, meters } of events) {
    const windowStart = Math.floor(event.time / WINDOW_MS) * WINDOW_MS;
    const byMeter = getOrAdd(byWindow, windowStart, () => new Map<string, Map<string, Sum>>());
    for (const meter of meters) {
      const byAccount = getOrAdd(byMeter, meter.id, () => new Map<string, Sum>());
      const sum = getOrAdd(byAccount, accountId, () => {
        const added = startSum(accountId, meter.id, windowStart);
        sums.push(added);
        return added;
      });
      sum.events += 1;
      if (meter.valueProperty === null) continue;
      const value = event.data[meter.valueProperty];
      if (meter.aggregation === 'unique_count') {
        const valueHash = hashValue(String(value));
        uniques.set(`${accountId}${meter.id}${windowStart}${valueHash}`, {
          accountId,
          meterId: meter.id,
          windowStart,
          valueHash,
        });
      } else addValue(sum, parseQuantity(value) ?? 0n, event.time);
    }
  }
  return {
    windows: sums.sort(compareWindows).map(toChange),
    uniques: [...uniques].sort(([left], [right]) => compare(left, right)).map(([, value]) => value),
  };
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
    compare(left.meterId, right.meterId) ||
    compare(left.windowStart, right.windowStart)
  );
}

function startSum(accountId: string, meterId: string, windowStart: number): Sum {
  return {
    accountId,
    meterId,
    windowStart,
    events: 0,
    quantity: 0n,
    maximum: undefined,
    lastValue: undefined,
    lastTime: -Infinity,
  };
}

function addValue(sum: Sum, value: bigint, time: number): void {
  sum.quantity += value;
  if (sum.maximum === undefined || value > sum.maximum) sum.maximum = value;
  if (time >= sum.lastTime) {
    sum.lastTime = time;
    sum.lastValue = value;
  }
}

function toChange(sum: Sum): WindowChange {
  const text = (value: bigint | undefined): string | null => (value === undefined ? null : formatQuantity(value));
  return {
    accountId: sum.accountId,
    meterId: sum.meterId,
    windowStart: sum.windowStart,
    events: sum.events,
    quantity: formatQuantity(sum.quantity),
    maximum: text(sum.maximum),
    lastValue: text(sum.lastValue),
    lastTime: sum.lastValue === undefined ? null : sum.lastTime,
  };
}
