import { defineEntry } from '../catalogue-entry.ts';

const common = {
  EXECUTIONS_MODE: 'queue',
  DB_TYPE: 'postgresdb',
  DB_POSTGRESDB_HOST: '${needs.database}',
  DB_POSTGRESDB_PORT: '${needs.database.port}',
  DB_POSTGRESDB_DATABASE: 'n8n',
  DB_POSTGRESDB_USER: 'n8n',
  QUEUE_BULL_REDIS_HOST: '${needs.cache}',
  QUEUE_BULL_REDIS_PORT: '6379',
  QUEUE_BULL_REDIS_DB: '3',
  QUEUE_HEALTH_CHECK_ACTIVE: 'true',
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_USER_FOLDER: '/tmp',
  N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
  OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
} as const;

const secretFileVariables = {
  DB_POSTGRESDB_PASSWORD_FILE: 'database-password',
  N8N_ENCRYPTION_KEY_FILE: 'encryption-key',
  QUEUE_BULL_REDIS_PASSWORD_FILE: 'cache.password',
} as const;

// The image is Node.js; what else is in it changes.
const ask = (path: string) =>
  [
    'node',
    '-e',
    `fetch('http://127.0.0.1:5678${path}').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))`,
  ] as const;

export const n8n = defineEntry({
  name: 'n8n',
  title: 'n8n',
  doc: 'Workflows drawn on a page, in queue mode: one main process and workers. Its licence is source-available.',
  tier: '07',
  profile: 'n8n',
  version: '2.40.7',
  license: 'LicenseRef-n8n-Sustainable-Use-1.0',
  website: 'https://n8n.io',
  settings: {
    concurrency: { type: 'integer', default: 10, minimum: 1, maximum: 200, doc: 'executions of the worker at once' },
  },
  secrets: [{ name: 'encryption-key', doc: 'encrypts credentials in the database; main and worker must share it' }],
  database: { name: 'n8n' },
  containers: [
    {
      name: '',
      image: 'docker.n8n.io/n8nio/n8n:2.40.7',
      ports: [{ name: 'http', port: 5678, protocol: 'http' }],
      variables: {
        ...common,
        N8N_HOST: '${interfaces.web.host}',
        N8N_PROTOCOL: '${scheme}',
        N8N_PROXY_HOPS: '1',
        WEBHOOK_URL: '${interfaces.web.url}/',
        N8N_METRICS: 'true',
      },
      secretFileVariables,
      health: { check: ask('/healthz/readiness'), http: { path: '/healthz/readiness', port: 5678 }, startSeconds: 90 },
      resources: { requests: { cpu: '100m', memory: '320Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp', '/home/node'] },
      dependsOn: [
        { container: 'database', condition: 'healthy' },
        { container: 'cache', condition: 'healthy' },
      ],
      metrics: { path: '/metrics', port: 5678 },
      networks: ['front', 'back'],
      connections: 10,
    },
    {
      name: 'worker',
      title: 'Worker of n8n',
      image: 'docker.n8n.io/n8nio/n8n:2.40.7',
      arguments: ['worker', '--concurrency=${settings.concurrency}'],
      ports: [{ name: 'http', port: 5678, protocol: 'http' }],
      variables: { ...common, QUEUE_HEALTH_CHECK_PORT: '5678' },
      secretFileVariables,
      health: { check: ask('/healthz/readiness'), http: { path: '/healthz/readiness', port: 5678 }, startSeconds: 60 },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp', '/home/node'] },
      dependsOn: [
        { container: '', condition: 'healthy' },
        { container: 'database', condition: 'healthy' },
        { container: 'cache', condition: 'healthy' },
      ],
      networks: ['front', 'back'],
      connections: 10,
      stopGraceSeconds: 60,
    },
  ],
  requires: [
    { anyOf: ['database'], because: 'workflows and their runs are kept in PostgreSQL' },
    { anyOf: ['cache'], because: 'the queue between main process and workers is kept there' },
  ],
  provides: ['workflow'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'its state is in the database, which is backed up' },
  interfaces: [{ name: 'web', container: '', port: 5678, host: 'n8n', ownSignIn: true }],
});
