import { defineEntry } from '../catalogue-entry.ts';

export const hasura = defineEntry({
  name: 'hasura',
  title: 'Hasura',
  doc: 'GraphQL over PostgreSQL with permissions by role; the last line under a free licence.',
  tier: '11',
  profile: 'hasura',
  version: '2.48.6',
  license: 'Apache-2.0',
  website: 'https://hasura.io',
  settings: {
    console: { type: 'boolean', default: false, doc: 'whether the pages for staff are served' },
    poolSize: { type: 'integer', default: 20, minimum: 2, maximum: 200, doc: 'connections to the database at most' },
  },
  secrets: [{ name: 'admin-secret', doc: 'gives every right, for staff and migrations' }],
  database: { name: 'hasura' },
  containers: [
    {
      name: '',
      image: 'hasura/graphql-engine:v2.48.6',
      command: [
        '/bin/sh',
        '-c',
        [
          'set -eu',
          'export HASURA_GRAPHQL_ADMIN_SECRET="$(cat ${secret.admin-secret})"',
          'export HASURA_GRAPHQL_DATABASE_URL="postgres://hasura:$(cat ${secret.database-password})@${needs.database}:${needs.database.port}/hasura"',
          'exec graphql-engine serve',
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables: {
        HASURA_GRAPHQL_ENABLE_CONSOLE: '${settings.console}',
        HASURA_GRAPHQL_ENABLE_TELEMETRY: 'false',
        HASURA_GRAPHQL_DEV_MODE: 'false',
        HASURA_GRAPHQL_PG_CONNECTIONS: '${settings.poolSize}',
        HASURA_GRAPHQL_ENABLED_LOG_TYPES: 'startup, http-log, webhook-log, websocket-log',
        // Asked inside the platform, because nothing here may go out; it stops when it gets no keys at the start.
        HASURA_GRAPHQL_JWT_SECRET:
          '{"jwk_url":"http://${needs.keycloak}:${needs.keycloak.port}/realms/${platform}-${environment}/protocol/openid-connect/certs",' +
          '"claims_namespace":"hasura"}',
        HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'anonymous',
      },
      // Also tells that the metadata are consistent.
      health: {
        check: [
          '/bin/bash',
          '-c',
          "{ printf 'GET /healthz?strict=true HTTP/1.0\\r\\n\\r\\n' >&0; grep -q ' 200 '; } 0<>/dev/tcp/127.0.0.1/8080",
        ],
        http: { path: '/healthz', port: 8080 },
        startSeconds: 60,
      },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 1001, group: 1001, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      dependsOn: [
        { container: 'database', condition: 'healthy' },
        { container: 'keycloak', condition: 'healthy' },
      ],
      connections: 20,
    },
  ],
  requires: [
    { anyOf: ['database'], because: 'it serves PostgreSQL, and keeps its metadata there' },
    { anyOf: ['keycloak'], because: 'it checks tokens with the keys of the realm' },
  ],
  provides: ['graphql'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'its state is in the database, which is backed up' },
  interfaces: [{ name: 'web', container: '', port: 8080, host: 'graphql', ownSignIn: true }],
});
