import { defineEntry } from '../catalogue-entry.ts';

export const sonarqube = defineEntry({
  name: 'sonarqube',
  title: 'SonarQube Community Build',
  doc: 'Finds faults in sources.',
  tier: '09',
  profile: 'sonarqube',
  version: '26.9.0.129388',
  license: 'LGPL-3.0-only',
  website: 'https://www.sonarsource.com/products/sonarqube/',
  settings: {
    storage: { type: 'string', default: '10Gi', doc: 'size of the volume for its search index' },
  },
  secrets: [],
  database: { name: 'sonarqube' },
  containers: [
    {
      name: '',
      image: 'sonarqube:26.9.0.129388-community',
      command: [
        '/bin/bash',
        '-c',
        'export SONAR_JDBC_PASSWORD="$(< ${secret.database-password})"; exec /opt/sonarqube/docker/entrypoint.sh',
      ],
      ports: [{ name: 'http', port: 9000, protocol: 'http' }],
      variables: {
        SONAR_JDBC_URL: 'jdbc:postgresql://${needs.database}:${needs.database.port}/sonarqube',
        SONAR_JDBC_USERNAME: 'sonarqube',
        // Spares the host a raised vm.max_map_count.
        SONAR_ES_BOOTSTRAP_CHECKS_DISABLE: 'true',
        SONAR_SEARCH_JAVAADDITIONALOPTS: '-Dnode.store.allow_mmap=false',
        SONAR_TELEMETRY_ENABLE: 'false',
      },
      volumes: [
        { name: 'data', path: '/opt/sonarqube/data', size: '${settings.storage}' },
        { name: 'extensions', path: '/opt/sonarqube/extensions', size: '1Gi' },
      ],
      // Any status but UP, a migration that waits for instance, is not well.
      health: {
        check: [
          '/bin/bash',
          '-c',
          '{ printf \'GET /api/system/status HTTP/1.0\\r\\n\\r\\n\' >&0; grep -q \'"status":"UP"\'; } 0<>/dev/tcp/127.0.0.1/9000',
        ],
        startSeconds: 300,
      },
      resources: { requests: { cpu: '250m', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
      hardening: {
        user: 1000,
        group: 0,
        readOnlyRoot: false,
        writableRootBecause: 'it writes logs and temporary files below /opt/sonarqube',
      },
      dependsOn: [{ container: 'database', condition: 'healthy' }],
      connections: 30,
      stopGraceSeconds: 120,
    },
  ],
  requires: [{ anyOf: ['database'], because: 'findings are kept in PostgreSQL' }],
  provides: [],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'findings are in the database, which is backed up; the index is built again' },
  interfaces: [{ name: 'web', container: '', port: 9000, host: 'sonarqube', ownSignIn: true }],
});
