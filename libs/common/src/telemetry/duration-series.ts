/** Upper bounds in seconds; what takes longer is in a bucket of its own. */
export const durationBuckets: readonly number[] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A trace that shows what one bucket counts. */
export interface Exemplar {
  readonly labelSet: { readonly trace_id: string };
  /** Seconds. */
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** Durations of one set of labels. To record is two additions, because every request and every statement does it. */
export class DurationSeries<Label extends string> {
  readonly labels: Readonly<Record<Label, string>>;
  /** Of each bucket alone; the last one is for what is longer than all bounds. */
  readonly counts: number[];
  /** The latest of each bucket. */
  readonly exemplars: (Exemplar | undefined)[];
  sum = 0;

  constructor(labels: Readonly<Record<Label, string>>) {
    this.labels = labels;
    this.counts = Array.from({ length: durationBuckets.length + 1 }, () => 0);
    this.exemplars = Array.from({ length: durationBuckets.length + 1 }, () => undefined);
  }

  /** `traceId`: of a trace that is kept, 32 hexadecimal digits. */
  record(seconds: number, traceId?: string): void {
    let bucket = 0;
    while (bucket < durationBuckets.length && seconds > (durationBuckets[bucket] as number)) bucket += 1;
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.sum += seconds;
    if (traceId !== undefined)
      this.exemplars[bucket] = { labelSet: { trace_id: traceId }, value: seconds, timestamp: Date.now() / 1000 };
  }

  get count(): number {
    return this.counts.reduce((total, count) => total + count, 0);
  }
}
