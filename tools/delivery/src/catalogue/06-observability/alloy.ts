import { defineEntry } from '../catalogue-entry.ts';

export const alloy = defineEntry({
  name: 'alloy',
  title: 'Grafana Alloy',
  doc: 'Collects logs of containers and receives traces by OTLP; both go on to Loki and Tempo.',
  tier: '06',
  version: '1.19.2',
  license: 'Apache-2.0',
  website: 'https://grafana.com/oss/alloy-opentelemetry-collector/',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'grafana/alloy:v1.19.2',
      arguments: [
        'run',
        '--server.http.listen-addr=0.0.0.0:12345',
        '--storage.path=/var/lib/alloy/data',
        '--disable-reporting',
        '/etc/alloy/config.alloy',
      ],
      ports: [
        { name: 'http', port: 12345, protocol: 'http' },
        { name: 'otlp-grpc', port: 4317, protocol: 'grpc' },
        { name: 'otlp-http', port: 4318, protocol: 'http' },
      ],
      generatedFiles: [{ path: '/etc/alloy/config.alloy', from: 'observability/alloy/config.alloy' }],
      volumes: [{ name: 'data', path: '/var/lib/alloy/data', size: '1Gi' }],
      hostPaths: [
        {
          hostPath: '/var/lib/docker/containers',
          path: '/var/lib/docker/containers',
          because: 'logs are read from the files that Docker writes, so that its socket need not be mounted',
        },
      ],
      // Logs of pods come through the API server, which needs no folder of the node.
      clusterAccess: [
        { resources: ['pods'], verbs: ['get', 'list', 'watch'] },
        { resources: ['pods/log'], verbs: ['get'] },
      ],
      // The image has bash and no HTTP client.
      health: {
        check: [
          '/bin/bash',
          '-c',
          "{ printf 'GET /-/ready HTTP/1.0\\r\\n\\r\\n' >&0; grep -q ' 200 '; } 0<>/dev/tcp/127.0.0.1/12345",
        ],
        http: { path: '/-/ready', port: 12345 },
        startSeconds: 30,
      },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
      // Docker's log files belong to root; as their owner it needs no capability to read them.
      hardening: { user: 0, group: 0, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 12345 },
    },
  ],
  requires: [{ anyOf: ['loki'], because: 'logs go there' }],
  provides: ['collector'],
  endpoint: { container: '', port: 4318 },
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps only how far it has read' },
});
