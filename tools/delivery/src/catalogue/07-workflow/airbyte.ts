import { defineEntry } from '../catalogue-entry.ts';

const settingsObject = '${name}-settings';
const size = (cpu: string, memory: string, most: string) =>
  ({ resources: { requests: { cpu, memory }, limits: { cpu: '1', memory: most } } }) as const;

export const airbyte = defineEntry({
  name: 'airbyte',
  title: 'Airbyte',
  doc:
    'Copies data between databases and services, each copy in a pod of its own, so that it runs on Kubernetes alone. ' +
    'Its service account may read every secret of the namespace. Staff reach it by `kubectl port-forward`.',
  tier: '07',
  profile: 'airbyte',
  version: '2.3.0',
  license: 'Elastic-2.0',
  website: 'https://airbyte.com',
  settings: {
    bucket: { type: 'string', default: 'airbyte', doc: 'bucket of the object store, made with it' },
    jobCpu: { type: 'string', default: '1', doc: 'CPU of a copy at most' },
    jobMemory: { type: 'string', default: '2Gi', doc: 'memory of a copy at most' },
  },
  secrets: [
    { name: 'admin-password', doc: 'password of the only user' },
    { name: 'session-key', doc: 'signs sessions and tokens between its processes' },
  ],
  // The orchestrator that it brings would make its two databases itself, with a right that no role here has.
  database: { name: 'airbyte', also: ['temporal', 'temporal_visibility'] },
  containers: [],
  bucket: 'bucket',
  requires: [
    { anyOf: ['database'], because: 'connections and their runs are kept in PostgreSQL' },
    { anyOf: ['object-store'], because: 'logs and states of copies are kept in a bucket' },
  ],
  provides: ['data-integration'],
  endpoint: { container: '', port: 8001 },
  watch: { dashboard: 'resources' },
  kubernetes: {
    form: 'chart',
    repository: 'https://airbytehq.github.io/charts',
    chart: 'airbyte',
    version: '2.3.0',
    values: {
      global: {
        airbyteUrl: '${scheme}://airbyte.${domain}',
        auth: { enabled: true, secretName: settingsObject },
        database: {
          // With `external` its orchestrator insists on TLS; the server of its own is turned off below.
          type: 'internal',
          secretName: settingsObject,
          host: '${needs.database}',
          port: '${needs.database.port}',
          name: 'airbyte',
          userSecretKey: 'DATABASE_USER',
          passwordSecretKey: 'DATABASE_PASSWORD',
          replica: { userSecretKey: 'DATABASE_USER', passwordSecretKey: 'DATABASE_PASSWORD' },
        },
        storage: {
          type: 'minio',
          secretName: settingsObject,
          minio: {
            endpoint: 'http://${needs.object-store}:${needs.object-store.port}',
            accessKeyIdSecretKey: 'AWS_ACCESS_KEY_ID',
            secretAccessKeySecretKey: 'AWS_SECRET_ACCESS_KEY',
          },
          bucket: {
            log: '${settings.bucket}',
            auditLogging: '${settings.bucket}',
            state: '${settings.bucket}',
            workloadOutput: '${settings.bucket}',
            activityPayload: '${settings.bucket}',
          },
        },
        tracking: { enabled: false, strategy: 'logging' },
        workloads: {
          resources: {
            mainContainer: {
              cpu: { request: '250m', limit: '${settings.jobCpu}' },
              memory: { request: '512Mi', limit: '${settings.jobMemory}' },
            },
          },
        },
      },
      postgresql: { enabled: false },
      minio: { enabled: false },
      airbyteBootloader: size('100m', '256Mi', '1Gi'),
      server: size('250m', '768Mi', '2Gi'),
      worker: size('250m', '512Mi', '1536Mi'),
      workloadLauncher: size('100m', '384Mi', '1Gi'),
      workloadApiServer: size('100m', '384Mi', '1Gi'),
      cron: size('50m', '384Mi', '1Gi'),
      connectorBuilderServer: size('50m', '256Mi', '1Gi'),
      temporal: {
        ...size('100m', '256Mi', '768Mi'),
        extraEnv: [{ name: 'SKIP_DB_CREATE', value: 'true' }],
      },
    },
    services: { '': '${name}-airbyte-server-svc' },
    secretObjects: {
      [settingsObject]: {
        DATABASE_USER: { text: 'airbyte' },
        DATABASE_PASSWORD: { secret: 'database-password' },
        AWS_ACCESS_KEY_ID: { secret: 'object-store.access-key' },
        AWS_SECRET_ACCESS_KEY: { secret: 'object-store.secret-key' },
        AB_INSTANCE_ADMIN_PASSWORD: { secret: 'admin-password' },
        AB_JWT_SIGNATURE_SECRET: { secret: 'session-key' },
        // Made at the first start when they are empty.
        AB_INSTANCE_ADMIN_CLIENT_ID: { text: '' },
        AB_INSTANCE_ADMIN_CLIENT_SECRET: { text: '' },
      },
    },
  },
  backup: { method: 'none', because: 'its state is in the database and in the object store, which are backed up' },
});
