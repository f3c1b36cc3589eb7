import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The process's metrics in Prometheus' text format, with the usual process metrics. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests by service, method and status',
    labelNames: ['service', 'method', 'status'] as const,
    registers: [this.registry],
  });
  readonly duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its response',
    labelNames: ['service'] as const,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  readonly #ofService = new Map<
    string,
    { readonly duration: Histogram.Internal<'service'>; readonly requests: Map<string, Counter.Internal> }
  >();

  /** Counts a finished request. The label sets are kept, because looking one up costs more than counting. */
  countRequest(service: string, method: string, status: number, seconds: number): void {
    let known = this.#ofService.get(service);
    if (known === undefined) {
      known = { duration: this.duration.labels({ service }), requests: new Map() };
      this.#ofService.set(service, known);
    }
    const key = `${method} ${status}`;
    let requests = known.requests.get(key);
    if (requests === undefined) {
      requests = this.requests.labels({ service, method, status: String(status) });
      known.requests.set(key, requests);
    }
    requests.inc();
    known.duration.observe(seconds);
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
