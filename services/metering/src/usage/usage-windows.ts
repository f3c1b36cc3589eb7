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
  readonly windowStart: Date;
  readonly events: number;
  readonly quantity: string;
  readonly maximum: string | null;
  readonly lastValue: string | null;
  readonly lastTime: Date | null;
}

/** A value of a unique-count meter. */
export interface UniqueValue {
  readonly accountId: string;
  readonly meterId: string;
  readonly windowStart: Date;
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
  const sums = new Map<string, Sum>();
  const uniques = new Map<string, UniqueValue>();
  for (const { event, accountId, meters } of events) {
    const windowStart = Math.floor(event.time / WINDOW_MS) * WINDOW_MS;
    for (const meter of meters) {
      const key = `${accountId}${meter.id}${windowStart}`;
      let sum = sums.get(key);
      if (sum === undefined) {
        sum = {
          accountId,
          meterId: meter.id,
          windowStart,
          events: 0,
          quantity: 0n,
          maximum: undefined,
          lastValue: undefined,
          lastTime: -Infinity,
        };
        sums.set(key, sum);
      }
      sum.events += 1;
      if (meter.valueProperty === null) continue;
      const value = event.data[meter.valueProperty];
      if (meter.aggregation === 'unique_count') {
        const valueHash = hashValue(String(value));
        uniques.set(key + valueHash, { accountId, meterId: meter.id, windowStart: new Date(windowStart), valueHash });
      } else addValue(sum, parseQuantity(value) ?? 0n, event.time);
    }
  }
  const byKey = <Item>(map: Map<string, Item>): Item[] =>
    [...map].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, item]) => item);
  return { windows: byKey(sums).map(toChange), uniques: byKey(uniques) };
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
    windowStart: new Date(sum.windowStart),
    events: sum.events,
    quantity: formatQuantity(sum.quantity),
    maximum: text(sum.maximum),
    lastValue: text(sum.lastValue),
    lastTime: sum.lastValue === undefined ? null : new Date(sum.lastTime),
  };
}
