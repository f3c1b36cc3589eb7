/** A meter as tests define it. */
export interface ReferenceMeter {
  readonly key: string;
  readonly aggregation: string;
  readonly valueProperty?: string;
  readonly percentile?: string;
  readonly filters?: readonly { property: string; operator: string; values: readonly string[] }[];
  readonly dimensions?: readonly string[];
}

/** An event as tests know it: values are multiples of a quarter, which floating point holds exactly. */
export interface ReferenceEvent {
  readonly id: string;
  readonly time: number;
  readonly data: Readonly<Record<string, string | number>>;
}

/** What is asked: [from, to) in milliseconds, and until when values are held. */
export interface ReferenceRange {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** Usage computed from the events alone, in the plainest way: what everything that is kept must agree with. */
export function referenceQuantity(
  meter: ReferenceMeter,
  events: readonly ReferenceEvent[],
  range: ReferenceRange,
): string {
  const counted = events.filter((event) => (meter.filters ?? []).every((filter) => holds(filter, event)));
  if (meter.aggregation === 'weighted_sum') return weightedSum(meter, counted, range);
  const inRange = counted.filter(({ time }) => time >= range.from && time < range.to);
  const property = meter.valueProperty ?? '';
  const values = inRange.map(({ data }) => Number(data[property])).sort((left, right) => left - right);
  if (inRange.length === 0) return '0';
  switch (meter.aggregation) {
    case 'count':
      return String(inRange.length);
    case 'sum':
      return String(values.reduce((sum, value) => sum + value, 0));
    case 'max':
      return String(values.at(-1));
    case 'min':
      return String(values[0]);
    case 'last':
      return String(Number(inRange.sort(byTimeAndValue(property)).at(-1)?.data[property]));
    case 'unique_count':
      return String(new Set(inRange.map(({ data }) => String(data[property]))).size);
    case 'percentile': {
      // Whole percents: their product with a count is exact.
      const rank = Math.max(1, Math.floor((Number(meter.percentile) * values.length + 99) / 100));
      return String(values[rank - 1]);
    }
    default:
      throw new Error(meter.aggregation);
  }
}

/** Usage by the values of dimensions, by the JSON of the values. */
export function referenceGroups(
  meter: ReferenceMeter,
  events: readonly ReferenceEvent[],
  range: ReferenceRange,
  groupBy: readonly string[],
): Record<string, string> {
  const known = events.filter((event) => (meter.filters ?? []).every((filter) => holds(filter, event)));
  const groups = Map.groupBy(known, ({ data }) => groupKey(groupBy, data));
  const quantities = [...groups].map(
    ([key, members]) => [key, referenceQuantity(meter, members, range), members] as const,
  );
  const hasUsage = (members: readonly ReferenceEvent[], quantity: string): boolean =>
    meter.aggregation === 'weighted_sum'
      ? quantity !== '0'
      : members.some(({ time }) => time >= range.from && time < range.to);
  return Object.fromEntries(
    quantities.filter(([, quantity, members]) => hasUsage(members, quantity)).map(([key, quantity]) => [key, quantity]),
  );
}

export function groupKey(groupBy: readonly string[], data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(groupBy.map((name) => String(data[name] ?? '')));
}

function holds(
  filter: { property: string; operator: string; values: readonly string[] },
  { data }: ReferenceEvent,
): boolean {
  const value = data[filter.property];
  const isIn = value !== undefined && filter.values.includes(String(value));
  return filter.operator === 'not_equals' ? !isIn : isIn;
}

function byTimeAndValue(property: string) {
  return (left: ReferenceEvent, right: ReferenceEvent): number =>
    left.time - right.time || Number(left.data[property]) - Number(right.data[property]);
}

/** Each combination of dimension values is a gauge: its quarters times milliseconds, as integers. */
function weightedSum(
  meter: ReferenceMeter,
  events: readonly ReferenceEvent[],
  { from, to, now }: ReferenceRange,
): string {
  const property = meter.valueProperty ?? '';
  const end = Math.min(to, now);
  let total = 0n;
  for (const gauge of Map.groupBy(events, ({ data }) => groupKey(meter.dimensions ?? [], data)).values()) {
    const sorted = gauge.sort(byTimeAndValue(property));
    for (const [index, { time, data }] of sorted.entries()) {
      const held = Math.min(sorted[index + 1]?.time ?? end, end) - Math.max(time, from);
      if (held > 0) total += BigInt(Number(data[property]) * 4) * BigInt(held);
    }
  }
  return roundTo12(total, 4n * 3_600_000n);
}

/** A fraction as a decimal of twelve digits, half away from zero, without trailing zeros. */
function roundTo12(numerator: bigint, denominator: bigint): string {
  const isNegative = numerator < 0n;
  const scaled = ((isNegative ? -numerator : numerator) * 10n ** 12n * 2n + denominator) / (denominator * 2n);
  const digits = scaled.toString().padStart(13, '0');
  const fraction = digits.slice(-12).replace(/0+$/, '');
  const text = `${digits.slice(0, -12)}${fraction === '' ? '' : `.${fraction}`}`;
  return isNegative && scaled !== 0n ? `-${text}` : text;
}
