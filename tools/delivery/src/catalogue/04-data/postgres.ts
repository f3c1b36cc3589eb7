import { defineEntry } from '../catalogue-entry.ts';

export const postgres = defineEntry({
  name: 'postgres',
  title: 'PostgreSQL',
  doc: 'One PostgreSQL server. Databases and roles of the platform are made by its own init directory at first start.',
  tier: '04',
  version: '18.1',
  license: 'PostgreSQL',
  website: 'https://www.postgresql.org',
  settings: {
    maxConnections: {
      type: 'integer',
      default: 200,
      minimum: 20,
      maximum: 5000,
      doc: 'connections that the server allows; the pools of all workloads must fit',
    },
    storage: { type: 'string', default: '20Gi', doc: 'size of the data volume' },
    sharedBuffers: {
      type: 'string',
      default: '256MB',
      doc: 'memory for cached pages; a quarter of the limit is usual',
    },
  },
  secrets: [{ name: 'password', doc: 'password of the superuser postgres' }],
  containers: [
    {
      name: '',
      image: 'postgres:18.1-alpine3.22',
      arguments: [
        'postgres',
        '-c',
        'max_connections=${settings.maxConnections}',
        '-c',
        'shared_buffers=${settings.sharedBuffers}',
        '-c',
        'wal_level=replica',
        '-c',
        'log_min_duration_statement=100',
      ],
      ports: [{ name: 'postgres', port: 5432, protocol: 'tcp' }],
      variables: { POSTGRES_USER: 'postgres', POSTGRES_DB: 'postgres', PGDATA: '/var/lib/postgresql/data' },
      secretFileVariables: { POSTGRES_PASSWORD_FILE: 'password' },
      // The server's own init directory; `${databases}` makes a database and a role for each workload that asks for one.
      files: [{ path: '/docker-entrypoint-initdb.d/10-databases.sh', content: '${databases}', executable: true }],
      volumes: [{ name: 'data', path: '/var/lib/postgresql', size: '${settings.storage}' }],
      health: { check: ['pg_isready', '--username=postgres', '--host=127.0.0.1'], startSeconds: 30 },
      resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      hardening: {
        user: 70,
        group: 70,
        readOnlyRoot: true,
        temporaryFolders: ['/tmp', '/var/run/postgresql'],
      },
      stopGraceSeconds: 60,
    },
  ],
  requires: [],
  provides: ['database', 'postgres'],
  watch: { exporter: 'postgres-exporter', dashboard: 'database' },
  kubernetes: { form: 'workloads' },
  backup: {
    method: 'postgres',
    schedule: '0 3 * * *',
    keepDays: 30,
    doc: 'base backup and continuous WAL, for recovery to a point in time',
  },
});
