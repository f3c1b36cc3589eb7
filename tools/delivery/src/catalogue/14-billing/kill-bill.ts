import { defineEntry } from '../catalogue-entry.ts';

export const killBill = defineEntry({
  name: 'kill-bill',
  title: 'Kill Bill with Kaui',
  doc: 'Billing engine, its back office Kaui, and the MariaDB image of the project that carries the schema of both.',
  tier: '14',
  version: '0.24.21',
  license: 'Apache-2.0',
  website: 'https://killbill.io',
  settings: {
    heap: { type: 'string', default: '1g', doc: 'heap of the Java machine of Kill Bill' },
    storage: { type: 'string', default: '10Gi', doc: 'size of the volume of the database' },
  },
  secrets: [
    { name: 'admin-password', doc: 'password of the administrator, admin' },
    { name: 'api-key', doc: 'key of the first tenant' },
    { name: 'api-secret', doc: 'secret of the first tenant' },
    { name: 'session-key', doc: 'signs the sessions of Kaui' },
    { name: 'mariadb-password', doc: 'password of the superuser of MariaDB' },
  ],
  containers: [
    {
      name: '',
      image: 'killbill/killbill:0.24.21',
      // It takes passwords from the environment only.
      command: [
        '/bin/bash',
        '-c',
        [
          'export KILLBILL_DAO_PASSWORD="$(< ${secret.mariadb-password})"',
          'export KB_ADMIN_PASSWORD="$(< ${secret.admin-password})"',
          'exec /var/lib/killbill/killbill.sh',
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables: {
        KILLBILL_DAO_URL: 'jdbc:mysql://${name}-mariadb:3306/killbill',
        KILLBILL_DAO_USER: 'root',
        KILLBILL_JVM_MAX_MEMORY: '${settings.heap}',
        KB_org_killbill_server_baseUrl: 'http://${name}:8080',
      },
      // Asks its database too.
      health: {
        check: [
          '/bin/bash',
          '-c',
          "{ printf 'GET /1.0/healthcheck HTTP/1.0\\r\\n\\r\\n' >&0; grep -q ' 200 '; } 0<>/dev/tcp/127.0.0.1/8080",
        ],
        http: { path: '/1.0/healthcheck', port: 8080 },
        startSeconds: 240,
      },
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
      hardening: {
        readOnlyRoot: false,
        writableRootBecause: 'its start script writes the configuration of Tomcat and installs plug-ins with Ansible',
      },
      dependsOn: [{ container: 'mariadb', condition: 'healthy' }],
      metrics: { path: '/1.0/metrics/prometheus', port: 8080 },
      // Payment gateways are called by its plug-ins.
      networks: ['front', 'back'],
      stopGraceSeconds: 60,
    },
    {
      name: 'kaui',
      title: 'Kaui',
      image: 'killbill/kaui:4.0.25',
      command: [
        '/bin/bash',
        '-c',
        [
          'export KAUI_CONFIG_DAO_PASSWORD="$(< ${secret.mariadb-password})"',
          'export KAUI_KILLBILL_API_KEY="$(< ${secret.api-key})"',
          'export KAUI_KILLBILL_API_SECRET="$(< ${secret.api-secret})"',
          'export KAUI_SECRET_KEY_BASE="$(sha512sum ${secret.session-key} | cut -d " " -f 1)"',
          'exec /var/lib/kaui/kaui.sh',
        ].join('\n'),
      ],
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables: {
        KAUI_CONFIG_DAO_URL: 'jdbc:mysql://${name}-mariadb:3306/kaui',
        KAUI_CONFIG_DAO_USER: 'root',
        KAUI_KILLBILL_URL: 'http://${name}:8080',
        KAUI_ROOT_USERNAME: 'admin',
        KAUI_DISABLE_SIGN_UP_LINK: 'true',
      },
      health: {
        check: [
          '/bin/bash',
          '-c',
          "{ printf 'GET /users/sign_in HTTP/1.0\\r\\n\\r\\n' >&0; grep -Eq ' (200|302) '; } 0<>/dev/tcp/127.0.0.1/8080",
        ],
        startSeconds: 180,
      },
      resources: { requests: { cpu: '200m', memory: '768Mi' }, limits: { cpu: '1', memory: '1536Mi' } },
      hardening: {
        readOnlyRoot: false,
        writableRootBecause: 'its start script writes the configuration of Tomcat with Ansible',
      },
      dependsOn: [
        { container: '', condition: 'healthy' },
        { container: 'mariadb', condition: 'healthy' },
      ],
    },
    {
      name: 'mariadb',
      title: 'Database of Kill Bill and Kaui',
      // The schema for PostgreSQL makes an event trigger, which only a superuser may: no role of the platform's own is one.
      image: 'killbill/mariadb:0.24',
      shortTagBecause: 'the project publishes this image by minor version alone, and builds it again in place',
      ports: [{ name: 'mysql', port: 3306, protocol: 'tcp' }],
      secretFileVariables: { MYSQL_ROOT_PASSWORD_FILE: 'mariadb-password' },
      volumes: [{ name: 'data', path: '/var/lib/mysql', size: '${settings.storage}' }],
      health: {
        check: [
          '/bin/sh',
          '-c',
          'MYSQL_PWD="$(cat ${secret.mariadb-password})" "$(command -v mariadb-admin || command -v mysqladmin)" --host=127.0.0.1 --user=root ping',
        ],
        startSeconds: 90,
      },
      resources: { requests: { cpu: '200m', memory: '384Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      hardening: { user: 999, group: 999, readOnlyRoot: true, temporaryFolders: ['/tmp', '/run/mysqld'] },
      stopGraceSeconds: 60,
    },
  ],
  requires: [],
  provides: ['billing'],
  watch: { dashboard: 'billing' },
  kubernetes: { form: 'workloads' },
  backup: {
    method: 'native',
    schedule: '0 3 * * *',
    keepDays: 30,
    doc: 'mariadb-dump of the databases killbill and kaui',
  },
  interfaces: [{ name: 'web', container: 'kaui', port: 8080, host: 'billing', ownSignIn: true }],
});
