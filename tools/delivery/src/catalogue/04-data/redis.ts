import { defineEntry } from '../catalogue-entry.ts';

export const redis = defineEntry({
  name: 'redis',
  title: 'Redis',
  doc: 'In-memory store. Its licences are a choice of AGPL and two source-available ones; Valkey is the free alternative.',
  tier: '04',
  version: '8.4.2',
  license: 'AGPL-3.0-only OR SSPL-1.0 OR LicenseRef-RSALv2',
  website: 'https://redis.io',
  settings: {
    maxMemory: { type: 'string', default: '192mb', doc: 'memory for data; the limit of the container must be larger' },
    eviction: {
      type: 'enum',
      values: ['noeviction', 'allkeys-lru', 'allkeys-lfu', 'volatile-lru', 'volatile-ttl'],
      default: 'noeviction',
      doc: 'what is dropped when memory is full; rate limits and sessions must not vanish silently',
    },
    persistence: { type: 'enum', values: ['yes', 'no'], default: 'yes', doc: 'whether changes are appended to a file' },
    storage: { type: 'string', default: '2Gi', doc: 'size of the data volume' },
  },
  secrets: [{ name: 'password', doc: 'password of the default user' }],
  containers: [
    {
      name: '',
      image: 'redis:8.4.2-alpine',
      // The password goes into a file in memory: an argument could be read in the list of processes.
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'umask 077',
          'printf "requirepass %s\\n" "$(cat ${secret.password})" > /tmp/secret.conf',
          'exec redis-server /tmp/secret.conf --dir /data --appendonly ${settings.persistence} --maxmemory ${settings.maxMemory} --maxmemory-policy ${settings.eviction}',
        ].join('\n'),
      ],
      ports: [{ name: 'redis', port: 6379, protocol: 'tcp' }],
      volumes: [{ name: 'data', path: '/data', size: '${settings.storage}' }],
      health: {
        check: ['/bin/sh', '-c', 'REDISCLI_AUTH="$(cat ${secret.password})" redis-cli ping | grep -q PONG'],
        startSeconds: 10,
      },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
      hardening: { user: 999, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      stopGraceSeconds: 30,
    },
  ],
  requires: [],
  provides: ['cache', 'redis'],
  watch: { exporter: 'redis-exporter', dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'valkey-snapshot', schedule: '30 3 * * *', keepDays: 14 },
});
