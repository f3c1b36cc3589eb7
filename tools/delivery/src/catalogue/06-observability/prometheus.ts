import { defineEntry } from '../catalogue-entry.ts';

export const prometheus = defineEntry({
  name: 'prometheus',
  title: 'Prometheus',
  doc: 'Metrics and alert rules; what it scrapes and its rules are rendered from the platform.',
  tier: '06',
  version: '3.15.0',
  license: 'Apache-2.0',
  website: 'https://prometheus.io',
  settings: {
    retention: { type: 'string', default: '35d', doc: 'how long metrics are kept' },
    retentionSize: { type: 'string', default: '8GB', doc: 'bytes at which the oldest are dropped; less than storage' },
    storage: { type: 'string', default: '10Gi', doc: 'size of the data volume' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'prom/prometheus:v3.15.0',
      arguments: [
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        '--storage.tsdb.retention.time=${settings.retention}',
        '--storage.tsdb.retention.size=${settings.retentionSize}',
        // Tempo writes what it derives from traces, Alloy what it receives.
        '--web.enable-remote-write-receiver',
        '--enable-feature=exemplar-storage',
      ],
      ports: [{ name: 'http', port: 9090, protocol: 'http' }],
      generatedFiles: [{ path: '/etc/prometheus/', from: 'observability/prometheus/' }],
      volumes: [{ name: 'data', path: '/prometheus', size: '${settings.storage}' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:9090/-/ready'],
        http: { path: '/-/ready', port: 9090 },
        startSeconds: 30,
      },
      resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      hardening: { user: 65534, group: 65534, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 9090 },
      stopGraceSeconds: 60,
    },
  ],
  requires: [],
  provides: ['metrics'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'metrics are kept for days only' },
  interfaces: [{ name: 'web', container: '', port: 9090, host: 'prometheus', ownSignIn: false }],
});
