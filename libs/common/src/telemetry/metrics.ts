import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { renderMetrics, type Exposition } from './exposition.ts';
import { RequestMetrics } from './request-metrics.ts';
import { TenantMetrics } from './tenant-metrics.ts';

/** The process's metrics, with the usual process metrics. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new RequestMetrics(this.registry);
  readonly tenants = new TenantMetrics(this.registry);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
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

  /** `accept`: the header of the request; without it the text format 0.0.4. */
  async render(accept?: string): Promise<Exposition> {
    return renderMetrics(this.registry, accept);
  }
}
