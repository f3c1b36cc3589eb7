import { defineEntry } from '../catalogue-entry.ts';

export const ksqldb = defineEntry({
  name: 'ksqldb',
  title: 'ksqlDB',
  doc: 'Queries over streams of Kafka in SQL. Its licence is source-available.',
  tier: '05',
  profile: 'ksql',
  version: '8.3.1',
  license: 'LicenseRef-Confluent-Community-1.0',
  website: 'https://ksqldb.io',
  settings: {
    replication: {
      type: 'integer',
      default: 3,
      minimum: 1,
      maximum: 3,
      doc: 'copies of its own topics; not more than brokers',
    },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'confluentinc/cp-ksqldb-server:8.3.1',
      ports: [{ name: 'http', port: 8088, protocol: 'http' }],
      variables: {
        KSQL_LISTENERS: 'http://0.0.0.0:8088',
        KSQL_BOOTSTRAP_SERVERS: '${needs.kafka}:${needs.kafka.port}',
        KSQL_KSQL_SERVICE_ID: '${name}_',
        KSQL_KSQL_SCHEMA_REGISTRY_URL: 'http://${needs.schema-registry}:8081',
        KSQL_KSQL_INTERNAL_TOPIC_REPLICAS: '${settings.replication}',
        KSQL_KSQL_LOGGING_PROCESSING_TOPIC_REPLICATION_FACTOR: '${settings.replication}',
        KSQL_KSQL_STREAMS_STATE_DIR: '/tmp/state',
        KSQL_HEAP_OPTS: '-Xmx512m',
      },
      // The image has bash and curl; the answer tells whether Kafka and its own topic can be reached.
      health: {
        check: [
          '/bin/bash',
          '-c',
          'curl --fail --silent http://127.0.0.1:8088/healthcheck | grep -q \'"isHealthy":true\'',
        ],
        http: { path: '/healthcheck', port: 8088 },
        startSeconds: 120,
      },
      resources: { requests: { cpu: '200m', memory: '640Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      hardening: {
        user: 1000,
        group: 1000,
        readOnlyRoot: false,
        writableRootBecause: 'its entry script writes the configuration to /etc/ksqldb-server',
      },
      dependsOn: [
        { container: 'kafka', condition: 'healthy' },
        { container: 'schema-registry', condition: 'healthy' },
      ],
    },
  ],
  requires: [
    { anyOf: ['kafka'], because: 'it queries streams of Kafka' },
    { anyOf: ['schema-registry'], because: 'schemas of messages are looked up there' },
  ],
  provides: [],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'its state is in topics of Kafka' },
});
