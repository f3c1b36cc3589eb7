import { renderYaml } from '../yaml.ts';
import type { WatchedPlatform } from './watched-platform.ts';

/** Tempo 3 as one process: HTTP 3200, OTLP on 4317 and 4318, blocks below /var/tempo, metrics of spans to Prometheus. */
export function renderTempoConfig({ hosts }: WatchedPlatform): string {
  const prometheus = hosts.get('prometheus');
  return renderYaml({
    server: { http_listen_port: 3200, log_level: 'warn', log_format: 'json' },
    usage_report: { reporting_enabled: false },
    distributor: {
      receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } } },
    },
    storage: {
      trace: {
        backend: 'local',
        local: { path: '/var/tempo/blocks' },
        wal: { path: '/var/tempo/wal' },
      },
    },
    ...(prometheus === undefined
      ? {}
      : {
          metrics_generator: {
            storage: {
              path: '/var/tempo/generator',
              remote_write: [{ url: `http://${prometheus.name}:9090/api/v1/write`, send_exemplars: true }],
            },
          },
          overrides: { defaults: { metrics_generator: { processors: ['service-graphs', 'span-metrics'] } } },
        }),
  });
}
