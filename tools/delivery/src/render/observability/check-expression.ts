import { listExpressionParts } from './metric-expression.ts';
import { metricNames, scrapeLabels, type MetricSource } from './metric-names.ts';

/** Metric → labels, for everything that can be read: what exporters of the platform give, and what rules record. */
export type KnownMetrics = ReadonlyMap<string, ReadonlySet<string>>;

/** What the given sources export, histograms with their three series. */
export function listKnownMetrics(sources: ReadonlySet<MetricSource>): Map<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>();
  for (const source of sources) {
    for (const [metric, { type, labels }] of Object.entries(metricNames[source])) {
      const all = new Set<string>([...scrapeLabels, ...labels]);
      if (type !== 'histogram') known.set(metric, all);
      else {
        known.set(`${metric}_bucket`, new Set([...all, 'le']));
        known.set(`${metric}_sum`, all);
        known.set(`${metric}_count`, all);
      }
    }
  }
  return known;
}

/** Sentences about metrics and labels that nobody exports; none when the expression can give a result. */
export function checkExpression(expression: string, known: KnownMetrics): string[] {
  const { metrics, matchers, groupings } = listExpressionParts(expression);
  const problems: string[] = [];
  const readable = new Set<string>();
  for (const metric of metrics) {
    const labels = known.get(metric);
    if (labels === undefined) problems.push(`nobody exports ${metric}`);
    for (const label of matchers.get(metric) ?? []) {
      if (labels !== undefined && !labels.has(label)) problems.push(`${metric} has no label ${label}`);
    }
    for (const label of labels ?? []) readable.add(label);
  }
  for (const label of groupings) {
    const made = expression.includes(`"${label}"`);
    if (problems.length === 0 && !readable.has(label) && !made) problems.push(`no metric here has the label ${label}`);
  }
  return problems;
}
