import { defineEntry } from '../catalogue-entry.ts';

export const nats = defineEntry({
  name: 'nats',
  title: 'NATS',
  doc: 'Light message broker with JetStream for messages that must survive.',
  tier: '05',
  profile: 'nats',
  version: '2.12.8',
  license: 'Apache-2.0',
  website: 'https://nats.io',
  settings: {
    memory: { type: 'string', default: '128MB', doc: 'memory for streams' },
    storage: { type: 'string', default: '5Gi', doc: 'size of the data volume' },
  },
  secrets: [{ name: 'password', doc: 'password of the user plinth' }],
  containers: [
    {
      name: '',
      image: 'nats:2.12.8-alpine',
      command: [
        '/bin/sh',
        '-c',
        'export NATS_PASSWORD="$(cat ${secret.password})"; exec nats-server --config /etc/nats/nats.conf',
      ],
      ports: [
        { name: 'nats', port: 4222, protocol: 'tcp' },
        { name: 'monitor', port: 8222, protocol: 'http' },
      ],
      files: [
        {
          path: '/etc/nats/nats.conf',
          content: [
            'server_name: ${name}',
            'port: 4222',
            'http_port: 8222',
            'jetstream { store_dir: /var/tmp/jetstream, max_memory_store: ${settings.memory} }',
            // Read from the environment by the server itself.
            'authorization { user: plinth, password: $NATS_PASSWORD }',
            '',
          ].join('\n'),
        },
      ],
      // The image has no folder for data that its user may write in; a new volume takes over the mode of this one.
      volumes: [{ name: 'data', path: '/var/tmp', size: '${settings.storage}' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8222/healthz'],
        http: { path: '/healthz', port: 8222 },
        startSeconds: 10,
      },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    },
    {
      name: 'exporter',
      title: 'Metrics of NATS',
      image: 'natsio/prometheus-nats-exporter:0.17.3',
      arguments: ['-varz', '-connz', '-jsz=all', '-port=7777', 'http://${name}:8222'],
      ports: [{ name: 'metrics', port: 7777, protocol: 'http' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:7777/metrics'],
        http: { path: '/metrics', port: 7777 },
        startSeconds: 10,
      },
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
      hardening: { user: 65534, group: 65534, readOnlyRoot: true },
      dependsOn: [{ container: '', condition: 'healthy' }],
      metrics: { path: '/metrics', port: 7777 },
    },
  ],
  requires: [],
  provides: ['broker'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'volume', schedule: '45 3 * * *', keepDays: 14 },
});
