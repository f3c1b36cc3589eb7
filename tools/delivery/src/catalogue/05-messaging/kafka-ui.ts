import { defineEntry } from '../catalogue-entry.ts';

export const kafkaUi = defineEntry({
  name: 'kafka-ui',
  title: 'Kafbat UI',
  doc: 'Pages that show topics, messages and consumer groups of Kafka.',
  tier: '05',
  profile: 'kafka-tools',
  version: '1.5.0',
  license: 'Apache-2.0',
  website: 'https://ui.docs.kafbat.io',
  settings: {
    readOnly: { type: 'boolean', default: true, doc: 'whether nothing can be changed there' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'ghcr.io/kafbat/kafka-ui:v1.5.0',
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables: {
        KAFKA_CLUSTERS_0_NAME: '${platform}',
        KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS: '${needs.kafka}:${needs.kafka.port}',
        KAFKA_CLUSTERS_0_READONLY: '${settings.readOnly}',
        JAVA_OPTS: '-Xmx256m',
      },
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8080/actuator/health'],
        http: { path: '/actuator/health', port: 8080 },
        startSeconds: 90,
      },
      resources: { requests: { cpu: '50m', memory: '320Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'kafka', condition: 'healthy' }],
    },
  ],
  requires: [{ anyOf: ['kafka'], because: 'it shows Kafka' }],
  provides: [],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
  interfaces: [{ name: 'web', container: '', port: 8080, host: 'kafka', ownSignIn: false }],
});
