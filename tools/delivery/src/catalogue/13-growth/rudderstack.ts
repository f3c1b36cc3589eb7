import { defineEntry } from '../catalogue-entry.ts';

export const rudderstack = defineEntry({
  name: 'rudderstack',
  title: 'RudderStack',
  doc:
    'Takes events of pages, applications and servers, and passes them on. Where from and where to is in a file, so that ' +
    'it asks nobody outside; it has no pages of its own.',
  tier: '13',
  profile: 'rudderstack',
  version: '1.86.0',
  license: 'Elastic-2.0',
  website: 'https://www.rudderstack.com',
  settings: {
    poolSize: { type: 'integer', default: 25, minimum: 10, maximum: 80, doc: 'connections for events at most' },
  },
  secrets: [
    {
      name: 'workspace',
      doc: 'sources, destinations and their credentials: the JSON file that its documentation calls workspaceConfig.json',
      source: 'provided',
    },
  ],
  database: { name: 'rudderstack' },
  containers: [
    {
      name: '',
      image: 'rudderlabs/rudder-server:1.86.0',
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'export JOBS_DB_PASSWORD="$(cat ${secret.database-password})"',
          'exec /docker-entrypoint.sh /rudder-server',
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables: {
        GO_ENV: 'production',
        LOG_LEVEL: 'INFO',
        INSTANCE_ID: '1',
        RUDDER_TMPDIR: '/tmp',
        JOBS_DB_HOST: '${needs.database}',
        JOBS_DB_PORT: '${needs.database.port}',
        JOBS_DB_USER: 'rudderstack',
        JOBS_DB_DB_NAME: 'rudderstack',
        JOBS_DB_SSL_MODE: 'disable',
        DEST_TRANSFORM_URL: 'http://${name}-transformer:9090',
        RSERVER_BACKEND_CONFIG_CONFIG_FROM_FILE: 'true',
        RSERVER_BACKEND_CONFIG_CONFIG_JSONPATH: '${secret.workspace}',
        RSERVER_DB_EMBEDDED_POOL_MAX_OPEN_CONNECTIONS: '${settings.poolSize}',
        RSERVER_ENABLE_STATS: 'false',
      },
      // Answers without its database too, and says so.
      health: {
        check: ['/bin/sh', '-c', 'curl --fail --silent http://127.0.0.1:8080/health | grep -q \'"db":"UP"\''],
        http: { path: '/health', port: 8080 },
        startSeconds: 90,
      },
      resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '2', memory: '2Gi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [
        { container: 'database', condition: 'healthy' },
        { container: 'transformer', condition: 'healthy' },
      ],
      networks: ['front', 'back'],
      // Beside the pool for events, 20 for warehouses.
      connections: 45,
      stopGraceSeconds: 60,
    },
    {
      name: 'transformer',
      title: 'Transformer of RudderStack',
      image: 'rudderstack/rudder-transformer:1.148.0',
      ports: [{ name: 'http', port: 9090, protocol: 'http' }],
      variables: { HOME: '/tmp', NPM_CONFIG_CACHE: '/tmp/npm', NPM_CONFIG_UPDATE_NOTIFIER: 'false' },
      health: {
        check: ['wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:9090/health'],
        http: { path: '/health', port: 9090 },
        startSeconds: 90,
      },
      resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '1', memory: '1536Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      // Some destinations are called from here.
      networks: ['front', 'back'],
    },
  ],
  requires: [{ anyOf: ['database'], because: 'events wait there until they are delivered' }],
  provides: ['event-collection'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'events wait in the database, which is backed up' },
  interfaces: [{ name: 'web', container: '', port: 8080, host: 'events', ownSignIn: true }],
});
