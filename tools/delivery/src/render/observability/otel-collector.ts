import { renderYaml } from '../yaml.ts';
import type { WatchedPlatform } from './watched-platform.ts';

/** The OpenTelemetry Collector in place of Alloy: receives OTLP, removes what is personal, passes on. */
export function renderCollectorConfig({ hosts }: WatchedPlatform): string {
  const traces = hosts.get('tempo') ?? hosts.get('jaeger');
  const logs = hosts.get('loki');
  const metrics = hosts.get('prometheus');
  const exporters = {
    ...(traces === undefined
      ? {}
      : { 'otlp_grpc/traces': { endpoint: `${traces.name}:4317`, tls: { insecure: true } } }),
    ...(logs === undefined ? {} : { 'otlp_http/logs': { endpoint: `http://${logs.name}:3100/otlp` } }),
    ...(metrics === undefined
      ? {}
      : { prometheusremotewrite: { endpoint: `http://${metrics.name}:9090/api/v1/write` } }),
    ...(traces === undefined || logs === undefined || metrics === undefined ? { debug: { verbosity: 'basic' } } : {}),
  };
  const pipeline = (exporter: string, exists: boolean) => ({
    receivers: ['otlp'],
    processors: ['memory_limiter', 'attributes/redact', 'batch'],
    exporters: [exists ? exporter : 'debug'],
  });
  return renderYaml({
    extensions: { health_check: { endpoint: '0.0.0.0:13133' } },
    receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
      'attributes/redact': {
        actions: ['http.request.header.authorization', 'http.request.header.cookie', 'user.email', 'enduser.id'].map(
          (key) => ({ key, action: 'delete' }),
        ),
      },
      batch: {},
    },
    exporters,
    service: {
      extensions: ['health_check'],
      telemetry: {
        metrics: { readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: 8888 } } } }] },
      },
      pipelines: {
        traces: pipeline('otlp_grpc/traces', traces !== undefined),
        logs: pipeline('otlp_http/logs', logs !== undefined),
        metrics: pipeline('prometheusremotewrite', metrics !== undefined),
      },
    },
  });
}
