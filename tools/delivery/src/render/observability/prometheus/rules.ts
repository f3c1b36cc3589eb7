import { listKnownMetrics, type KnownMetrics } from '../check-expression.ts';
import { scrapeLabels } from '../metric-names.ts';
import type { AlertRule, RecordingRule, RuleGroup } from '../rule.ts';
import type { WatchedPlatform } from '../watched-platform.ts';
import { componentAlerts } from './component-alerts.ts';
import { listInfrastructureAlerts } from './infrastructure-alerts.ts';
import { listObjectiveAlerts, listObjectiveRules } from './objective-rules.ts';
import { listRecordingRules } from './recording-rules.ts';
import { listServiceAlerts } from './service-alerts.ts';

/** All rules of a platform. Alerts whose exporter is not part of it are left out: they could never fire. */
export interface Rules {
  readonly recording: readonly RuleGroup<RecordingRule>[];
  readonly objectives: readonly RuleGroup<RecordingRule>[];
  readonly alerts: readonly RuleGroup<AlertRule>[];
  readonly objectiveAlerts: readonly AlertRule[];
}

/** The rules that fit what the platform exports. */
export function listRules(watched: WatchedPlatform): Rules {
  const canFire = ({ sources }: AlertRule): boolean => sources.every((source) => watched.sources.has(source));
  const group = (name: string, rules: readonly AlertRule[]) => ({ name, rules: rules.filter(canFire) });
  return {
    recording: listRecordingRules(watched),
    objectives: listObjectiveRules(watched),
    alerts: [
      group('service-alerts', listServiceAlerts(watched)),
      group('infrastructure-alerts', listInfrastructureAlerts(watched)),
      group('component-alerts', componentAlerts),
    ].filter(({ rules }) => rules.length > 0),
    objectiveAlerts: listObjectiveAlerts(watched).filter(canFire),
  };
}

/** What expressions may read: metrics of exporters and of recording rules. */
export function listReadableMetrics(watched: WatchedPlatform, rules: Rules): KnownMetrics {
  const known = new Map(listKnownMetrics(watched.sources));
  for (const { rules: group } of [...rules.recording, ...rules.objectives]) {
    for (const { record, labels, fixedLabels } of group)
      known.set(record, new Set([...scrapeLabels, ...labels, ...Object.keys(fixedLabels ?? {})]));
  }
  known.set('ALERTS', new Set(['alertname', 'alertstate', 'severity', 'service']));
  return known;
}
