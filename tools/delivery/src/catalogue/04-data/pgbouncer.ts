import { defineEntry } from '../catalogue-entry.ts';

export const pgbouncer = defineEntry({
  name: 'pgbouncer',
  title: 'PgBouncer',
  doc: 'Connection pool in front of PostgreSQL; it looks passwords up in the server, so that roles are kept in one place.',
  tier: '04',
  version: '1.25.2',
  license: 'ISC',
  website: 'https://www.pgbouncer.org',
  settings: {
    poolMode: {
      type: 'enum',
      values: ['transaction', 'session'],
      default: 'transaction',
      doc: 'when a connection goes back',
    },
    maxClients: { type: 'integer', default: 1000, minimum: 50, maximum: 20_000, doc: 'connections of clients at most' },
    poolSize: {
      type: 'integer',
      default: 20,
      minimum: 1,
      maximum: 500,
      doc: 'connections to the server for each database and role',
    },
    statementTimeout: { type: 'string', default: '30s', doc: 'longest time of one statement' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'edoburu/pgbouncer:v1.25.2-p0',
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'umask 077',
          'printf \'"postgres" "%s"\\n\' "$(cat ${secret.database.password})" > /tmp/userlist.txt',
          'exec /usr/bin/pgbouncer /etc/pgbouncer/pgbouncer.ini',
        ].join('\n'),
      ],
      ports: [{ name: 'postgres', port: 5432, protocol: 'tcp' }],
      files: [
        {
          path: '/etc/pgbouncer/pgbouncer.ini',
          content: [
            '[databases]',
            // Clients' own time-outs are ignored below, because a connection outlives its client.
            '* = host=${needs.database} port=${needs.database.port} auth_user=postgres connect_query=\'SET statement_timeout = "${settings.statementTimeout}"\'',
            '',
            '[pgbouncer]',
            'listen_addr = 0.0.0.0',
            'listen_port = 5432',
            'unix_socket_dir = /tmp',
            'auth_type = scram-sha-256',
            'auth_file = /tmp/userlist.txt',
            // pg_authid and not a role of its own: the server has no other place that holds all passwords.
            'auth_query = SELECT rolname, rolpassword FROM pg_authid WHERE rolname = $1 AND rolcanlogin',
            'auth_dbname = postgres',
            'pool_mode = ${settings.poolMode}',
            'max_client_conn = ${settings.maxClients}',
            'default_pool_size = ${settings.poolSize}',
            'max_prepared_statements = 200',
            'ignore_startup_parameters = extra_float_digits,search_path,statement_timeout',
            'server_tls_sslmode = prefer',
            '',
          ].join('\n'),
        },
      ],
      // With a name: the account of the container has none in every image.
      health: {
        check: ['pg_isready', '--host=127.0.0.1', '--port=5432', '--username=postgres', '--dbname=postgres'],
        startSeconds: 10,
      },
      resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
      hardening: { user: 70, group: 70, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      // Those to its clients' databases are counted by the clients that it has.
      connections: 1,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'it pools connections to a PostgreSQL server' }],
  provides: ['database-pool'],
  watch: { dashboard: 'database' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
