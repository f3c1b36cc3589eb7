import { defineEntry } from '../catalogue-entry.ts';

const configuration = [
  'load_definitions = /run/plinth/definitions.json',
  'vm_memory_high_watermark.relative = 0.6',
  'disk_free_limit.absolute = 1GB',
  'consumer_timeout = 3600000',
  'log.console = true',
  'log.console.formatter = json',
  '',
].join('\n');

export const rabbitmq = defineEntry({
  name: 'rabbitmq',
  title: 'RabbitMQ',
  doc: 'Message broker with its management interface; the one user and the virtual host come from a definitions file.',
  tier: '05',
  profile: 'rabbitmq',
  version: '4.2.9',
  license: 'MPL-2.0',
  website: 'https://www.rabbitmq.com',
  settings: {
    storage: { type: 'string', default: '5Gi', doc: 'size of the data volume' },
    replicas: {
      type: 'integer',
      default: 1,
      minimum: 1,
      maximum: 5,
      odd: true,
      doc: 'members on Kubernetes; an odd number',
    },
  },
  secrets: [
    { name: 'password', doc: 'password of the user plinth' },
    {
      name: 'definitions',
      doc: 'definitions with the user and its rights',
      source: 'derived',
      template:
        '{"vhosts":[{"name":"/"}],"users":[{"name":"plinth","password":"${password}","tags":["administrator"]}],' +
        '"permissions":[{"user":"plinth","vhost":"/","configure":".*","write":".*","read":".*"}]}',
    },
  ],
  containers: [
    {
      name: '',
      image: 'rabbitmq:4.2.9-management-alpine',
      // The name of the node is part of the name of its data folder, so it must not change with the container.
      variables: { RABBITMQ_NODENAME: 'rabbit@${name}', RABBITMQ_CONFIG_FILE: '/etc/rabbitmq/plinth.conf' },
      secretFiles: ['definitions'],
      ports: [
        { name: 'amqp', port: 5672, protocol: 'tcp' },
        { name: 'management', port: 15672, protocol: 'http' },
        { name: 'metrics', port: 15692, protocol: 'http' },
      ],
      files: [
        {
          path: '/etc/rabbitmq/plinth.conf',
          content: configuration.replace('/run/plinth/definitions.json', '${secret.definitions}'),
        },
      ],
      volumes: [{ name: 'data', path: '/var/lib/rabbitmq', size: '${settings.storage}' }],
      health: { check: ['rabbitmq-diagnostics', '--quiet', 'check_running'], startSeconds: 60 },
      resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: {
        user: 100,
        group: 101,
        readOnlyRoot: true,
        temporaryFolders: ['/tmp', '/var/log/rabbitmq'],
      },
      metrics: { path: '/metrics', port: 15692 },
      stopGraceSeconds: 60,
    },
  ],
  requires: [],
  provides: ['broker', 'amqp'],
  watch: { dashboard: 'resources' },
  kubernetes: {
    form: 'operator',
    operator: {
      name: 'rabbitmq-cluster-operator',
      // It is published as a Kustomize folder of its repository; there is no official chart.
      source: 'git',
      repository: 'https://github.com/rabbitmq/cluster-operator.git',
      chart: 'config/installation',
      version: 'v2.23.0',
    },
    definitions: ['RabbitmqCluster.rabbitmq.com/v1beta1'],
    resources: [
      {
        apiVersion: 'rabbitmq.com/v1beta1',
        kind: 'RabbitmqCluster',
        metadata: { name: '${name}' },
        spec: {
          replicas: '${settings.replicas}',
          image: 'rabbitmq:4.2.9-management-alpine',
          persistence: { storage: '${settings.storage}' },
          resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          terminationGracePeriodSeconds: 60,
          rabbitmq: { additionalConfig: configuration },
          override: {
            statefulSet: {
              spec: {
                template: {
                  spec: {
                    containers: [
                      {
                        name: 'rabbitmq',
                        volumeMounts: [{ name: 'definitions', mountPath: '/run/plinth', readOnly: true }],
                      },
                    ],
                    volumes: [
                      {
                        name: 'definitions',
                        secret: {
                          secretName: '${name}-definitions',
                          items: [{ key: 'value', path: 'definitions.json' }],
                        },
                      },
                    ],
                  },
                },
              },
            },
          },
        },
      },
    ],
    services: { '': '${name}' },
  },
  backup: {
    method: 'native',
    schedule: '15 3 * * *',
    keepDays: 14,
    doc: 'definitions by rabbitmqctl export_definitions; messages are sent again from the outbox',
  },
  interfaces: [{ name: 'web', container: '', port: 15672, host: 'rabbitmq', ownSignIn: true }],
});
