import { sortArtifacts, type Artifact } from '../artifact.ts';
import type { Render } from '../renderer.ts';
import { renderAlertmanagerConfig } from './alertmanager.ts';
import { renderAlloyConfig } from './alloy.ts';
import { renderBlackboxConfig } from './blackbox.ts';
import { renderGrafana } from './grafana/grafana.ts';
import { renderLokiConfig } from './loki.ts';
import { renderCollectorConfig } from './otel-collector.ts';
import { renderPrometheusConfig } from './prometheus/prometheus-config.ts';
import { renderRuleFiles } from './prometheus/rule-files.ts';
import { listReadableMetrics, listRules } from './prometheus/rules.ts';
import { renderTempoConfig } from './tempo.ts';
import { watchPlatform } from './watched-platform.ts';

/**
 * Everything that watches a platform: what is scraped and probed, rules with their unit tests, where alerts go,
 * dashboards, and the configurations of the stores of logs and traces. A part of the stack that the platform does
 * without gets no file; without any Prometheus, rules and dashboards are for one outside of the platform.
 */
export const renderObservability: Render = ({ platform }) => {
  const watched = watchPlatform(platform);
  const rules = listRules(watched);
  // A platform that asks for the target and brings no Prometheus is watched by one that is there already.
  const external = platform.targets.includes('observability') && !watched.hosts.has('prometheus');
  const isWatched = (entry: string): boolean => external || watched.hosts.has(entry);
  const file = (entry: string, path: string, render: () => string): Artifact[] =>
    watched.hosts.has(entry) ? [{ path, content: render() }] : [];
  return sortArtifacts([
    ...(isWatched('prometheus')
      ? [{ path: 'prometheus/prometheus.yml', content: renderPrometheusConfig(watched) }, ...renderRuleFiles(rules)]
      : []),
    ...(isWatched('grafana') ? renderGrafana(watched, listReadableMetrics(watched, rules)) : []),
    ...file('alertmanager', 'alertmanager/alertmanager.yml', () => renderAlertmanagerConfig(watched)),
    ...file('loki', 'loki/loki.yml', renderLokiConfig),
    ...file('tempo', 'tempo/tempo.yml', () => renderTempoConfig(watched)),
    ...file('alloy', 'alloy/config.alloy', () => renderAlloyConfig(watched)),
    ...file('blackbox-exporter', 'blackbox/blackbox.yml', renderBlackboxConfig),
    ...file('otel-collector', 'otel-collector/config.yml', () => renderCollectorConfig(watched)),
  ]);
};
