import { defineEntry } from '../catalogue-entry.ts';

export const postgrest = defineEntry({
  name: 'postgrest',
  title: 'PostgREST',
  doc: 'HTTP interface of a PostgreSQL schema; rights are those of the database role.',
  tier: '11',
  profile: 'postgrest',
  version: '14.12',
  license: 'MIT',
  website: 'https://postgrest.org',
  settings: {
    schemas: { type: 'string', default: 'public', doc: 'schemas that are served, with commas' },
    anonymousRole: { type: 'string', default: 'postgrest', doc: 'database role of requests without a token' },
    poolSize: { type: 'integer', default: 10, minimum: 1, maximum: 200, doc: 'connections to the database at most' },
  },
  secrets: [
    {
      name: 'service-file',
      doc: 'connection service file of libpq with the password: the image has no shell, and libpq does not check its mode',
      source: 'derived',
      template: '[postgrest]\npassword=${database-password}\n',
    },
  ],
  database: { name: 'postgrest' },
  containers: [
    {
      name: '',
      image: 'postgrest/postgrest:v14.12',
      shortTagBecause: 'releases of PostgREST have two numbers',
      ports: [{ name: 'http', port: 3000, protocol: 'http' }],
      variables: {
        PGRST_DB_URI: 'postgres://postgrest@${needs.database}:${needs.database.port}/postgrest?service=postgrest',
        PGRST_DB_SCHEMAS: '${settings.schemas}',
        PGRST_DB_ANON_ROLE: '${settings.anonymousRole}',
        PGRST_DB_POOL: '${settings.poolSize}',
        PGRST_SERVER_HOST: '0.0.0.0',
        PGRST_SERVER_PORT: '3000',
        PGRST_ADMIN_SERVER_HOST: '127.0.0.1',
        PGRST_ADMIN_SERVER_PORT: '3001',
        PGRST_OPENAPI_SERVER_PROXY_URI: '${scheme}://api.${domain}',
      },
      secretFileVariables: { PGSERVICEFILE: 'service-file' },
      // Asks its own administration port, which tells whether the database and its schema can be read.
      health: { check: ['/bin/postgrest', '--ready'], startSeconds: 20 },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      connections: 10,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'it serves PostgreSQL' }],
  provides: ['data-api'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
