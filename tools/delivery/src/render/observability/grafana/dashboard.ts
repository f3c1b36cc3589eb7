import { heightOf, prometheusSource, toGrafanaPanel, type Dashboard, type Panel, type Variable } from './panel.ts';

/** Version of the classic dashboard model; older ones are migrated at every load. */
const schemaVersion = 42;

/** The JSON that Grafana's file provider reads: no `id`, which belongs to one installation, and a fixed `uid`. */
export function renderDashboard(
  dashboard: Dashboard,
  platform: { readonly name: string; readonly environment: string },
) {
  const value = {
    uid: dashboard.uid,
    title: dashboard.title,
    description: dashboard.description,
    tags: ['plinth', platform.name, platform.environment],
    schemaVersion,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    timezone: 'browser',
    time: { from: 'now-6h', to: 'now' },
    fiscalYearStartMonth: 0,
    links: [
      {
        title: 'Dashboards',
        type: 'dashboards',
        tags: ['plinth'],
        asDropdown: true,
        includeVars: false,
        keepTime: true,
        targetBlank: false,
        icon: 'external link',
        tooltip: '',
        url: '',
      },
    ],
    annotations: { list: dashboard.marks.map(toAnnotation) },
    templating: { list: dashboard.variables.map(toVariable) },
    panels: placePanels(dashboard),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function toAnnotation({ name, expression, text }: Dashboard['marks'][number]) {
  return {
    name,
    datasource: prometheusSource,
    enable: true,
    hide: false,
    iconColor: 'blue',
    expr: expression,
    titleFormat: name,
    textFormat: text,
    step: '60s',
    useValueForTime: false,
  };
}

function toVariable({ name, label, metric, metricLabel }: Variable) {
  const query = `label_values(${metric}, ${metricLabel})`;
  return {
    name,
    label,
    type: 'query',
    datasource: prometheusSource,
    definition: query,
    query: { query, refId: `variable-${name}` },
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { selected: true, text: ['All'], value: ['$__all'] },
    hide: 0,
    options: [],
    regex: '',
    skipUrlSync: false,
  };
}

/** Places panels from left to right below the row of their section. */
function placePanels({ sections }: Dashboard) {
  const panels: object[] = [];
  let y = 0;
  for (const { title, panels: own } of sections) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: 24, h: 1 },
    });
    y += 1;
    for (const line of toLines(own)) {
      let x = 0;
      for (const panel of line) {
        panels.push(toGrafanaPanel(panel, panels.length + 1, { x, y }));
        x += panel.width;
      }
      y += Math.max(...line.map(heightOf));
    }
  }
  return panels;
}

function toLines(panels: readonly Panel[]): Panel[][] {
  const lines: Panel[][] = [];
  let used = 24;
  for (const panel of panels) {
    if (used + panel.width > 24) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(panel);
    used += panel.width;
  }
  return lines;
}
