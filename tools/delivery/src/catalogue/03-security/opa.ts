import { defineEntry } from '../catalogue-entry.ts';

export const opa = defineEntry({
  name: 'opa',
  title: 'Open Policy Agent',
  doc: 'Decides by policies that are kept as a bundle.',
  tier: '03',
  profile: 'opa',
  version: '1.18.2',
  license: 'Apache-2.0',
  website: 'https://www.openpolicyagent.org',
  settings: {
    policy: { type: 'string', default: 'package platform\n\ndefault allow := false\n', doc: 'the policy, in Rego' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'openpolicyagent/opa:1.18.2-static',
      arguments: [
        'run',
        '--server',
        '--addr=0.0.0.0:8181',
        '--log-format=json',
        '--disable-telemetry',
        '/policy/policy.rego',
      ],
      ports: [{ name: 'http', port: 8181, protocol: 'http' }],
      files: [{ path: '/policy/policy.rego', content: '${settings.policy}' }],
      // The image holds nothing but its binary, whose own language can ask over HTTP; an undefined answer fails.
      health: {
        check: [
          '/opa',
          'eval',
          '--fail',
          'answer := http.send({"method": "get", "url": "http://127.0.0.1:8181/health"}); answer.status_code = 200',
        ],
        http: { path: '/health', port: 8181 },
        startSeconds: 10,
      },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
      hardening: { user: 1000, group: 1000, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
      metrics: { path: '/metrics', port: 8181 },
    },
  ],
  requires: [],
  provides: ['policy'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing; its policies are rendered' },
});
