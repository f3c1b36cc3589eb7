import type { Artifact } from '../../artifact.ts';
import { renderYaml } from '../../yaml.ts';
import { checkExpression, type KnownMetrics } from '../check-expression.ts';
import type { WatchedPlatform } from '../watched-platform.ts';
import { billing, deploys } from './business-dashboards.ts';
import { renderDashboard } from './dashboard.ts';
import type { Dashboard, Panel } from './panel.ts';
import { database, resources } from './resource-dashboards.ts';
import { serviceHealth } from './service-health.ts';

/** Data sources and dashboards, as files that Grafana reads at its start. */
export function renderGrafana(watched: WatchedPlatform, known: KnownMetrics): Artifact[] {
  return [
    ...(watched.hosts.has('grafana')
      ? [
          { path: 'grafana/provisioning/datasources/plinth.yml', content: renderDataSources(watched) },
          { path: 'grafana/provisioning/dashboards/plinth.yml', content: renderProvider() },
        ]
      : []),
    ...listDashboards(watched, known).map((dashboard) => ({
      path: `grafana/dashboards/${dashboard.uid.replace('plinth-', '')}.json`,
      content: renderDashboard(dashboard, watched.platform),
    })),
  ];
}

/** The dashboards that have something to show: a panel whose metrics nobody exports is left out. */
export function listDashboards(watched: WatchedPlatform, known: KnownMetrics): Dashboard[] {
  const readable = (expression: string) => checkExpression(expression, known).length === 0;
  const shows = ({ kind, queries }: Panel) =>
    kind === 'logs' || queries.every(({ expression }) => readable(expression));
  return [serviceHealth(watched), database, resources, billing, deploys]
    .filter(
      ({ uid }) =>
        uid !== billing.uid || watched.services.includes('subscription') || watched.services.includes('metering'),
    )
    .filter(({ uid }) => uid !== 'plinth-service-health' || watched.services.length > 0)
    .map((dashboard) => ({
      ...dashboard,
      marks: dashboard.marks.filter(({ expression }) => readable(expression)),
      sections: dashboard.sections
        .map((section) => ({ ...section, panels: section.panels.filter(shows) }))
        .filter(({ panels }) => panels.length > 0),
    }))
    .filter(({ sections }) => sections.length > 0);
}

function renderDataSources({ hosts }: WatchedPlatform): string {
  const source = (entry: string, port: number, more: object = {}) => {
    const host = hosts.get(entry);
    return host === undefined
      ? []
      : [
          {
            name: host.title,
            type: entry,
            uid: entry,
            access: 'proxy',
            url: `http://${host.name}:${port}`,
            editable: false,
            ...more,
          },
        ];
  };
  const traces = hosts.has('tempo') ? 'tempo' : hosts.has('jaeger') ? 'jaeger' : undefined;
  const traceLink =
    traces === undefined ? {} : { exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: traces }] };
  return renderYaml({
    apiVersion: 1,
    datasources: [
      ...source('prometheus', 9090, {
        isDefault: true,
        jsonData: { httpMethod: 'POST', timeInterval: '15s', ...traceLink },
      }),
      ...source('loki', 3100, {
        jsonData:
          traces === undefined
            ? {}
            : {
                derivedFields: [
                  {
                    name: 'Trace',
                    matcherType: 'label',
                    matcherRegex: 'trace_id',
                    // One dollar is a variable of the environment to the provisioning.
                    url: '$${__value.raw}',
                    datasourceUid: traces,
                  },
                ],
              },
      }),
      ...source('tempo', 3200, {
        jsonData: {
          ...(hosts.has('loki')
            ? {
                tracesToLogsV2: {
                  datasourceUid: 'loki',
                  filterByTraceID: true,
                  spanStartTimeShift: '-5m',
                  spanEndTimeShift: '5m',
                  tags: [{ key: 'service.name', value: 'service' }],
                },
              }
            : {}),
          ...(hosts.has('prometheus')
            ? { serviceMap: { datasourceUid: 'prometheus' }, tracesToMetrics: { datasourceUid: 'prometheus' } }
            : {}),
        },
      }),
      ...source('jaeger', 16_686),
      ...source('alertmanager', 9093, {
        jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
      }),
    ],
  });
}

function renderProvider(): string {
  return renderYaml({
    apiVersion: 1,
    providers: [
      {
        name: 'plinth',
        folder: 'Plinth',
        folderUid: 'plinth',
        type: 'file',
        disableDeletion: true,
        allowUiUpdates: false,
        updateIntervalSeconds: 60,
        options: { path: '/etc/grafana/dashboards', foldersFromFilesStructure: false },
      },
    ],
  });
}
