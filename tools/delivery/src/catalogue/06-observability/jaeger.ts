import { defineEntry } from '../catalogue-entry.ts';

export const jaeger = defineEntry({
  name: 'jaeger',
  title: 'Jaeger',
  doc: 'Trace store with its own pages, in place of Tempo; keeps traces in memory only.',
  tier: '06',
  profile: 'jaeger',
  version: '2.21.0',
  license: 'Apache-2.0',
  website: 'https://www.jaegertracing.io',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'jaegertracing/jaeger:2.21.0',
      ports: [
        { name: 'http', port: 16686, protocol: 'http' },
        { name: 'otlp-grpc', port: 4317, protocol: 'grpc' },
        { name: 'otlp-http', port: 4318, protocol: 'http' },
        { name: 'health', port: 13133, protocol: 'http' },
        { name: 'metrics', port: 8888, protocol: 'http' },
      ],
      variables: { JAEGER_LISTEN_HOST: '0.0.0.0' },
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:13133/status'],
        http: { path: '/status', port: 13133 },
        startSeconds: 15,
      },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
      hardening: { user: 10001, group: 10001, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 8888 },
    },
  ],
  requires: [],
  provides: ['traces'],
  endpoint: { container: '', port: 4318 },
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'traces are kept in memory' },
  interfaces: [{ name: 'web', container: '', port: 16686, host: 'jaeger', ownSignIn: false }],
});
