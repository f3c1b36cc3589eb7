import { defineEntry } from '../catalogue-entry.ts';

export const pgadmin = defineEntry({
  name: 'pgadmin',
  title: 'pgAdmin',
  doc: 'Pages for the administration of PostgreSQL.',
  tier: '04',
  profile: 'pgadmin',
  version: '9.17',
  license: 'PostgreSQL',
  website: 'https://www.pgadmin.org',
  settings: {},
  secrets: [{ name: 'password', doc: 'password of the first user' }],
  containers: [
    {
      name: '',
      image: 'dpage/pgadmin4:9.17',
      shortTagBecause: 'releases of pgAdmin have two numbers',
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables: {
        PGADMIN_DEFAULT_EMAIL: 'admin@${domain}',
        PGADMIN_LISTEN_PORT: '8080',
        PGADMIN_DISABLE_POSTFIX: '1',
        PGADMIN_CONFIG_UPGRADE_CHECK_ENABLED: 'False',
        PGADMIN_SERVER_JSON_FILE: '/etc/pgadmin/servers.json',
      },
      secretFileVariables: { PGADMIN_DEFAULT_PASSWORD_FILE: 'password' },
      files: [
        {
          path: '/etc/pgadmin/servers.json',
          content:
            '{"Servers":{"1":{"Name":"${platform}","Group":"${environment}","Host":"${needs.database}","Port":${needs.database.port},' +
            '"MaintenanceDB":"postgres","Username":"postgres","SSLMode":"prefer"}}}\n',
        },
      ],
      volumes: [{ name: 'data', path: '/var/lib/pgadmin', size: '1Gi' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8080/misc/ping'],
        http: { path: '/misc/ping', port: 8080 },
        startSeconds: 60,
      },
      resources: { requests: { cpu: '50m', memory: '192Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
      hardening: {
        user: 5050,
        group: 0,
        readOnlyRoot: false,
        writableRootBecause: 'its entry script writes /pgadmin4/config_distro.py',
      },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      connections: 5,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'it shows PostgreSQL' }],
  provides: [],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps saved queries of staff only' },
  interfaces: [{ name: 'web', container: '', port: 8080, host: 'pgadmin', ownSignIn: true }],
});
