import { Histogram, type Registry } from 'prom-client';
import { DurationSeries, durationBuckets, type Exemplar } from './duration-series.ts';

interface HistogramText {
  readonly name: string;
  readonly help: string;
}

interface HistogramValue {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly exemplar?: Exemplar;
}

/** How long requests or statements take. Its series count by themselves; the cumulative form is made when metrics are read. */
export class DurationHistogram<Label extends string> extends Histogram<Label> {
  readonly #series: DurationSeries<Label>[] = [];
  readonly #text: HistogramText;

  constructor(registry: Registry, text: HistogramText, labelNames: readonly Label[]) {
    super({ ...text, labelNames, buckets: [...durationBuckets], registers: [registry] });
    this.#text = text;
  }

  /** A new series. Whoever records keeps it: nothing here looks for the labels of a request. */
  addSeries(labels: Readonly<Record<Label, string>>): DurationSeries<Label> {
    const series = new DurationSeries(labels);
    this.#series.push(series);
    return series;
  }

  get series(): readonly DurationSeries<Label>[] {
    return this.#series;
  }

  /** What the registry reads. */
  async getForPromString() {
    const values = this.#series.flatMap((series) => toValues(this.#text.name, series));
    return { ...this.#text, type: 'histogram', aggregator: 'sum', values };
  }
}

function toValues(name: string, { labels, counts, sum, exemplars }: DurationSeries<string>): HistogramValue[] {
  let total = 0;
  const cumulative = [...durationBuckets, '+Inf' as const].map((le, index) => {
    total += counts[index] ?? 0;
    const exemplar = exemplars[index];
    const value = { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total };
    return exemplar === undefined ? value : { ...value, exemplar };
  });
  return [
    ...cumulative,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}
