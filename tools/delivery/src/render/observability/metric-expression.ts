/** What a PromQL expression reads: metric names, the labels that matchers and groupings name, and label values it makes. */
export interface ExpressionParts {
  readonly metrics: readonly string[];
  /** Metric → labels of its own matchers. */
  readonly matchers: ReadonlyMap<string, readonly string[]>;
  /** Labels of `by`, `on` and `group_left` lists. */
  readonly groupings: readonly string[];
}

const operators = 'and or unless by without on ignoring group_left group_right offset bool inf nan';
const aggregations = 'sum min max avg count quantile topk bottomk stddev group count_values';
const words = new Set(`${operators} ${aggregations}`.split(' '));
const groupingWords = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const name = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;

/**
 * Reads an expression just far enough to list what it depends on. It is no parser: promtool checks the syntax of what
 * is rendered, this tells whether somebody exports what is read.
 */
export function listExpressionParts(expression: string): ExpressionParts {
  const matchers = new Map<string, string[]>();
  const groupings: string[] = [];
  // Durations and the variables of dashboards are no names.
  const text = expression.replaceAll(/\[[^\]]*\]/g, '');
  for (let index = 0; index < text.length;) {
    name.lastIndex = index;
    const found = name.exec(text)?.[0];
    if (found === undefined || /[0-9.$]/.test(text[index - 1] ?? '')) {
      index = text[index] === '"' ? text.indexOf('"', index + 1) + 1 : index + (found?.length ?? 1);
      continue;
    }
    index += found.length;
    const rest = text.slice(index).trimStart();
    if (groupingWords.has(found)) {
      if (!rest.startsWith('(')) continue;
      const list = rest.slice(1, rest.indexOf(')'));
      groupings.push(...list.split(',').flatMap((label) => (label.trim() === '' ? [] : [label.trim()])));
      index = text.indexOf(')', index) + 1;
    } else if (!rest.startsWith('(') && !words.has(found.toLowerCase())) {
      const labels = matchers.get(found) ?? [];
      if (rest.startsWith('{')) {
        const end = text.indexOf('}', index);
        labels.push(...listMatcherLabels(text.slice(text.indexOf('{', index) + 1, end)));
        index = end + 1;
      }
      matchers.set(found, labels);
    }
  }
  return { metrics: [...matchers.keys()], matchers, groupings };
}

function listMatcherLabels(body: string): string[] {
  return [...body.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)\s*(?:=~|!~|!=|=)\s*"(?:[^"\\]|\\.)*"/g)].map(
    ([, label]) => label!,
  );
}
