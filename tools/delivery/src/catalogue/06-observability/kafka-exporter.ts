import { defineEntry } from '../catalogue-entry.ts';

export const kafkaExporter = defineEntry({
  name: 'kafka-exporter',
  title: 'Kafka exporter',
  doc: 'Topics, offsets and the lag of consumer groups as metrics.',
  tier: '06',
  profile: 'kafka',
  version: '1.9.0',
  license: 'Apache-2.0',
  website: 'https://github.com/danielqsj/kafka_exporter',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'danielqsj/kafka-exporter:v1.9.0',
      arguments: ['--kafka.server=${needs.kafka}:${needs.kafka.port}'],
      ports: [{ name: 'http', port: 9308, protocol: 'http' }],
      // Well means that it knows the brokers, not only that it runs.
      health: {
        check: ['/bin/sh', '-c', "wget -q -O - http://127.0.0.1:9308/metrics | grep -q '^kafka_brokers [1-9]'"],
        startSeconds: 20,
      },
      resources: { requests: { cpu: '20m', memory: '24Mi' }, limits: { cpu: '250m', memory: '96Mi' } },
      hardening: { user: 65534, group: 65534, readOnlyRoot: true },
      dependsOn: [{ container: 'kafka', condition: 'healthy' }],
      metrics: { path: '/metrics', port: 9308 },
    },
  ],
  requires: [{ anyOf: ['kafka'], because: 'it watches Kafka' }],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
