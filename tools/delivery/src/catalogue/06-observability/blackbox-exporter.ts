import { defineEntry } from '../catalogue-entry.ts';

export const blackboxExporter = defineEntry({
  name: 'blackbox-exporter',
  title: 'Blackbox exporter',
  doc: 'Asks the public addresses as a client would, and tells when certificates end.',
  tier: '06',
  version: '0.28.0',
  license: 'Apache-2.0',
  website: 'https://github.com/prometheus/blackbox_exporter',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'prom/blackbox-exporter:v0.28.0',
      arguments: ['--config.file=/etc/blackbox_exporter/blackbox.yml'],
      ports: [{ name: 'http', port: 9115, protocol: 'http' }],
      generatedFiles: [{ path: '/etc/blackbox_exporter/blackbox.yml', from: 'observability/blackbox/blackbox.yml' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:9115/-/healthy'],
        http: { path: '/-/healthy', port: 9115 },
        startSeconds: 5,
      },
      resources: { requests: { cpu: '10m', memory: '24Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
      hardening: { user: 65534, group: 65534, readOnlyRoot: true },
      metrics: { path: '/metrics', port: 9115 },
      networks: ['front', 'back'],
    },
  ],
  requires: [{ anyOf: ['prometheus'], because: 'it is asked by Prometheus' }],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
