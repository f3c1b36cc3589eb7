import { Histogram, type Registry } from 'prom-client';

const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface HistogramText {
  readonly name: string;
  readonly help: string;
}

interface Series {
  /** Requests in each bucket alone; the last one is for what is longer than all bounds. */
  readonly counts: number[];
  sum: number;
}

/** How long requests or statements take, by service. Recording is two additions; the cumulative form is made when metrics are read. */
export class DurationHistogram extends Histogram<'service'> {
  readonly #series = new Map<string, Series>();
  readonly #text: HistogramText;

  constructor(registry: Registry, text: HistogramText) {
    super({ ...text, labelNames: ['service'], buckets, registers: [registry] });
    this.#text = text;
  }

  record(service: string, seconds: number): void {
    let series = this.#series.get(service);
    if (series === undefined) {
      series = { counts: Array.from({ length: buckets.length + 1 }, () => 0), sum: 0 };
      this.#series.set(service, series);
    }
    let bucket = 0;
    while (bucket < buckets.length && seconds > (buckets[bucket] as number)) bucket += 1;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += seconds;
  }

  /** What the registry reads, and what `get` is made of. */
  async getForPromString() {
    const values = [...this.#series].flatMap(([service, series]) => toValues(this.#text.name, service, series));
    return { ...this.#text, type: 'histogram', aggregator: 'sum', values };
  }
}

function toValues(name: string, service: string, { counts, sum }: Series) {
  let total = 0;
  const cumulative = [...buckets, '+Inf' as const].map((le, index) => {
    total += counts[index] ?? 0;
    return { metricName: `${name}_bucket`, labels: { service, le }, value: total };
  });
  return [
    ...cumulative,
    { metricName: `${name}_sum`, labels: { service }, value: sum },
    { metricName: `${name}_count`, labels: { service }, value: total },
  ];
}
