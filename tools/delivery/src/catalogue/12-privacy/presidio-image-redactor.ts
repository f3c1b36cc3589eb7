import { defineEntry } from '../catalogue-entry.ts';

export const presidioImageRedactor = defineEntry({
  name: 'presidio-image-redactor',
  title: 'Presidio image redactor',
  doc: 'Finds text in pictures and covers personal data.',
  tier: '12',
  version: '2.2.364',
  license: 'MIT',
  website: 'https://github.com/data-privacy-stack/presidio',
  settings: {
    workers: { type: 'integer', default: 1, minimum: 1, maximum: 16, doc: 'processes; each needs the memory of one' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'ghcr.io/data-privacy-stack/presidio-image-redactor:2.2.364',
      ports: [{ name: 'http', port: 3000, protocol: 'http' }],
      variables: { PORT: '3000', WORKERS: '${settings.workers}', HOME: '/tmp' },
      // The image has Python and no HTTP client.
      health: {
        check: [
          'python',
          '-c',
          "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/health', timeout=5)",
        ],
        http: { path: '/health', port: 3000 },
        startSeconds: 120,
      },
      resources: { requests: { cpu: '100m', memory: '768Mi' }, limits: { cpu: '1', memory: '2Gi' } },
      hardening: { user: 1001, group: 1001, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    },
  ],
  requires: [],
  provides: ['image-redactor'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
