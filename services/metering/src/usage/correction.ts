import type { BuildingSeries, EventPosition } from './re-aggregation.store.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';
import { findFault } from './series.ts';
import { compactUuid, type UsageEvent } from './usage-event.ts';
import type { CountedEvent, Sums, WindowChange } from './usage-windows.ts';

/** An event as it is stored, for those who ask what was counted. */
export interface EventRecord {
  readonly hash: string;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly accountId: string;
  readonly time: Date;
  readonly receivedAt: Date;
  readonly data: UsageEvent['data'];
  readonly retracted: boolean;
  readonly corrections: readonly Correction[];
}

/** A correction of an event. */
export interface Correction {
  readonly kind: 'retracted' | 'replaced';
  readonly reason: string;
  readonly previousData: unknown;
  readonly correctedBy: string | null;
  readonly correctedAt: Date;
}

/** What tells whether a series has counted a stored event. */
export interface Countable extends Pick<CountedEvent, 'event' | 'accountId'> {
  /** The tenant's generation in which the event was written. */
  readonly generation: number;
  /** Ids of the meters that counted events of the generation. */
  readonly meterIds: readonly string[];
}

/** Whether a series has counted the event: as it came, or by the re-aggregation. */
export function hasCounted(series: BuildingSeries, one: Countable): boolean {
  if (!one.meterIds.includes(series.meterId) || findFault(series, one.event) !== undefined) return false;
  if (one.generation >= series.generation) return true;
  // A meter's first revision is never made of stored events.
  if (series.number === 1) return false;
  return series.status === 'active' || !isAfter(one, series.position);
}

function isAfter({ accountId, event }: Countable, position: EventPosition | null): boolean {
  if (position === null) return true;
  const keys = [
    [compactUuid(accountId), compactUuid(position.accountId)],
    [event.time, position.time],
    [event.hash, compactUuid(position.hash)],
  ] as const;
  for (const [own, other] of keys) if (own !== other) return own > other;
  return false;
}

/** The event with the series that have counted it, as the sums are made of. */
export function matchCounted(series: readonly BuildingSeries[], one: Countable): CountedEvent {
  const counting = series.filter((candidate) => hasCounted(candidate, one));
  return { event: one.event, accountId: one.accountId, series: counting };
}

/** What changes when one event's sums are taken away and another's are added. Extremes and last values are made anew. */
export function replaceSums(before: Sums, after: Sums | undefined): Sums {
  const changes = new Map<string, WindowChange>();
  for (const window of before.windows)
    changes.set(keyOf(window), {
      ...window,
      events: -window.events,
      quantity: negate(window.quantity),
      maximum: null,
      lastValue: null,
      lastTime: null,
    });
  for (const window of after?.windows ?? []) {
    const taken = changes.get(keyOf(window));
    changes.set(keyOf(window), {
      ...window,
      events: window.events + (taken?.events ?? 0),
      quantity: add(window.quantity, taken?.quantity ?? '0'),
    });
  }
  return {
    windows: [...changes].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, change]) => change),
    uniques: [],
    samples: after?.samples ?? [],
    groups: after?.groups ?? [],
    touched: [...before.touched, ...(after?.touched ?? [])],
  };
}

/** Sorted by it, windows are locked in the order of all writers; an event lies in one window. */
function keyOf({ accountId, seriesId }: WindowChange): string {
  return `${accountId}${seriesId}`;
}

function negate(quantity: string): string {
  return formatQuantity(-(parseQuantity(quantity) ?? 0n));
}

function add(left: string, right: string): string {
  return formatQuantity((parseQuantity(left) ?? 0n) + (parseQuantity(right) ?? 0n));
}
