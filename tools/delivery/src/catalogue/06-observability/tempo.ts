import { defineEntry } from '../catalogue-entry.ts';

export const tempo = defineEntry({
  name: 'tempo',
  title: 'Tempo',
  doc: 'Trace store, one process. Since 3.0 its configuration has no `ingester` and no `compactor`.',
  tier: '06',
  version: '3.0.3',
  license: 'AGPL-3.0-only',
  website: 'https://grafana.com/oss/tempo/',
  settings: {
    storage: { type: 'string', default: '10Gi', doc: 'size of the data volume' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'grafana/tempo:3.0.3',
      arguments: ['-config.file=/etc/tempo/tempo.yml'],
      ports: [
        { name: 'http', port: 3200, protocol: 'http' },
        { name: 'otlp-grpc', port: 4317, protocol: 'grpc' },
        { name: 'otlp-http', port: 4318, protocol: 'http' },
      ],
      generatedFiles: [{ path: '/etc/tempo/tempo.yml', from: 'observability/tempo/tempo.yml' }],
      volumes: [{ name: 'data', path: '/var/tempo', size: '${settings.storage}' }],
      // The image holds nothing but its binary, which asks itself whether it is ready.
      health: { check: ['/tempo', '-health'], http: { path: '/ready', port: 3200 }, startSeconds: 45 },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      hardening: { user: 10001, group: 10001, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 3200 },
      stopGraceSeconds: 60,
    },
  ],
  requires: [],
  provides: ['traces'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'traces are kept for days only' },
});
