import { defineEntry } from '../catalogue-entry.ts';

export const postgraphile = defineEntry({
  name: 'postgraphile',
  title: 'PostGraphile',
  doc: 'GraphQL interface of a PostgreSQL schema.',
  tier: '11',
  profile: 'postgraphile',
  version: '4.14.0',
  license: 'MIT',
  website: 'https://www.graphile.org/postgraphile/',
  settings: {
    schemas: { type: 'string', default: 'public', doc: 'schemas that are served, with commas' },
  },
  secrets: [],
  database: { name: 'postgraphile' },
  containers: [
    {
      name: '',
      image: 'graphile/postgraphile:4.14.0',
      command: [
        '/bin/sh',
        '-c',
        [
          'export PGPASSWORD="$(cat ${secret.database-password})"',
          'exec ./cli.js --port 5000 --host 0.0.0.0 --schema ${settings.schemas} --retry-on-init-fail' +
            ' --dynamic-json --no-setof-functions-contain-nulls --no-ignore-rbac --disable-graphiql --legacy-relations omit',
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 5000, protocol: 'http' }],
      variables: {
        DATABASE_URL: 'postgres://postgraphile@${needs.database}:${needs.database.port}/postgraphile',
        NODE_ENV: 'production',
      },
      // It has no health path: the smallest query tells that it answers.
      health: {
        check: [
          'wget',
          '--quiet',
          '--output-document=/dev/null',
          '--header=Content-Type: application/json',
          '--post-data={"query":"{ __typename }"}',
          'http://127.0.0.1:5000/graphql',
        ],
        startSeconds: 30,
      },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '384Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      connections: 10,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'it serves PostgreSQL' }],
  provides: ['graphql'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
