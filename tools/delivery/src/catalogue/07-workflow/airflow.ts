import { defineEntry } from '../catalogue-entry.ts';

const image = 'apache/airflow:3.3.2';

const variables = {
  AIRFLOW__CORE__EXECUTOR: 'CeleryExecutor',
  AIRFLOW__CORE__LOAD_EXAMPLES: 'false',
  AIRFLOW__CORE__EXECUTION_API_SERVER_URL: 'http://${name}:8080/execution/',
  // People sign in before they get here, at the edge.
  AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: 'true',
  AIRFLOW__API__BASE_URL: '${interfaces.web.url}',
  AIRFLOW__CELERY__OPERATION_TIMEOUT: '5',
  AIRFLOW__LOGGING__BASE_LOG_FOLDER: '/tmp/logs',
  AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK: 'true',
  // Every container reads the same repository: there is no folder that all of them share.
  AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST:
    '[{"name":"main","classpath":"airflow.providers.git.bundles.git.GitDagBundle",' +
    '"kwargs":{"repo_url":"${settings.repository}","tracking_ref":"${settings.branch}"}}]',
  AIRFLOW_HOME: '/tmp/airflow',
  HOME: '/tmp',
} as const;

/** Airflow reads no secret from a file; the Fernet key must be 32 bytes in base64 for addresses. */
const start = (command: string) =>
  [
    '/bin/bash',
    '-c',
    [
      'set -eu',
      'mkdir -p "$AIRFLOW_HOME"',
      'database="airflow:$(< ${secret.database-password})@${needs.database}:${needs.database.port}/airflow"',
      'export AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="postgresql+psycopg2://$database"',
      'export AIRFLOW__CELERY__RESULT_BACKEND="db+postgresql://$database"',
      'export AIRFLOW__CELERY__BROKER_URL="redis://:$(< ${secret.cache.password})@${needs.cache}:6379/4"',
      'export AIRFLOW__CORE__FERNET_KEY="$(python -c \'import base64, hashlib, sys;' +
        ' print(base64.urlsafe_b64encode(hashlib.sha256(open(sys.argv[1], "rb").read()).digest()).decode())\' ${secret.fernet-key})"',
      'export AIRFLOW__API_AUTH__JWT_SECRET="$(< ${secret.session-key})"',
      'export AIRFLOW__API__SECRET_KEY="$(< ${secret.session-key})"',
      `exec ${command}`,
    ].join('\n'),
  ] as const;

const job = (type: string) => start(`airflow jobs check --job-type ${type} --hostname "$(hostname)"`);

const hardening = { user: 50_000, group: 0, readOnlyRoot: true, temporaryFolders: ['/tmp'] } as const;
const small = { requests: { cpu: '100m', memory: '320Mi' }, limits: { cpu: '1', memory: '768Mi' } } as const;
const afterInit = [
  { container: 'init', condition: 'completed' },
  { container: 'database', condition: 'healthy' },
  { container: 'cache', condition: 'healthy' },
] as const;

export const airflow = defineEntry({
  name: 'airflow',
  title: 'Apache Airflow',
  doc: 'Scheduled workflows in Python with CeleryExecutor; they are read from a Git repository.',
  tier: '07',
  profile: 'airflow',
  version: '3.3.2',
  license: 'Apache-2.0',
  website: 'https://airflow.apache.org',
  settings: {
    repository: {
      type: 'string',
      default: 'http://gitea:3000/platform/workflows.git',
      doc: 'Git repository of the workflows',
    },
    branch: { type: 'string', default: 'main', doc: 'branch of that repository' },
    concurrency: { type: 'integer', default: 4, minimum: 1, maximum: 64, doc: 'tasks of the worker at once' },
  },
  secrets: [
    { name: 'fernet-key', doc: 'encrypts connections in the database' },
    { name: 'session-key', doc: 'signs sessions and tokens between its processes' },
  ],
  database: { name: 'airflow' },
  containers: [
    {
      name: '',
      title: 'API server of Airflow',
      image,
      command: start('airflow api-server --port 8080'),
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables,
      health: {
        check: ['curl', '--fail', '--silent', '--output', '/dev/null', 'http://127.0.0.1:8080/api/v2/monitor/health'],
        http: { path: '/api/v2/monitor/health', port: 8080 },
        startSeconds: 120,
      },
      resources: { requests: { cpu: '200m', memory: '640Mi' }, limits: { cpu: '1', memory: '1536Mi' } },
      hardening,
      dependsOn: afterInit,
      connections: 15,
    },
    {
      name: 'scheduler',
      image,
      command: start('airflow scheduler'),
      ports: [{ name: 'health', port: 8974, protocol: 'http' }],
      variables,
      health: {
        check: ['curl', '--fail', '--silent', '--output', '/dev/null', 'http://127.0.0.1:8974/health'],
        http: { path: '/health', port: 8974 },
        startSeconds: 120,
      },
      resources: small,
      hardening,
      dependsOn: afterInit,
      connections: 10,
    },
    {
      name: 'dag-processor',
      image,
      command: start('airflow dag-processor'),
      ports: [],
      variables,
      health: { check: job('DagProcessorJob'), startSeconds: 120 },
      resources: small,
      hardening,
      dependsOn: afterInit,
      networks: ['front', 'back'],
      connections: 5,
    },
    {
      name: 'triggerer',
      image,
      command: start('airflow triggerer'),
      ports: [],
      variables,
      health: { check: job('TriggererJob'), startSeconds: 120 },
      resources: small,
      hardening,
      dependsOn: afterInit,
      networks: ['front', 'back'],
      connections: 5,
    },
    {
      name: 'worker',
      image,
      command: start('airflow celery worker --concurrency ${settings.concurrency}'),
      ports: [],
      variables: { ...variables, DUMB_INIT_SETSID: '0' },
      health: {
        check: start(
          'celery --app airflow.providers.celery.executors.celery_executor.app inspect ping --destination "celery@$(hostname)"',
        ),
        startSeconds: 120,
      },
      resources: { requests: { cpu: '200m', memory: '640Mi' }, limits: { cpu: '2', memory: '2Gi' } },
      hardening,
      dependsOn: afterInit,
      networks: ['front', 'back'],
      connections: 10,
      stopGraceSeconds: 120,
    },
    {
      name: 'flower',
      title: 'Pages about the Celery workers',
      profile: 'flower',
      image,
      command: start('airflow celery flower --port 5555'),
      ports: [{ name: 'http', port: 5555, protocol: 'http' }],
      variables,
      health: {
        check: ['curl', '--fail', '--silent', '--output', '/dev/null', 'http://127.0.0.1:5555/healthcheck'],
        http: { path: '/healthcheck', port: 5555 },
        startSeconds: 60,
      },
      resources: { requests: { cpu: '50m', memory: '192Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
      hardening,
      dependsOn: afterInit,
    },
    {
      name: 'init',
      title: 'Schema of Airflow',
      image,
      command: start('airflow db migrate'),
      ports: [],
      variables,
      health: 'runs-once',
      resources: small,
      hardening,
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      connections: 2,
    },
  ],
  requires: [
    { anyOf: ['database'], because: 'runs and connections are kept in PostgreSQL' },
    { anyOf: ['cache'], because: 'tasks go to workers through it' },
  ],
  provides: ['workflow'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'its state is in the database, which is backed up; workflows are in Git' },
  interfaces: [{ name: 'web', container: '', port: 8080, host: 'airflow', ownSignIn: false }],
});
