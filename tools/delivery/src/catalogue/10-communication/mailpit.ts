import { defineEntry } from '../catalogue-entry.ts';

export const mailpit = defineEntry({
  name: 'mailpit',
  title: 'Mailpit',
  doc: 'Catches every message in development, and shows it; nothing is ever sent on.',
  tier: '10',
  layer: 'dev',
  version: '1.31.2',
  license: 'MIT',
  website: 'https://mailpit.axllent.org',
  settings: {
    maxMessages: { type: 'integer', default: 500, minimum: 1, maximum: 100_000, doc: 'messages that are kept' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'axllent/mailpit:v1.31.2',
      ports: [
        { name: 'smtp', port: 1025, protocol: 'tcp' },
        { name: 'http', port: 8025, protocol: 'http' },
      ],
      variables: {
        MP_MAX_MESSAGES: '${settings.maxMessages}',
        MP_DATABASE: '/tmp/mailpit.db',
        MP_SMTP_AUTH_ACCEPT_ANY: 'true',
        MP_SMTP_AUTH_ALLOW_INSECURE: 'true',
      },
      health: { check: ['/mailpit', 'readyz'], http: { path: '/readyz', port: 8025 }, startSeconds: 5 },
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    },
  ],
  requires: [],
  provides: ['smtp'],
  endpoint: { container: '', port: 1025 },
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'holds test messages only' },
  interfaces: [{ name: 'web', container: '', port: 8025, host: 'mail', ownSignIn: false }],
});
