import { defineEntry } from '../catalogue-entry.ts';

const settingsObject = '${name}-settings';
const credentialsObject = '${name}-registry-credentials';
const storageObject = '${name}-storage';
const size = (cpu: string, memory: string, most: string) =>
  ({ resources: { requests: { cpu, memory }, limits: { cpu: '1', memory: most } } }) as const;

export const harbor = defineEntry({
  name: 'harbor',
  title: 'Harbor',
  doc:
    'Registry of images and charts with projects, users, scans and replication. Its processes read configuration that ' +
    'the installer of each release writes, so that it runs on Kubernetes alone, by the chart of the project; on one ' +
    'machine `registry` keeps images.',
  tier: '09',
  profile: 'harbor',
  version: '2.15.1',
  license: 'Apache-2.0',
  website: 'https://goharbor.io',
  settings: {
    bucket: { type: 'string', default: 'harbor', doc: 'bucket of the object store, made with it' },
    scanner: {
      type: 'boolean',
      default: true,
      doc: 'Trivy, which fetches its list of vulnerabilities from the internet',
    },
    connections: {
      type: 'integer',
      default: 30,
      minimum: 10,
      maximum: 500,
      doc: 'connections of a pod to the database',
    },
  },
  secrets: [
    { name: 'admin-password', doc: 'password of the administrator, admin' },
    { name: 'encryption-key', doc: 'encrypts credentials in the database', form: { characters: 16 } },
    { name: 'token-key', doc: 'signs the tokens with which images are pushed and pulled', form: 'rsa-key' },
    { name: 'core-key', doc: 'others know the core by it', form: { characters: 16 } },
    { name: 'jobs-key', doc: 'others know the job service by it', form: { characters: 16 } },
    { name: 'upload-key', doc: 'signs the state of uploads', form: { characters: 16 } },
    { name: 'forgery-key', doc: 'guards forms against requests of other sites', form: { characters: 32 } },
    { name: 'registry-password', doc: 'password with which the core signs in to the registry' },
    {
      name: 'registry-htpasswd',
      doc: 'its bcrypt hash: htpasswd -niB harbor_registry_user < harbor-registry-password',
      source: 'provided',
    },
  ],
  database: { name: 'harbor' },
  containers: [],
  bucket: 'bucket',
  requires: [
    { anyOf: ['database'], because: 'projects, users and logs of jobs are kept in PostgreSQL' },
    { anyOf: ['cache'], because: 'sessions and queues of jobs are kept there' },
    { anyOf: ['object-store'], because: 'images are kept in a bucket' },
  ],
  provides: ['image-registry'],
  endpoint: { container: '', port: 80 },
  watch: { dashboard: 'resources' },
  kubernetes: {
    form: 'chart',
    repository: 'https://helm.goharbor.io',
    chart: 'harbor',
    version: '1.19.1',
    values: {
      fullnameOverride: '${name}',
      externalURL: '${interfaces.web.url}',
      // A way in of its own, with several paths; the certificate is made by the platform's issuer.
      expose: {
        type: 'ingress',
        tls: { enabled: '${cluster.https}', certSource: 'secret', secret: { secretName: '${name}-tls' } },
        ingress: {
          hosts: { core: '${interfaces.web.host}' },
          className: '${cluster.ingressClass}',
          annotations: { 'cert-manager.io/issuer': 'platform' },
        },
      },
      existingSecretAdminPassword: settingsObject,
      existingSecretSecretKey: settingsObject,
      database: {
        type: 'external',
        external: {
          host: '${needs.database}',
          port: '${needs.database.port}',
          username: 'harbor',
          coreDatabase: 'harbor',
          existingSecret: settingsObject,
          sslmode: 'disable',
        },
        maxIdleConns: 5,
        maxOpenConns: '${settings.connections}',
      },
      redis: {
        type: 'external',
        external: {
          addr: '${needs.cache}:${needs.cache.port}',
          existingSecret: settingsObject,
          // The first must be 0; the others are nobody else's.
          coreDatabaseIndex: '0',
          jobserviceDatabaseIndex: '11',
          registryDatabaseIndex: '12',
          trivyAdapterIndex: '13',
        },
      },
      persistence: {
        resourcePolicy: 'keep',
        imageChartStorage: {
          type: 's3',
          // Clients outside could not follow a redirect to the store.
          disableredirect: true,
          s3: {
            existingSecret: storageObject,
            region: 'us-east-1',
            bucket: '${settings.bucket}',
            regionendpoint: 'http://${needs.object-store}:${needs.object-store.port}',
            secure: false,
            v4auth: true,
          },
        },
      },
      core: {
        ...size('100m', '128Mi', '512Mi'),
        existingSecret: settingsObject,
        secretName: settingsObject,
        existingXsrfSecret: settingsObject,
      },
      // Logs in the database need no volume that several pods share.
      jobservice: { ...size('50m', '64Mi', '512Mi'), existingSecret: settingsObject, jobLoggers: ['database'] },
      registry: {
        existingSecret: settingsObject,
        credentials: { username: 'harbor_registry_user', existingSecret: credentialsObject },
        registry: size('100m', '128Mi', '512Mi'),
        controller: size('25m', '64Mi', '256Mi'),
      },
      portal: size('25m', '32Mi', '128Mi'),
      trivy: { ...size('200m', '512Mi', '1Gi'), enabled: '${settings.scanner}' },
    },
    services: { '': '${name}-core' },
    secretObjects: {
      [settingsObject]: {
        HARBOR_ADMIN_PASSWORD: { secret: 'admin-password' },
        secretKey: { secret: 'encryption-key' },
        secret: { secret: 'core-key' },
        'tls.key': { secret: 'token-key' },
        CSRF_KEY: { secret: 'forgery-key' },
        JOBSERVICE_SECRET: { secret: 'jobs-key' },
        REGISTRY_HTTP_SECRET: { secret: 'upload-key' },
        password: { secret: 'database-password' },
        REDIS_PASSWORD: { secret: 'cache.password' },
      },
      [credentialsObject]: {
        REGISTRY_PASSWD: { secret: 'registry-password' },
        REGISTRY_HTPASSWD: { secret: 'registry-htpasswd' },
      },
      [storageObject]: {
        REGISTRY_STORAGE_S3_ACCESSKEY: { secret: 'object-store.access-key' },
        REGISTRY_STORAGE_S3_SECRETKEY: { secret: 'object-store.secret-key' },
      },
    },
  },
  backup: { method: 'none', because: 'its state is in the database and in the object store, which are backed up' },
  interfaces: [{ name: 'web', container: '', port: 80, host: 'harbor', ownSignIn: true }],
});
