/** A panel as our dashboards describe it; `renderDashboard` makes Grafana's form of it. */
export interface Panel {
  readonly title: string;
  /** What a reader should know to judge it. */
  readonly description: string;
  readonly kind: 'timeseries' | 'stat' | 'bargauge' | 'table' | 'logs';
  /** Grafana's unit: `reqps`, `s`, `percentunit`, `bytes`, `short`, … */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Of 24 columns. */
  readonly width: 6 | 8 | 12 | 24;
  readonly thresholds?: { readonly warning: number; readonly critical: number; readonly lowIsBad?: boolean };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly stacked?: boolean;
  /** Shows a trace beside the line, where the histogram has one. */
  readonly exemplars?: boolean;
}

export interface Query {
  readonly expression: string;
  /** `{{service}}` is the value of a label. */
  readonly legend: string;
}

export interface Section {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  /** Fixed, so that links keep their meaning. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly sections: readonly Section[];
  /** Vertical lines: expressions that are not empty when something happened. */
  readonly marks: readonly { readonly name: string; readonly expression: string; readonly text: string }[];
}

export interface Variable {
  readonly name: string;
  readonly label: string;
  /** Values are those of this label of this metric. */
  readonly metric: string;
  readonly metricLabel: string;
}

/** A panel of half the width with lines over time, from nothing upwards. */
export function line(title: string, description: string, unit: string, query: Query | readonly Query[]): Panel {
  const queries = 'expression' in query ? [query] : query;
  return { title, description, kind: 'timeseries', unit, width: 12, minimum: 0, queries };
}

export const prometheusSource = { type: 'prometheus', uid: 'prometheus' } as const;
export const lokiSource = { type: 'loki', uid: 'loki' } as const;
const logsHeight = 10;
const heights = { timeseries: 8, stat: 4, bargauge: 8, table: 8, logs: logsHeight } as const;

interface Placed {
  readonly x: number;
  readonly y: number;
}

/** Grafana's form of a panel at a place. */
export function toGrafanaPanel(panel: Panel, id: number, { x, y }: Placed) {
  const datasource = panel.kind === 'logs' ? lokiSource : prometheusSource;
  return {
    id,
    type: panel.kind,
    title: panel.title,
    description: panel.description,
    gridPos: { x, y, w: panel.width, h: heights[panel.kind] },
    datasource,
    targets: panel.queries.map(({ expression, legend }, index) => ({
      refId: String.fromCodePoint(65 + index),
      datasource,
      editorMode: 'code',
      expr: expression,
      legendFormat: legend,
      range: panel.kind === 'timeseries' || panel.kind === 'logs',
      instant: panel.kind !== 'timeseries' && panel.kind !== 'logs',
      ...(panel.exemplars === true ? { exemplar: true } : {}),
      ...(panel.kind === 'table' ? { format: 'table' } : {}),
    })),
    fieldConfig: { defaults: fieldDefaults(panel), overrides: [] },
    options: optionsOf(panel),
  };
}

/** Height of the highest panel of a line. */
export function heightOf(panel: Panel): number {
  return heights[panel.kind];
}

function fieldDefaults(panel: Panel) {
  return {
    unit: panel.unit,
    ...(panel.minimum === undefined ? {} : { min: panel.minimum }),
    ...(panel.maximum === undefined ? {} : { max: panel.maximum }),
    color: { mode: panel.kind === 'timeseries' ? 'palette-classic' : 'thresholds' },
    thresholds: { mode: 'absolute', steps: thresholdSteps(panel) },
    ...(panel.kind === 'timeseries' ? { custom: lineStyle(panel) } : {}),
  };
}

function thresholdSteps({ thresholds }: Panel) {
  if (thresholds === undefined) return [{ color: 'green', value: null }];
  const { warning, critical, lowIsBad = false } = thresholds;
  return lowIsBad
    ? [
        { color: 'red', value: null },
        { color: 'orange', value: critical },
        { color: 'green', value: warning },
      ]
    : [
        { color: 'green', value: null },
        { color: 'orange', value: warning },
        { color: 'red', value: critical },
      ];
}

function lineStyle({ thresholds, stacked = false }: Panel) {
  return {
    drawStyle: 'line',
    lineInterpolation: 'linear',
    lineWidth: 1,
    fillOpacity: stacked ? 25 : 8,
    gradientMode: 'none',
    showPoints: 'never',
    spanNulls: false,
    stacking: { mode: stacked ? 'normal' : 'none', group: 'A' },
    axisPlacement: 'auto',
    thresholdsStyle: { mode: thresholds === undefined ? 'off' : 'dashed' },
  };
}

function optionsOf({ kind }: Panel) {
  const reduceOptions = { calcs: ['lastNotNull'], fields: '', values: false };
  switch (kind) {
    case 'timeseries':
      return {
        legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['mean', 'max', 'lastNotNull'] },
        tooltip: { mode: 'multi', sort: 'desc' },
      };
    case 'stat':
      return { reduceOptions, colorMode: 'value', graphMode: 'area', justifyMode: 'auto', textMode: 'auto' };
    case 'bargauge':
      return { reduceOptions, orientation: 'horizontal', displayMode: 'gradient', showUnfilled: true };
    case 'table':
      return { showHeader: true, cellHeight: 'sm' };
    case 'logs':
      return { showTime: true, wrapLogMessage: true, enableLogDetails: true, sortOrder: 'Descending' };
  }
}
