import { defineEntry } from '../catalogue-entry.ts';

export const kafkaRest = defineEntry({
  name: 'kafka-rest',
  title: 'Karapace REST proxy',
  doc: 'Kafka over HTTP, for those that have no client of its protocol.',
  tier: '05',
  profile: 'kafka-tools',
  version: '6.2.1',
  license: 'Apache-2.0',
  website: 'https://www.karapace.io',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'ghcr.io/aiven-open/karapace:6.2.1',
      command: ['python3', '-m', 'karapace.kafka_rest_apis'],
      ports: [{ name: 'http', port: 8082, protocol: 'http' }],
      variables: {
        KARAPACE_KARAPACE_REGISTRY: 'false',
        KARAPACE_KARAPACE_REST: 'true',
        KARAPACE_ADVERTISED_HOSTNAME: '${name}',
        KARAPACE_ADVERTISED_PORT: '8082',
        KARAPACE_BOOTSTRAP_URI: '${needs.kafka}:${needs.kafka.port}',
        KARAPACE_HOST: '0.0.0.0',
        KARAPACE_PORT: '8082',
        KARAPACE_REGISTRY_HOST: '${needs.schema-registry}',
        KARAPACE_REGISTRY_PORT: '8081',
        KARAPACE_ADMIN_METADATA_MAX_AGE: '0',
      },
      // Listing topics asks the brokers.
      health: {
        check: [
          'python3',
          '-c',
          "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8082/topics', timeout=5)",
        ],
        http: { path: '/_health', port: 8082 },
        startSeconds: 60,
      },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '384Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [
        { container: 'kafka', condition: 'healthy' },
        { container: 'schema-registry', condition: 'healthy' },
      ],
    },
  ],
  requires: [
    { anyOf: ['kafka'], because: 'it speaks for Kafka' },
    { anyOf: ['schema-registry'], because: 'messages with schemas are checked there' },
  ],
  provides: [],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
