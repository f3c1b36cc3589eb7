import { defineEntry } from '../catalogue-entry.ts';

export const redisinsight = defineEntry({
  name: 'redisinsight',
  title: 'Redis Insight',
  doc: 'Pages that show what Valkey or Redis holds. Its licence is source-available.',
  tier: '04',
  profile: 'redisinsight',
  version: '3.2.0',
  license: 'SSPL-1.0',
  website: 'https://redis.io/insight/',
  settings: {},
  secrets: [{ name: 'encryption-key', doc: 'encrypts the passwords that staff enter' }],
  containers: [
    {
      name: '',
      image: 'redis/redisinsight:3.2.0',
      command: [
        '/bin/sh',
        '-c',
        [
          'export RI_ENCRYPTION_KEY="$(cat ${secret.encryption-key})"',
          'export RI_REDIS_PASSWORD="$(cat ${secret.cache.password})"',
          'cd /usr/src/app && exec ./docker-entry.sh node redisinsight/api/dist/src/main',
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 5540, protocol: 'http' }],
      variables: {
        RI_APP_PORT: '5540',
        RI_REDIS_HOST: '${needs.cache}',
        RI_REDIS_PORT: '6379',
        RI_REDIS_ALIAS: '${platform}',
      },
      volumes: [{ name: 'data', path: '/data', size: '256Mi' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:5540/api/health'],
        http: { path: '/api/health', port: 5540 },
        startSeconds: 30,
      },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '384Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'cache', condition: 'healthy' }],
    },
  ],
  requires: [{ anyOf: ['cache', 'cache-cluster'], because: 'it shows Valkey or Redis' }],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing that matters' },
  interfaces: [{ name: 'web', container: '', port: 5540, host: 'redis', ownSignIn: false }],
});
