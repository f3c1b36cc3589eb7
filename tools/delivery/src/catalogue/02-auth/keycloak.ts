import { defineEntry } from '../catalogue-entry.ts';

export const keycloak = defineEntry({
  name: 'keycloak',
  title: 'Keycloak',
  doc: 'Identity provider; one realm for each environment, rendered and imported when it is new.',
  tier: '02',
  version: '26.7.4',
  license: 'Apache-2.0',
  website: 'https://www.keycloak.org',
  settings: {
    poolSize: { type: 'integer', default: 20, minimum: 5, maximum: 200, doc: 'connections to the database at most' },
    logLevel: { type: 'enum', values: ['info', 'warn', 'debug'], default: 'info', doc: 'level of the log' },
  },
  secrets: [{ name: 'admin-password', doc: 'password of the first administrator, admin' }],
  database: { name: 'keycloak' },
  containers: [
    {
      name: '',
      image: 'quay.io/keycloak/keycloak:26.7.4',
      // Keycloak reads no secret from a file by itself.
      command: [
        '/bin/bash',
        '-c',
        [
          // The realm file names secrets as `${NAME}`; `grafana-client-secret` is GRAFANA_CLIENT_SECRET.
          'for file in /run/secrets/*; do',
          '  [ -f "$file" ] || continue',
          '  name="$${file##*/}"; name="$${name^^}"; name="$${name//[^A-Z0-9]/_}"',
          '  case "$name" in [A-Z]*) export "$name=$(< "$file")" ;; esac',
          'done',
          'export KC_DB_PASSWORD="$(< ${secret.database-password})"',
          'export KC_BOOTSTRAP_ADMIN_PASSWORD="$(< ${secret.admin-password})"',
          'exec /opt/keycloak/bin/kc.sh start --import-realm',
        ].join('\n'),
      ],
      ports: [
        { name: 'http', port: 8080, protocol: 'http' },
        { name: 'management', port: 9000, protocol: 'http' },
      ],
      variables: {
        KC_DB: 'postgres',
        KC_DB_URL: 'jdbc:postgresql://${needs.database}:${needs.database.port}/keycloak',
        KC_DB_USERNAME: 'keycloak',
        KC_DB_POOL_MAX_SIZE: '${settings.poolSize}',
        KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
        KC_HOSTNAME: '${interfaces.web.url}',
        // Others inside the platform reach it by its host name, and tokens still name the public issuer.
        KC_HOSTNAME_BACKCHANNEL_DYNAMIC: 'true',
        KC_HTTP_ENABLED: 'true',
        KC_PROXY_HEADERS: 'xforwarded',
        KC_HEALTH_ENABLED: 'true',
        KC_METRICS_ENABLED: 'true',
        KC_EVENT_METRICS_USER_ENABLED: 'true',
        KC_LOG_LEVEL: '${settings.logLevel}',
        KC_LOG_CONSOLE_OUTPUT: 'json',
        KC_CACHE: 'local',
      },
      generatedFiles: [{ path: '/opt/keycloak/data/import/', from: 'realm/' }],
      // The image has no HTTP client; bash asks, as Keycloak's own guide on health checks shows.
      health: {
        check: [
          '/bin/bash',
          '-c',
          "{ printf 'HEAD /health/ready HTTP/1.0\\r\\n\\r\\n' >&0; grep 'HTTP/1.0 200'; } 0<>/dev/tcp/127.0.0.1/9000",
        ],
        http: { path: '/health/ready', port: 9000 },
        startSeconds: 120,
      },
      resources: { requests: { cpu: '500m', memory: '768Mi' }, limits: { cpu: '2', memory: '1536Mi' } },
      hardening: {
        user: 1000,
        group: 0,
        readOnlyRoot: false,
        writableRootBecause: 'the server is built for its database at the start, below /opt/keycloak/lib',
      },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      metrics: { path: '/metrics', port: 9000 },
      // Brokered sign-in asks the providers.
      networks: ['front', 'back'],
      connections: 20,
      stopGraceSeconds: 60,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'users, sessions and realms are kept in PostgreSQL' }],
  provides: ['identity'],
  watch: { dashboard: 'service-health' },
  // Its operator would keep a second copy of the realm (docs/adr/0010).
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'its state is in the database, which is backed up' },
  interfaces: [{ name: 'web', container: '', port: 8080, host: 'auth', ownSignIn: true }],
});
