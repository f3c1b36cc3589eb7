import { Registry, type OpenMetricsContentType, type PrometheusContentType } from 'prom-client';

/** Metrics as text, and what that text is. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Renders metrics as the scraper asks for them: OpenMetrics 1.0, which has exemplars, when its Accept header prefers
 * that, else the text format 0.0.4.
 */
export async function renderMetrics(registry: Registry, accept: string | undefined): Promise<Exposition> {
  const chosen = prefersOpenMetrics(accept) ? toOpenMetrics(registry) : registry;
  return { contentType: chosen.contentType, text: await chosen.metrics() };
}

/** A registry has one format, and writing OpenMetrics renames its counters: these are copies for one answer. */
function toOpenMetrics(registry: Registry<PrometheusContentType>): Registry<OpenMetricsContentType> {
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  for (const metric of registry.getMetricsAsArray() as unknown as readonly ReadableMetric[]) {
    const read = async (): Promise<MetricValues> => {
      const values = await (metric.getForPromString?.() ?? metric.get());
      return values.type === 'counter' ? { ...values, name: values.name.replace(/_total$/, '') } : values;
    };
    open.registerMetric({ name: metric.name, type: metric.type, get: read } as never);
  }
  return open;
}

interface MetricValues {
  readonly name: string;
  readonly type: string;
}

interface ReadableMetric extends MetricValues {
  get(): Promise<MetricValues>;
  getForPromString?(): Promise<MetricValues>;
}

/** RFC 9110, 12.5.1, as far as scrapers use it: named types with a weight; on equal weight OpenMetrics, which tells more. */
function prefersOpenMetrics(accept: string | undefined): boolean {
  let open = 0;
  let text = 0;
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    const valueOf = (name: string): string | undefined =>
      parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1);
    const weight = Number(valueOf('q') ?? 1) || 0;
    if (type === 'application/openmetrics-text' && (valueOf('version') ?? '1.0.0') === '1.0.0')
      open = Math.max(open, weight);
    if (type === 'text/plain') text = Math.max(text, weight);
  }
  return open > 0 && open >= text;
}
