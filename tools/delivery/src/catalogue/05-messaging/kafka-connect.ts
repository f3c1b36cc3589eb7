import { defineEntry } from '../catalogue-entry.ts';

export const kafkaConnect = defineEntry({
  name: 'kafka-connect',
  title: 'Kafka Connect',
  doc: 'Moves data between Kafka and other systems; one worker of a group, with the connectors of Apache Kafka itself.',
  tier: '05',
  profile: 'kafka-tools',
  version: '4.3.1',
  license: 'Apache-2.0',
  website: 'https://kafka.apache.org/documentation/#connect',
  settings: {
    heap: { type: 'string', default: '384m', doc: 'heap of the Java machine' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'apache/kafka:4.3.1',
      command: ['/opt/kafka/bin/connect-distributed.sh', '/etc/kafka-connect/worker.properties'],
      ports: [{ name: 'http', port: 8083, protocol: 'http' }],
      variables: { KAFKA_HEAP_OPTS: '-Xms${settings.heap} -Xmx${settings.heap}', LOG_DIR: '/tmp/logs' },
      files: [
        {
          path: '/etc/kafka-connect/worker.properties',
          content: [
            'bootstrap.servers=${needs.kafka}:${needs.kafka.port}',
            'group.id=${name}',
            'listeners=http://0.0.0.0:8083',
            'rest.advertised.host.name=${name}',
            'key.converter=org.apache.kafka.connect.json.JsonConverter',
            'value.converter=org.apache.kafka.connect.json.JsonConverter',
            // -1: as many copies as the brokers give every topic.
            'config.storage.topic=${name}-configs',
            'config.storage.replication.factor=-1',
            'offset.storage.topic=${name}-offsets',
            'offset.storage.replication.factor=-1',
            'status.storage.topic=${name}-status',
            'status.storage.replication.factor=-1',
            // Secrets of connectors are named by file, never written into their configuration.
            'config.providers=directory',
            'config.providers.directory.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider',
            'plugin.path=/opt/kafka/libs',
            'plugin.discovery=service_load',
            '',
          ].join('\n'),
        },
      ],
      // Answers with an error while it has not joined its group.
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8083/health'],
        http: { path: '/health', port: 8083 },
        startSeconds: 90,
      },
      resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'kafka', condition: 'healthy' }],
      stopGraceSeconds: 60,
    },
  ],
  requires: [{ anyOf: ['kafka'], because: 'it moves data of Kafka, and keeps its own state there' }],
  provides: [],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'its state is in topics of Kafka' },
});
