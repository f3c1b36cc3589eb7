import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import { splitAmount } from '../money/split-amount.ts';
import type { BilledWindow } from './usage-revenue.store.ts';

/** What a service caused of a meter's usage, by the month in which it was billed. */
export interface ServiceMonth {
  readonly month: string;
  readonly meter: string;
  /** Null: what cannot be told apart by services. Empty: usage that names none. */
  readonly service: string | null;
  /** As it is metered now; null without a service. */
  readonly quantity: string | null;
  /** Without tax, after discounts, in smallest units. */
  readonly amountMinor: bigint;
}

/** What was billed of a meter in a month, beside what is metered of the same accounts and windows now. */
export interface BilledMeterMonth {
  readonly month: string;
  readonly meter: string;
  readonly billedQuantity: string;
  /** Null where quantities do not add up. */
  readonly usedQuantity: string | null;
  readonly amountMinor: bigint;
}

export interface ServiceQuantity {
  readonly service: string;
  readonly quantity: string;
}

/** A billed window with what each service caused in it; null where that cannot be told. */
export interface SharedWindow extends BilledWindow {
  readonly services: readonly ServiceQuantity[] | null;
}

// Quantities have twelve fraction digits, so that as integers they are exact.
const scale = exact('1000000000000');

/**
 * Shares what was billed by service: the amount of each window by the quantities in it, in whole units by largest
 * remainder (rule 4), so that the parts add up to what was billed. A quantity below zero has no part, and an amount
 * without any quantity no service.
 */
export function shareByService(windows: readonly SharedWindow[]): {
  readonly services: ServiceMonth[];
  readonly meters: BilledMeterMonth[];
} {
  const groups = [...Map.groupBy(windows, ({ month, meter }) => JSON.stringify([month, meter])).values()];
  return { services: groups.flatMap(sumServices), meters: groups.map(sumMeter) };
}

interface Share {
  quantity: Decimal | null;
  amountMinor: bigint;
}

/** The rows of one meter and month, services in the order of their names. */
function sumServices(windows: readonly SharedWindow[]): ServiceMonth[] {
  const { month, meter } = windows[0]!;
  const shares = new Map<string | null, Share>();
  for (const window of windows)
    for (const { service, quantity, amountMinor } of shareWindow(window)) {
      const before = shares.get(service) ?? { quantity: quantity === null ? null : zero, amountMinor: 0n };
      shares.set(service, {
        quantity: quantity === null ? null : (before.quantity ?? zero).plus(quantity),
        amountMinor: before.amountMinor + amountMinor,
      });
    }
  return [...shares]
    .toSorted(([left], [right]) => compareNames(left, right))
    .map(([service, { quantity, amountMinor }]) => ({
      month,
      meter,
      service,
      quantity: quantity?.toFixed() ?? null,
      amountMinor,
    }));
}

function shareWindow({ services, amountMinor }: SharedWindow): Omit<ServiceMonth, 'month' | 'meter'>[] {
  const unshared = amountMinor === 0n ? [] : [{ service: null, quantity: null, amountMinor }];
  if (services === null) return unshared;
  const weights = services.map(({ quantity }) => toWeight(quantity));
  if (weights.every((weight) => weight === 0n))
    return [...services.map((one) => ({ ...one, amountMinor: 0n })), ...unshared];
  const parts = splitAmount(amountMinor, weights);
  return services.map((one, position) => ({ ...one, amountMinor: parts[position]! }));
}

function toWeight(quantity: string): bigint {
  const scaled = BigInt(exact(quantity).times(scale).toFixed(0));
  return scaled < 0n ? 0n : scaled;
}

function sumMeter(windows: readonly SharedWindow[]): BilledMeterMonth {
  const { month, meter } = windows[0]!;
  const used = windows.map(({ services }) => services);
  return {
    month,
    meter,
    billedQuantity: addUp(windows.map(({ quantity }) => quantity)),
    usedQuantity: used.includes(null) ? null : addUp(used.flatMap((all) => all!.map(({ quantity }) => quantity))),
    amountMinor: windows.reduce((sum, window) => sum + window.amountMinor, 0n),
  };
}

function addUp(quantities: readonly string[]): string {
  return quantities.reduce((sum, quantity) => sum.plus(quantity), zero).toFixed();
}

/** Names first, in their order. */
function compareNames(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  return left < right ? -1 : 1;
}
