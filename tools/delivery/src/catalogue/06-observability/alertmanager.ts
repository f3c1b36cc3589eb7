import { defineEntry } from '../catalogue-entry.ts';

export const alertmanager = defineEntry({
  name: 'alertmanager',
  title: 'Alertmanager',
  doc: 'Groups alerts and sends them to the receivers that the description names; unless it does, critical ones to PagerDuty, warnings to Slack and by email.',
  tier: '06',
  version: '0.34.1',
  license: 'Apache-2.0',
  website: 'https://prometheus.io/docs/alerting/latest/alertmanager/',
  settings: {},
  secrets: [{ name: 'smtp-password', doc: 'password at the mail server', source: 'provided' }],
  containers: [
    {
      name: '',
      image: 'prom/alertmanager:v0.34.1',
      arguments: [
        '--config.file=/etc/alertmanager/alertmanager.yml',
        '--storage.path=/alertmanager',
        // One member: nobody to talk to.
        '--cluster.listen-address=',
      ],
      ports: [{ name: 'http', port: 9093, protocol: 'http' }],
      secretFiles: ['smtp-password'],
      generatedFiles: [{ path: '/etc/alertmanager/', from: 'observability/alertmanager/' }],
      volumes: [{ name: 'data', path: '/alertmanager', size: '1Gi' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:9093/-/ready'],
        http: { path: '/-/ready', port: 9093 },
        startSeconds: 10,
      },
      resources: { requests: { cpu: '25m', memory: '32Mi' }, limits: { cpu: '250m', memory: '128Mi' } },
      hardening: { user: 65534, group: 65534, readOnlyRoot: true },
      metrics: { path: '/metrics', port: 9093 },
      networks: ['front', 'back'],
    },
  ],
  requires: [{ anyOf: ['prometheus'], because: 'alerts come from its rules' }],
  provides: ['alerts'],
  watch: { dashboard: 'resources' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'silences may be lost; its configuration is rendered' },
  interfaces: [{ name: 'web', container: '', port: 9093, host: 'alerts', ownSignIn: false }],
});
