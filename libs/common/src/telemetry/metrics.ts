import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { DurationHistogram } from './duration-histogram.ts';

type RequestLabels = Record<'service' | 'method' | 'status', string>;

/** The process's metrics in Prometheus' text format, with the usual process metrics. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests = new Map<string, { readonly labels: RequestLabels; count: number }>();
  readonly #durations: DurationHistogram;

  constructor() {
    const requests = this.#requests;
    new Counter({
      name: 'http_requests_total',
      help: 'Requests by service, method and status',
      labelNames: ['service', 'method', 'status'] as const,
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { labels, count } of requests.values()) this.inc(labels, count);
      },
    });
    this.#durations = new DurationHistogram(this.registry, {
      name: 'http_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its response',
    });
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts a finished request. Kept here and handed over when metrics are read: the library checks labels at each count. */
  countRequest(service: string, method: string, status: number, seconds: number): void {
    const key = `${service} ${method} ${status}`;
    let known = this.#requests.get(key);
    if (known === undefined) {
      known = { labels: { service, method, status: String(status) }, count: 0 };
      this.#requests.set(key, known);
    }
    known.count += 1;
    this.#durations.record(service, seconds);
  }

  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  gauge(name: string, help: string, collect?: () => number | Promise<number>): Gauge {
    return new Gauge({
      name,
      help,
      registers: [this.registry],
      ...(collect === undefined
        ? {}
        : {
            async collect(this: Gauge) {
              this.set(await collect());
            },
          }),
    });
  }

  async render(): Promise<string> {
    return this.registry.metrics();
  }
}
