import { defineEntry } from '../catalogue-entry.ts';

export const trivy = defineEntry({
  name: 'trivy',
  title: 'Trivy',
  doc: 'Scanner for known vulnerabilities as a server, so that pipelines share one database.',
  tier: '03',
  profile: 'trivy',
  version: '0.74.0',
  license: 'Apache-2.0',
  website: 'https://trivy.dev',
  settings: {
    storage: { type: 'string', default: '4Gi', doc: 'size of the volume for the vulnerability database' },
  },
  secrets: [{ name: 'token', doc: 'what clients must show' }],
  containers: [
    {
      name: '',
      image: 'aquasec/trivy:0.74.0',
      command: [
        '/bin/sh',
        '-c',
        'export TRIVY_TOKEN="$(cat ${secret.token})"; exec trivy server --listen 0.0.0.0:4954 --cache-dir /var/tmp/trivy',
      ],
      ports: [{ name: 'http', port: 4954, protocol: 'http' }],
      // Writable for every user in the image, whose mode a new volume takes over.
      volumes: [{ name: 'cache', path: '/var/tmp', size: '${settings.storage}' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:4954/healthz'],
        http: { path: '/healthz', port: 4954 },
        startSeconds: 120,
      },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '1', memory: '1Gi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      // Fetches its database.
      networks: ['front', 'back'],
    },
  ],
  requires: [],
  provides: ['scanner'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'its database is fetched again' },
});
