import { defineEntry } from '../catalogue-entry.ts';

export const chartmuseum = defineEntry({
  name: 'chartmuseum',
  title: 'ChartMuseum',
  doc: 'Repository of Helm charts.',
  tier: '09',
  profile: 'chartmuseum',
  version: '0.16.5',
  license: 'Apache-2.0',
  website: 'https://chartmuseum.com',
  settings: {
    storage: { type: 'string', default: '2Gi', doc: 'size of the volume for charts' },
  },
  secrets: [{ name: 'password', doc: 'password of the user that uploads charts, plinth' }],
  containers: [
    {
      name: '',
      image: 'ghcr.io/helm/chartmuseum:v0.16.5',
      command: ['/bin/sh', '-c', 'export BASIC_AUTH_PASS="$(cat ${secret.password})"; exec /chartmuseum'],
      ports: [{ name: 'http', port: 8080, protocol: 'http' }],
      variables: {
        PORT: '8080',
        STORAGE: 'local',
        // Writable for every user in the image, whose mode a new volume takes over.
        STORAGE_LOCAL_ROOTDIR: '/var/tmp/charts',
        BASIC_AUTH_USER: 'plinth',
        AUTH_ANONYMOUS_GET: 'true',
        LOG_JSON: 'true',
        DISABLE_METRICS: 'false',
      },
      volumes: [{ name: 'data', path: '/var/tmp', size: '${settings.storage}' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8080/health'],
        http: { path: '/health', port: 8080 },
        startSeconds: 10,
      },
      resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 8080 },
    },
  ],
  requires: [],
  provides: ['chart-repository'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'volume', schedule: '0 5 * * *', keepDays: 14 },
});
