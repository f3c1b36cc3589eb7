import { defineEntry } from '../catalogue-entry.ts';

export const redisExporter = defineEntry({
  name: 'redis-exporter',
  title: 'Redis exporter',
  doc: 'Memory, clients and commands of Valkey or Redis as metrics.',
  tier: '06',
  version: '1.89.0',
  license: 'MIT',
  website: 'https://github.com/oliver006/redis_exporter',
  settings: {
    cluster: { type: 'boolean', default: false, doc: 'whether it watches a cluster' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'oliver006/redis_exporter:v1.89.0-alpine',
      command: ['/bin/sh', '-c', 'export REDIS_PASSWORD="$(cat ${secret.cache.password})"; exec /redis_exporter'],
      ports: [{ name: 'http', port: 9121, protocol: 'http' }],
      variables: {
        REDIS_ADDR: 'redis://${needs.cache}:6379',
        REDIS_EXPORTER_IS_CLUSTER: '${settings.cluster}',
      },
      // Well means that the server answers it, not only that it runs.
      health: {
        check: ['/bin/sh', '-c', "wget -q -O - http://127.0.0.1:9121/metrics | grep -q '^redis_up 1'"],
        startSeconds: 10,
      },
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
      hardening: { user: 59000, group: 59000, readOnlyRoot: true },
      dependsOn: [{ container: 'cache', condition: 'healthy' }],
      metrics: { path: '/metrics', port: 9121 },
    },
  ],
  requires: [{ anyOf: ['cache', 'cache-cluster'], because: 'it watches Valkey or Redis' }],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
