import { defineEntry } from '../catalogue-entry.ts';

export const listmonk = defineEntry({
  name: 'listmonk',
  title: 'Listmonk',
  doc: 'Newsletters and mailing lists.',
  tier: '13',
  profile: 'listmonk',
  version: '6.2.0',
  license: 'AGPL-3.0-only',
  website: 'https://listmonk.app',
  settings: {},
  secrets: [{ name: 'admin-password', doc: 'password of the first administrator, admin' }],
  database: { name: 'listmonk' },
  containers: [
    {
      name: '',
      image: 'listmonk/listmonk:v6.2.0',
      // Both steps before the start do nothing when there is nothing to do.
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'export LISTMONK_db__password="$(cat ${secret.database-password})"',
          'export LISTMONK_ADMIN_PASSWORD="$(cat ${secret.admin-password})"',
          'cd /listmonk',
          "./listmonk --install --idempotent --yes --config ''",
          "./listmonk --upgrade --yes --config ''",
          "exec ./listmonk --config ''",
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 9000, protocol: 'http' }],
      variables: {
        LISTMONK_app__address: '0.0.0.0:9000',
        LISTMONK_db__host: '${needs.database}',
        LISTMONK_db__port: '${needs.database.port}',
        LISTMONK_db__user: 'listmonk',
        LISTMONK_db__database: 'listmonk',
        LISTMONK_db__ssl_mode: 'disable',
        LISTMONK_ADMIN_USER: 'admin',
      },
      // Writable for every user in the image, whose mode a new volume takes over; the path is set on its settings page.
      volumes: [{ name: 'uploads', path: '/var/tmp', size: '2Gi' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:9000/health'],
        http: { path: '/health', port: 9000 },
        startSeconds: 30,
      },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      networks: ['front', 'back'],
      connections: 25,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'subscribers and campaigns are kept in PostgreSQL' }],
  provides: [],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'volume', schedule: '0 3 * * *', keepDays: 14, doc: 'pictures; the rest is in the database' },
  interfaces: [{ name: 'web', container: '', port: 9000, host: 'lists', ownSignIn: true }],
});
