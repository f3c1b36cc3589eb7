import { defineEntry } from '../catalogue-entry.ts';

export const valkey = defineEntry({
  name: 'valkey',
  title: 'Valkey',
  doc: 'In-memory store for sessions, counters and queues; the free successor of Redis.',
  tier: '04',
  version: '9.1.1',
  license: 'BSD-3-Clause',
  website: 'https://valkey.io',
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
      image: 'valkey/valkey:9.1.1-alpine',
      // The password goes into a file in memory: an argument could be read in the list of processes.
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'umask 077',
          'printf "requirepass %s\\n" "$(cat ${secret.password})" > /tmp/secret.conf',
          'exec valkey-server /tmp/secret.conf --dir /data --appendonly ${settings.persistence} --maxmemory ${settings.maxMemory} --maxmemory-policy ${settings.eviction}',
        ].join('\n'),
      ],
      ports: [{ name: 'redis', port: 6379, protocol: 'tcp' }],
      volumes: [{ name: 'data', path: '/data', size: '${settings.storage}' }],
      health: {
        check: ['/bin/sh', '-c', 'REDISCLI_AUTH="$(cat ${secret.password})" valkey-cli ping | grep -q PONG'],
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
