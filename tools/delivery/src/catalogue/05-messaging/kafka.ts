import { defineEntry } from '../catalogue-entry.ts';

export const kafka = defineEntry({
  name: 'kafka',
  title: 'Apache Kafka',
  doc: 'Broker in KRaft mode: every member is broker and controller. One member for development, three otherwise.',
  tier: '05',
  version: '4.3.1',
  license: 'Apache-2.0',
  website: 'https://kafka.apache.org',
  settings: {
    members: { type: 'integer', default: 3, minimum: 1, maximum: 3, doc: 'number of members; 1 or 3' },
    replication: {
      type: 'integer',
      default: 3,
      minimum: 1,
      maximum: 3,
      doc: 'copies of each partition; not more than members',
    },
    minimumInSync: { type: 'integer', default: 2, minimum: 1, maximum: 2, doc: 'copies that must confirm a message' },
    partitions: { type: 'integer', default: 6, minimum: 1, maximum: 200, doc: 'partitions of a new topic' },
    retentionHours: { type: 'integer', default: 168, minimum: 1, maximum: 8760, doc: 'hours that messages are kept' },
    storage: { type: 'string', default: '10Gi', doc: 'size of the data volume of each member' },
    heap: { type: 'string', default: '512m', doc: 'heap of the Java machine' },
  },
  secrets: [],
  containers: [
    {
      name: 'broker',
      image: 'apache/kafka:4.3.1',
      members: 'members',
      command: [
        '/bin/bash',
        '-c',
        [
          'set -eu',
          "voters=''",
          'number=1',
          "for host in $(echo '${members.broker}' | tr ',' ' '); do",
          '  voters="$voters,$number@$host:9093"',
          '  number=$((number + 1))',
          'done',
          'export KAFKA_CONTROLLER_QUORUM_VOTERS="$(echo "$voters" | cut -c 2-)"',
          // Fewer members than copies: then as many copies as members.
          'members=$((number - 1))',
          'replication=${settings.replication}; [ "$replication" -le "$members" ] || replication=$members',
          'inSync=${settings.minimumInSync}; [ "$inSync" -le "$replication" ] || inSync=$replication',
          'for name in DEFAULT OFFSETS_TOPIC TRANSACTION_STATE_LOG SHARE_COORDINATOR_STATE_TOPIC; do',
          '  export "KAFKA_$${name}_REPLICATION_FACTOR=$replication"',
          'done',
          'export KAFKA_MIN_INSYNC_REPLICAS=$inSync KAFKA_TRANSACTION_STATE_LOG_MIN_ISR=$inSync',
          'export KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR=$inSync',
          'exec /etc/kafka/docker/run',
        ].join('\n'),
      ],
      ports: [
        { name: 'kafka', port: 9092, protocol: 'tcp' },
        { name: 'controller', port: 9093, protocol: 'tcp' },
      ],
      variables: {
        CLUSTER_ID: '5L6g3nShT-eMCtK--X86sw',
        KAFKA_NODE_ID: '${ordinal}',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://${member}:9092',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        KAFKA_INTER_BROKER_LISTENER_NAME: 'PLAINTEXT',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LOG_DIRS: '/var/lib/kafka/data',
        KAFKA_NUM_PARTITIONS: '${settings.partitions}',
        KAFKA_LOG_RETENTION_HOURS: '${settings.retentionHours}',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
        KAFKA_HEAP_OPTS: '-Xms${settings.heap} -Xmx${settings.heap}',
      },
      volumes: [{ name: 'data', path: '/var/lib/kafka/data', size: '${settings.storage}' }],
      // Asks the member itself for the protocol versions: it answers when it is registered with the controllers.
      health: {
        check: ['/opt/kafka/bin/kafka-broker-api-versions.sh', '--bootstrap-server', '127.0.0.1:9092'],
        startSeconds: 60,
      },
      resources: { requests: { cpu: '250m', memory: '768Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      hardening: {
        user: 1000,
        group: 1000,
        readOnlyRoot: false,
        writableRootBecause:
          'the image writes its configuration from the environment to /opt/kafka/config at the start',
      },
      stopGraceSeconds: 60,
    },
  ],
  requires: [],
  provides: ['broker'],
  endpoint: { container: 'broker', port: 9092 },
  watch: { exporter: 'kafka-exporter', dashboard: 'resources' },
  kubernetes: {
    form: 'operator',
    operator: {
      name: 'strimzi',
      repository: 'oci://quay.io/strimzi-helm',
      chart: 'strimzi-kafka-operator',
      version: '1.2.0',
    },
    definitions: ['Kafka.kafka.strimzi.io/v1', 'KafkaNodePool.kafka.strimzi.io/v1', 'KafkaTopic.kafka.strimzi.io/v1'],
    resources: [
      {
        apiVersion: 'kafka.strimzi.io/v1',
        kind: 'KafkaNodePool',
        metadata: { name: '${name}-broker', labels: { 'strimzi.io/cluster': '${name}' } },
        spec: {
          replicas: '${settings.members}',
          roles: ['controller', 'broker'],
          storage: {
            type: 'jbod',
            volumes: [
              {
                id: 0,
                type: 'persistent-claim',
                size: '${settings.storage}',
                kraftMetadata: 'shared',
                deleteClaim: false,
              },
            ],
          },
          resources: { requests: { cpu: '250m', memory: '768Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          jvmOptions: { '-Xms': '${settings.heap}', '-Xmx': '${settings.heap}' },
        },
      },
      {
        apiVersion: 'kafka.strimzi.io/v1',
        kind: 'Kafka',
        metadata: { name: '${name}' },
        spec: {
          // No version: the operator's own default, because it carries the images of its operands itself.
          kafka: {
            listeners: [{ name: 'plain', port: 9092, type: 'internal', tls: false }],
            config: {
              'num.partitions': '${settings.partitions}',
              'log.retention.hours': '${settings.retentionHours}',
              'default.replication.factor': '${settings.replication}',
              'min.insync.replicas': '${settings.minimumInSync}',
              'offsets.topic.replication.factor': '${settings.replication}',
              'transaction.state.log.replication.factor': '${settings.replication}',
              'transaction.state.log.min.isr': '${settings.minimumInSync}',
              'auto.create.topics.enable': false,
            },
          },
          entityOperator: { topicOperator: {} },
        },
      },
    ],
    services: { broker: '${name}-kafka-bootstrap' },
  },
  backup: {
    method: 'none',
    because: 'messages are copies; each event is kept in the outbox of the service that sent it',
  },
});
