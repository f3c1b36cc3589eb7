import { defineEntry } from '../catalogue-entry.ts';

export const registry = defineEntry({
  name: 'registry',
  title: 'Container registry',
  doc: 'Distribution: images of the platform, with sign-in by password.',
  tier: '09',
  profile: 'registry',
  version: '3.1.1',
  license: 'Apache-2.0',
  website: 'https://distribution.github.io/distribution/',
  settings: {
    storage: { type: 'string', default: '50Gi', doc: 'size of the volume for images' },
  },
  secrets: [
    { name: 'htpasswd', doc: 'users with bcrypt hashes, one in a line, made by htpasswd -nB', source: 'provided' },
    { name: 'http-secret', doc: 'signs the state of uploads' },
  ],
  containers: [
    {
      name: '',
      image: 'registry:3.1.1',
      command: [
        '/bin/sh',
        '-c',
        'export REGISTRY_HTTP_SECRET="$(cat ${secret.http-secret})"; exec registry serve /etc/distribution/config.yml',
      ],
      ports: [
        { name: 'http', port: 5000, protocol: 'http' },
        { name: 'debug', port: 5001, protocol: 'http' },
      ],
      variables: {
        REGISTRY_AUTH: 'htpasswd',
        REGISTRY_AUTH_HTPASSWD_REALM: '${platform}',
        // Writable for every user in the image, whose mode a new volume takes over.
        REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: '/var/tmp/registry',
        REGISTRY_STORAGE_DELETE_ENABLED: 'true',
        REGISTRY_HTTP_DEBUG_ADDR: '0.0.0.0:5001',
        REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED: 'true',
        OTEL_TRACES_EXPORTER: 'none',
      },
      secretFileVariables: { REGISTRY_AUTH_HTPASSWD_PATH: 'htpasswd' },
      volumes: [{ name: 'data', path: '/var/tmp', size: '${settings.storage}' }],
      // Also tells whether its storage can be used.
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:5001/debug/health'],
        http: { path: '/debug/health', port: 5001 },
        startSeconds: 10,
      },
      resources: { requests: { cpu: '50m', memory: '48Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 5001 },
    },
  ],
  requires: [],
  provides: ['image-registry'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'volume', schedule: '0 5 * * *', keepDays: 14 },
  interfaces: [{ name: 'web', container: '', port: 5000, host: 'registry', ownSignIn: true }],
});
