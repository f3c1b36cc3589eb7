import { defineEntry } from '../catalogue-entry.ts';

export const otelCollector = defineEntry({
  name: 'otel-collector',
  title: 'OpenTelemetry Collector',
  doc: 'Receives traces, metrics and logs by OTLP and passes them on, in place of Alloy.',
  tier: '06',
  profile: 'otel',
  version: '0.161.0',
  license: 'Apache-2.0',
  website: 'https://opentelemetry.io/docs/collector/',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'otel/opentelemetry-collector-contrib:0.161.0',
      arguments: ['--config=/etc/otelcol/config.yml'],
      ports: [
        { name: 'otlp-grpc', port: 4317, protocol: 'grpc' },
        { name: 'otlp-http', port: 4318, protocol: 'http' },
        { name: 'metrics', port: 8888, protocol: 'http' },
        { name: 'health', port: 13133, protocol: 'http' },
      ],
      generatedFiles: [{ path: '/etc/otelcol/config.yml', from: 'observability/otel-collector/config.yml' }],
      // The image holds nothing but its binary, and that cannot ask a running collector. On Compose the check therefore
      // proves only that the binary starts and accepts its configuration; that it answers is seen by Prometheus, which
      // scrapes it, and on Kubernetes by the probe of the health extension.
      health: {
        check: ['/otelcol-contrib', 'validate', '--config=/etc/otelcol/config.yml'],
        http: { path: '/', port: 13133 },
        startSeconds: 15,
      },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
      hardening: { user: 10001, group: 10001, readOnlyRoot: true },
      metrics: { path: '/metrics', port: 8888 },
    },
  ],
  requires: [],
  provides: ['collector'],
  endpoint: { container: '', port: 4318 },
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
