import { defineEntry } from '../catalogue-entry.ts';

export const pushgateway = defineEntry({
  name: 'pushgateway',
  title: 'Pushgateway',
  doc: 'Holds metrics of jobs that end before they could be asked: backups, deploys.',
  tier: '06',
  version: '1.11.3',
  license: 'Apache-2.0',
  website: 'https://github.com/prometheus/pushgateway',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'prom/pushgateway:v1.11.3',
      arguments: ['--persistence.file=/pushgateway/metrics', '--persistence.interval=1m'],
      ports: [{ name: 'http', port: 9091, protocol: 'http' }],
      volumes: [{ name: 'data', path: '/pushgateway', size: '64Mi' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:9091/-/ready'],
        http: { path: '/-/ready', port: 9091 },
        startSeconds: 5,
      },
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
      hardening: { user: 65534, group: 65534, readOnlyRoot: true },
      metrics: { path: '/metrics', port: 9091 },
    },
  ],
  requires: [{ anyOf: ['prometheus'], because: 'it is asked by Prometheus' }],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'the next run of each job sends its metrics again' },
});
