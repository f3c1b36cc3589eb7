import { defineEntry } from '../catalogue-entry.ts';

export const valkeyCluster = defineEntry({
  name: 'valkey-cluster',
  title: 'Valkey cluster',
  doc: 'Six Valkey nodes, three masters with a replica each; a job joins them, and joins them again after addresses changed.',
  tier: '04',
  profile: 'valkey-cluster',
  version: '9.1.1',
  license: 'BSD-3-Clause',
  website: 'https://valkey.io',
  settings: {
    maxMemory: { type: 'string', default: '192mb', doc: 'memory for data of each node' },
    storage: { type: 'string', default: '1Gi', doc: 'size of the data volume of each node' },
  },
  secrets: [{ name: 'password', doc: 'password of the default user' }],
  containers: [
    {
      name: 'node',
      image: 'valkey/valkey:9.1.1-alpine',
      members: 6,
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'umask 077',
          'password="$(cat ${secret.password})"',
          'printf "requirepass %s\\nprimaryauth %s\\n" "$password" "$password" > /tmp/secret.conf',
          'exec valkey-server /tmp/secret.conf --dir /data --appendonly yes --maxmemory ${settings.maxMemory}' +
            ' --cluster-enabled yes --cluster-config-file /data/nodes.conf --cluster-node-timeout 5000' +
            ' --cluster-announce-hostname ${member} --cluster-preferred-endpoint-type hostname',
        ].join('\n'),
      ],
      ports: [
        { name: 'redis', port: 6379, protocol: 'tcp' },
        { name: 'bus', port: 16379, protocol: 'tcp' },
      ],
      volumes: [{ name: 'data', path: '/data', size: '${settings.storage}' }],
      // Not the state of the cluster: nodes must be up before the job can join them.
      health: {
        check: ['/bin/sh', '-c', 'REDISCLI_AUTH="$(cat ${secret.password})" valkey-cli ping | grep -q PONG'],
        startSeconds: 10,
      },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
      hardening: { user: 999, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    },
    {
      name: 'init',
      title: 'Joins the nodes',
      image: 'valkey/valkey:9.1.1-alpine',
      // Valkey joins by address only, so names are resolved here. A cluster that exists is told its new addresses.
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'export REDISCLI_AUTH="$(cat ${secret.password})"',
          'nodes=""',
          "for host in $(echo '${members.node}' | tr ',' ' '); do",
          '  address="$(getent hosts "$host" | cut -d " " -f 1)"',
          '  nodes="$nodes $address:6379"',
          'done',
          'first="$(echo $nodes | cut -d : -f 1)"',
          'ask() { valkey-cli -h "$first" "$@" | tr -d "\\r"; }',
          'count=$(echo $nodes | wc -w)',
          'if ask cluster info | grep -q "cluster_slots_assigned:0$"; then',
          '  valkey-cli --cluster create $nodes --cluster-replicas 1 --cluster-yes',
          'else',
          '  for node in $nodes; do ask cluster meet "$(echo "$node" | cut -d : -f 1)" 6379 > /dev/null; done',
          'fi',
          // The state alone may be an old one: every node must be connected, too.
          'for attempt in $(seq 30); do',
          '  sleep 2',
          '  connected=$(ask cluster nodes | grep -v -e fail -e handshake | grep -c " connected")',
          '  if ask cluster info | grep -q "cluster_state:ok" && [ "$connected" = "$count" ]; then exit 0; fi',
          'done',
          'echo "the cluster is not well after 60 s" >&2',
          'exit 1',
        ].join('\n'),
      ],
      ports: [],
      health: 'runs-once',
      resources: { requests: { cpu: '25m', memory: '16Mi' }, limits: { cpu: '250m', memory: '64Mi' } },
      hardening: { user: 999, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'node', condition: 'healthy' }],
    },
  ],
  requires: [],
  // Not `cache`: a client must speak the protocol of clusters.
  provides: ['cache-cluster'],
  endpoint: { container: 'node', port: 6379 },
  watch: { exporter: 'redis-exporter', dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'valkey-snapshot', schedule: '30 3 * * *', keepDays: 14, doc: 'snapshot of each master' },
});
