import { defineEntry } from '../catalogue-entry.ts';

export const glitchtip = defineEntry({
  name: 'glitchtip',
  title: 'GlitchTip',
  doc: 'Collects errors of servers and browsers by the protocol of Sentry; web, worker and schema in one process.',
  tier: '06',
  profile: 'errors',
  version: '6.2.6',
  license: 'MIT',
  website: 'https://glitchtip.com',
  settings: {
    retentionDays: { type: 'integer', default: 30, minimum: 1, maximum: 365, doc: 'days that errors are kept' },
  },
  secrets: [{ name: 'session-key', doc: 'signs sessions' }],
  database: { name: 'glitchtip' },
  containers: [
    {
      name: '',
      image: 'glitchtip/glitchtip:6.2.6',
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'export SECRET_KEY="$(cat ${secret.session-key})"',
          'export DATABASE_URL="postgres://glitchtip:$(cat ${secret.database-password})@${needs.database}:${needs.database.port}/glitchtip"',
          'exec ./bin/start.sh',
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 8000, protocol: 'http' }],
      variables: {
        PORT: '8000',
        SERVER_ROLE: 'all_in_one',
        // Queue and cache are in PostgreSQL.
        VALKEY_URL: '',
        GLITCHTIP_DOMAIN: '${interfaces.web.url}',
        DEFAULT_FROM_EMAIL: 'errors@${domain}',
        GLITCHTIP_MAX_EVENT_LIFE_DAYS: '${settings.retentionDays}',
        ENABLE_USER_REGISTRATION: 'False',
        ENABLE_ADMIN: 'False',
        ENABLE_OPENAPI: 'False',
      },
      volumes: [{ name: 'uploads', path: '/code/uploads', size: '2Gi' }],
      // The image's own script asks the server; there is no HTTP client beside Python.
      health: { check: ['python', 'healthcheck.py'], http: { path: '/_health/', port: 8000 }, startSeconds: 90 },
      resources: { requests: { cpu: '100m', memory: '320Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 5000, group: 5000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      networks: ['front', 'back'],
      connections: 20,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'errors are kept in PostgreSQL' }],
  provides: ['errors'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'errors are in the database, which is backed up' },
  interfaces: [{ name: 'web', container: '', port: 8000, host: 'errors', ownSignIn: true }],
});
