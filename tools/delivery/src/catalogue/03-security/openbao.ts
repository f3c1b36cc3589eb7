import { defineEntry } from '../catalogue-entry.ts';

export const openbao = defineEntry({
  name: 'openbao',
  title: 'OpenBao',
  doc: 'Secret store with Raft storage, the free successor of Vault. It starts sealed: staff initialise and unseal it.',
  tier: '03',
  profile: 'vault',
  version: '2.6.2',
  license: 'MPL-2.0',
  website: 'https://openbao.org',
  settings: {
    members: { type: 'integer', default: 1, minimum: 1, maximum: 5, doc: 'members of the Raft group; an odd number' },
    storage: { type: 'string', default: '2Gi', doc: 'size of the data volume of each member' },
  },
  secrets: [],
  containers: [
    {
      name: 'node',
      image: 'quay.io/openbao/openbao:2.6.2',
      members: 'members',
      // Every member but the first asks the first to join.
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'sed "s/MEMBER/${member}/g" /etc/openbao/openbao.hcl > /tmp/openbao.hcl',
          'exec bao server -config=/tmp/openbao.hcl',
        ].join('\n'),
      ],
      ports: [
        { name: 'http', port: 8200, protocol: 'http' },
        { name: 'raft', port: 8201, protocol: 'tcp' },
      ],
      variables: { BAO_ADDR: 'http://127.0.0.1:8200' },
      files: [
        {
          path: '/etc/openbao/openbao.hcl',
          content: [
            'ui = true',
            'api_addr = "http://MEMBER:8200"',
            'cluster_addr = "https://MEMBER:8201"',
            'storage "raft" {',
            '  path = "/openbao/file"',
            '  node_id = "MEMBER"',
            '  retry_join {',
            '    leader_api_addr = "http://${name}-node-1:8200"',
            '  }',
            '}',
            // TLS ends at the edge; members talk on a network of their own.
            'listener "tcp" {',
            '  address = "0.0.0.0:8200"',
            '  cluster_address = "0.0.0.0:8201"',
            '  tls_disable = true',
            '  telemetry {',
            '    unauthenticated_metrics_access = true',
            '  }',
            '}',
            'telemetry {',
            '  prometheus_retention_time = "30s"',
            '  disable_hostname = true',
            '}',
            '',
          ].join('\n'),
        },
      ],
      volumes: [{ name: 'data', path: '/openbao/file', size: '${settings.storage}' }],
      // 2 means sealed: the server is well and waits for its keys, which a restart would not bring.
      health: {
        check: ['/bin/sh', '-c', 'bao status > /dev/null; code=$?; [ $code -eq 0 ] || [ $code -eq 2 ]'],
        http: { path: '/v1/sys/health?standbyok=true&sealedcode=200&uninitcode=200', port: 8200 },
        startSeconds: 20,
      },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '384Mi' } },
      hardening: { user: 100, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/v1/sys/metrics?format=prometheus', port: 8200 },
      stopGraceSeconds: 30,
    },
  ],
  requires: [],
  provides: ['secret-store'],
  endpoint: { container: 'node', port: 8200 },
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'native', schedule: '0 2 * * *', keepDays: 30, doc: 'bao operator raft snapshot save' },
  interface: { container: 'node', port: 8200, host: 'vault', ownSignIn: true },
});
