import { Gauge, type Counter } from 'prom-client';
import type { Pool } from 'pg';
import type { Logger } from '../logging/logger.ts';
import type { OutboxRow } from '../messaging/outbox.ts';
import { DurationHistogram } from './duration-histogram.ts';
import type { DurationSeries } from './duration-series.ts';
import type { Metrics } from './metrics.ts';
import { readOutbox, type OutboxOwner, type OutboxState } from './read-outbox.ts';

export interface PlatformMetricsOptions {
  readonly pool: Pool;
  readonly services: readonly OutboxOwner[];
  readonly log: Logger;
  /** Of the platform that runs. */
  readonly version: string;
}

/** The metrics of database, outbox, events and jobs: what the rendered alerts and dashboards are made of. */
export class PlatformMetrics {
  readonly #published: Counter<'service' | 'type'>;
  readonly #audited: Counter<'service' | 'action'>;
  readonly #jobs: Counter<'name' | 'outcome'>;
  readonly #queries: DurationHistogram<'service'>;
  readonly #queriesByService = new Map<string, DurationSeries<'service'>>();

  constructor(metrics: Metrics, options: PlatformMetricsOptions) {
    this.#published = metrics.counter('events_published_total', 'Events handed to the broker', ['service', 'type']);
    this.#audited = metrics.counter('audit_records_total', 'Audit records by action', ['service', 'action']);
    this.#jobs = metrics.counter('job_runs_total', 'Finished runs of jobs', ['name', 'outcome']);
    this.#queries = new DurationHistogram(
      metrics.registry,
      { name: 'db_query_duration_seconds', help: 'Time from sending a statement to its last row' },
      ['service'],
    );
    new Gauge({
      name: 'plinth_build_info',
      help: 'Always 1; the label tells the version that runs',
      labelNames: ['version'],
      registers: [metrics.registry],
    }).set({ version: options.version }, 1);
    addPoolGauges(metrics, options.pool);
    addOutboxGauges(metrics, options);
  }

  /** Counts events that the broker has taken; those of the audit trail by their action too. */
  countPublished(service: string, rows: readonly Pick<OutboxRow, 'type' | 'envelope'>[]): void {
    for (const { type, envelope } of rows) {
      this.#published.inc({ service, type });
      const { action } = envelope.data as { action?: unknown };
      if (type === 'audit.recorded' && typeof action === 'string') this.#audited.inc({ service, action });
    }
  }

  /** `job` would be hidden by the label of that name which Prometheus gives to a target. */
  countJob(name: string, outcome: 'succeeded' | 'failed'): void {
    this.#jobs.inc({ name, outcome });
  }

  recordQuery(service: string, seconds: number): void {
    let series = this.#queriesByService.get(service);
    if (series === undefined) {
      series = this.#queries.addSeries({ service });
      this.#queriesByService.set(service, series);
    }
    series.record(seconds);
  }
}

function available(pool: Pool): number {
  return (pool.options.max ?? 10) - pool.totalCount + pool.idleCount;
}

function addPoolGauges(metrics: Metrics, pool: Pool): void {
  metrics.gauge('pg_pool_max_connections', 'Connections that the pool may open', () => pool.options.max ?? 10);
  metrics.gauge(
    'pg_pool_available_connections',
    'Connections that a request can have at once: idle ones and those that may still be opened',
    () => available(pool),
  );
  metrics.gauge('pg_pool_waiting_requests', 'Requests that wait for a connection', () => pool.waitingCount);
}

function addOutboxGauges(metrics: Metrics, { pool, services, log }: PlatformMetricsOptions): void {
  let reading: Promise<OutboxState[]> | undefined;
  // Both gauges are collected at the same time, and share what is read.
  const read = (): Promise<OutboxState[]> =>
    (reading ??= readIfPossible().finally(() => {
      reading = undefined;
    }));
  const readIfPossible = async (): Promise<OutboxState[]> => {
    // Waiting for a connection would keep back all other metrics, when the pool is empty and they are needed most.
    if (available(pool) === 0) return [];
    try {
      return await readOutbox(pool, services);
    } catch (error) {
      log.debug({ err: error }, 'the outbox could not be read for its metrics');
      return [];
    }
  };
  const addGauge = (name: string, help: string, value: (state: OutboxState) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['service'],
      registers: [metrics.registry],
      async collect() {
        const states = await read();
        this.reset();
        for (const state of states) this.set({ service: state.service }, value(state));
      },
    });
  };
  addGauge('outbox_pending_events', 'Events that wait for the broker', (state) => state.pending);
  addGauge(
    'outbox_oldest_event_age_seconds',
    'Age of the oldest event that waits for the broker',
    (state) => state.oldestSeconds,
  );
}
