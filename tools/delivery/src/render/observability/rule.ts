import type { MetricSource } from './metric-names.ts';

/** A series that rules record under a name of ours, `level:metric:operation`. */
export interface RecordingRule {
  readonly record: string;
  readonly expression: string;
  /** Labels of the result. */
  readonly labels: readonly string[];
  /** Labels that the rule itself sets. */
  readonly fixedLabels?: Readonly<Record<string, string>>;
}

export interface AlertRule {
  readonly name: string;
  readonly expression: string;
  /** Prometheus duration, `5m`; absent: at once. */
  readonly for?: string;
  readonly severity: 'critical' | 'warning';
  /** Labels that the rule sets besides the severity. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  /** Who must be part of the platform; without one of them the alert could never fire and is left out. */
  readonly sources: readonly MetricSource[];
  readonly test: AlertTest;
}

/** Data that make an alert fire, and data that do not. */
export interface AlertTest {
  /** How often rules are evaluated; seldom where the alert looks at days. */
  readonly interval?: '30s' | '10m';
  readonly firing: AlertCase;
  readonly silent: AlertCase;
  /** Labels of the alert that fires, without the severity and the rule's own. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertCase {
  /** Series → values in promtool's notation, one for each interval. */
  readonly series: Readonly<Record<string, string>>;
  /** When the alert is looked at, `15m`. */
  readonly at: string;
}

export interface RuleGroup<Rule> {
  readonly name: string;
  readonly rules: readonly Rule[];
}
