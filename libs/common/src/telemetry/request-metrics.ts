import { Counter, type Registry } from 'prom-client';
import { DurationHistogram } from './duration-histogram.ts';
import type { DurationSeries } from './duration-series.ts';

/** What tells finished requests apart. */
export interface FinishedRequest {
  readonly service: string;
  readonly method: string;
  /** Pattern of the route, `/api/v1/plans/:planId`; undefined when no route was found. Never the address that was asked for. */
  readonly route: string | undefined;
  readonly status: number;
}

const labelNames = ['service', 'method', 'route', 'status_code'] as const;
type RequestLabel = (typeof labelNames)[number];
type Series = DurationSeries<RequestLabel>;

/** The route of requests for which there is none: callers may ask for any address, and each would be a series. */
const UNKNOWN_ROUTE = 'unknown';

/**
 * `http_requests_total` and `http_request_duration_seconds`. A request finds its series by four look-ups of values that
 * exist already; to put a key together, or to let the library hash and check labels, costs several times as much.
 */
export class RequestMetrics {
  readonly #durations: DurationHistogram<RequestLabel>;
  /** Route → service → method → status. */
  readonly #byRoute = new Map<string, Map<string, Map<string, Map<number, Series>>>>();

  constructor(registry: Registry) {
    const durations = new DurationHistogram(
      registry,
      {
        name: 'http_request_duration_seconds',
        help: 'Time from the first byte of a request to the last of its response',
      },
      labelNames,
    );
    this.#durations = durations;
    new Counter({
      name: 'http_requests_total',
      help: 'Requests by service, method, route and status',
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const { labels, count } of durations.series) this.inc(labels, count);
      },
    });
  }

  /** Counts a finished request. `traceId`: of its trace when that is kept. */
  record(request: FinishedRequest, seconds: number, traceId?: string): void {
    const route = request.route ?? UNKNOWN_ROUTE;
    const series = this.#byRoute.get(route)?.get(request.service)?.get(request.method)?.get(request.status);
    (series ?? this.#addSeries(request, route)).record(seconds, traceId);
  }

  #addSeries({ service, method, status }: FinishedRequest, route: string): Series {
    const series = this.#durations.addSeries({ service, method, route, status_code: String(status) });
    const byService = getOrAdd(this.#byRoute, route, () => new Map<string, Map<string, Map<number, Series>>>());
    const byMethod = getOrAdd(byService, service, () => new Map<string, Map<number, Series>>());
    getOrAdd(byMethod, method, () => new Map<number, Series>()).set(status, series);
    return series;
  }
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
