import { defineEntry } from '../catalogue-entry.ts';

export const presidioAnonymizer = defineEntry({
  name: 'presidio-anonymizer',
  title: 'Presidio anonymizer',
  doc: 'Masks, replaces or encrypts what the analyzer found.',
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
      image: 'ghcr.io/data-privacy-stack/presidio-anonymizer:2.2.364',
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
        startSeconds: 30,
      },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '384Mi' } },
      hardening: { user: 1001, group: 1001, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    },
  ],
  requires: [],
  provides: ['anonymizer'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
});
