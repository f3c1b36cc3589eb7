import { defineEntry } from '../catalogue-entry.ts';

export const postgresExporter = defineEntry({
  name: 'postgres-exporter',
  title: 'PostgreSQL exporter',
  doc: 'Connections, queries, locks and sizes of PostgreSQL as metrics.',
  tier: '06',
  version: '0.19.1',
  license: 'Apache-2.0',
  website: 'https://github.com/prometheus-community/postgres_exporter',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'quay.io/prometheuscommunity/postgres-exporter:v0.19.1',
      arguments: ['--collector.long_running_transactions', '--collector.stat_activity_autovacuum'],
      ports: [{ name: 'http', port: 9187, protocol: 'http' }],
      variables: {
        DATA_SOURCE_URI: '${needs.database}:${needs.database.port}/postgres?sslmode=disable',
        DATA_SOURCE_USER: 'postgres',
      },
      secretFileVariables: { DATA_SOURCE_PASS_FILE: 'database.password' },
      // Well means that the server answers it, not only that it runs.
      health: {
        check: ['/bin/sh', '-c', "wget -q -O - http://127.0.0.1:9187/metrics | grep -q '^pg_up 1'"],
        startSeconds: 15,
      },
      resources: { requests: { cpu: '20m', memory: '24Mi' }, limits: { cpu: '250m', memory: '96Mi' } },
      hardening: { user: 65534, group: 65534, readOnlyRoot: true },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      metrics: { path: '/metrics', port: 9187 },
      connections: 3,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'it watches PostgreSQL' }],
  provides: [],
  watch: { dashboard: 'database' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
