import { defineEntry } from '../catalogue-entry.ts';

export const mailhog = defineEntry({
  name: 'mailhog',
  title: 'MailHog',
  doc: 'Catches every message in development, for teams that test against its API; Mailpit is maintained, this is not.',
  tier: '10',
  layer: 'dev',
  version: '1.0.1',
  license: 'MIT',
  website: 'https://github.com/mailhog/MailHog',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'mailhog/mailhog:v1.0.1',
      ports: [
        { name: 'smtp', port: 1025, protocol: 'tcp' },
        { name: 'http', port: 8025, protocol: 'http' },
      ],
      variables: { MH_STORAGE: 'memory', MH_HOSTNAME: '${name}' },
      health: {
        check: [
          'wget',
          '-q',
          '-O',
          '/dev/null',
          // Asks the store; the page alone would be there without it.
          'http://127.0.0.1:8025/api/v2/messages?limit=1',
        ],
        http: { path: '/api/v2/messages?limit=1', port: 8025 },
        startSeconds: 5,
      },
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    },
  ],
  requires: [],
  provides: ['smtp'],
  endpoint: { container: '', port: 1025 },
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'holds test messages only' },
  interfaces: [{ name: 'web', container: '', port: 8025, host: 'mailhog', ownSignIn: false }],
});
