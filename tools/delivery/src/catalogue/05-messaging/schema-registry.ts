import { defineEntry } from '../catalogue-entry.ts';

export const schemaRegistry = defineEntry({
  name: 'schema-registry',
  title: 'Karapace schema registry',
  doc: 'Schemas of messages, with the interface of the Confluent registry under a free licence.',
  tier: '05',
  profile: 'kafka-tools',
  version: '6.2.1',
  license: 'Apache-2.0',
  website: 'https://www.karapace.io',
  settings: {
    compatibility: {
      type: 'enum',
      values: ['BACKWARD', 'BACKWARD_TRANSITIVE', 'FORWARD', 'FORWARD_TRANSITIVE', 'FULL', 'FULL_TRANSITIVE', 'NONE'],
      default: 'BACKWARD',
      doc: 'what a new version of a schema may change',
    },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'ghcr.io/aiven-open/karapace:6.2.1',
      command: ['python3', '-m', 'karapace'],
      ports: [{ name: 'http', port: 8081, protocol: 'http' }],
      variables: {
        KARAPACE_KARAPACE_REGISTRY: 'true',
        KARAPACE_KARAPACE_REST: 'false',
        KARAPACE_ADVERTISED_HOSTNAME: '${name}',
        KARAPACE_ADVERTISED_PORT: '8081',
        KARAPACE_BOOTSTRAP_URI: '${needs.kafka}:${needs.kafka.port}',
        KARAPACE_HOST: '0.0.0.0',
        KARAPACE_PORT: '8081',
        KARAPACE_CLIENT_ID: '${name}',
        KARAPACE_GROUP_ID: '${name}',
        KARAPACE_MASTER_ELIGIBILITY: 'true',
        KARAPACE_TOPIC_NAME: '_schemas',
        KARAPACE_COMPATIBILITY: '${settings.compatibility}',
      },
      // The image has Python and no HTTP client.
      health: {
        check: [
          'python3',
          '-c',
          "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8081/_health', timeout=5)",
        ],
        http: { path: '/_health', port: 8081 },
        startSeconds: 60,
      },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '384Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'kafka', condition: 'healthy' }],
      metrics: { path: '/metrics', port: 8081 },
    },
  ],
  requires: [{ anyOf: ['kafka'], because: 'schemas are kept in a topic' }],
  provides: ['schema-registry'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: {
    method: 'native',
    schedule: '0 2 * * *',
    keepDays: 30,
    doc: 'karapace_schema_backup of the topic _schemas',
  },
});
