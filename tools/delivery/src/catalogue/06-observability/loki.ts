import { defineEntry } from '../catalogue-entry.ts';

export const loki = defineEntry({
  name: 'loki',
  title: 'Loki',
  doc: 'Log store, one process.',
  tier: '06',
  version: '3.7.8',
  license: 'AGPL-3.0-only',
  website: 'https://grafana.com/oss/loki/',
  settings: {
    storage: { type: 'string', default: '10Gi', doc: 'size of the data volume' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'grafana/loki:3.7.8',
      arguments: ['-config.file=/etc/loki/loki.yml'],
      ports: [
        { name: 'http', port: 3100, protocol: 'http' },
        { name: 'grpc', port: 9096, protocol: 'grpc' },
      ],
      generatedFiles: [{ path: '/etc/loki/loki.yml', from: 'observability/loki/loki.yml' }],
      volumes: [{ name: 'data', path: '/loki', size: '${settings.storage}' }],
      // The image holds nothing but its binary, which asks itself whether it is ready.
      health: { check: ['/usr/bin/loki', '-health'], http: { path: '/ready', port: 3100 }, startSeconds: 45 },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 10001, group: 10001, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 3100 },
      stopGraceSeconds: 60,
    },
  ],
  requires: [],
  provides: ['logs'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'logs are kept for days only' },
});
