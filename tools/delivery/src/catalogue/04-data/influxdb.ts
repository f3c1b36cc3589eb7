import { defineEntry } from '../catalogue-entry.ts';

export const influxdb = defineEntry({
  name: 'influxdb',
  title: 'InfluxDB 2',
  doc: 'Time series database.',
  tier: '04',
  profile: 'influxdb',
  version: '2.7.12',
  license: 'MIT',
  website: 'https://www.influxdata.com/products/influxdb-overview/',
  settings: {
    organization: { type: 'string', default: 'platform', doc: 'first organisation' },
    bucket: { type: 'string', default: 'platform', doc: 'first bucket' },
    retention: { type: 'string', default: '30d', doc: 'how long the first bucket keeps data' },
    storage: { type: 'string', default: '10Gi', doc: 'size of the data volume' },
  },
  secrets: [
    { name: 'password', doc: 'password of the first user, admin' },
    { name: 'token', doc: 'token with every right' },
  ],
  containers: [
    {
      name: '',
      image: 'influxdb:2.7.12-alpine',
      ports: [{ name: 'http', port: 8086, protocol: 'http' }],
      variables: {
        DOCKER_INFLUXDB_INIT_MODE: 'setup',
        DOCKER_INFLUXDB_INIT_USERNAME: 'admin',
        DOCKER_INFLUXDB_INIT_ORG: '${settings.organization}',
        DOCKER_INFLUXDB_INIT_BUCKET: '${settings.bucket}',
        DOCKER_INFLUXDB_INIT_RETENTION: '${settings.retention}',
        INFLUXD_REPORTING_DISABLED: 'true',
        HOME: '/tmp',
      },
      secretFileVariables: {
        DOCKER_INFLUXDB_INIT_PASSWORD_FILE: 'password',
        DOCKER_INFLUXDB_INIT_ADMIN_TOKEN_FILE: 'token',
      },
      volumes: [
        { name: 'data', path: '/var/lib/influxdb2', size: '${settings.storage}' },
        { name: 'configuration', path: '/etc/influxdb2', size: '16Mi' },
      ],
      health: { check: ['influx', 'ping'], http: { path: '/health', port: 8086 }, startSeconds: 30 },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 8086 },
      stopGraceSeconds: 30,
    },
  ],
  requires: [],
  provides: ['time-series'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'native', schedule: '0 2 * * *', keepDays: 14, doc: 'influx backup' },
  interfaces: [{ name: 'web', container: '', port: 8086, host: 'influxdb', ownSignIn: true }],
});
