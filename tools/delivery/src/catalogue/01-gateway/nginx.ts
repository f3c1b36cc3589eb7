import { defineEntry } from '../catalogue-entry.ts';

export const nginx = defineEntry({
  name: 'nginx',
  title: 'nginx',
  doc: 'Edge proxy; certificates come from the platform, because nginx gets none by itself.',
  tier: '01',
  profile: 'nginx',
  version: '1.29.3',
  license: 'BSD-2-Clause',
  website: 'https://nginx.org',
  settings: {},
  secrets: [],
  containers: [
    {
      name: '',
      image: 'nginx:1.29.3-alpine',
      command: ['nginx'],
      arguments: ['-g', 'daemon off;'],
      ports: [
        { name: 'http', port: 8080, protocol: 'http' },
        { name: 'https', port: 8443, protocol: 'tcp' },
        // Health; never published.
        { name: 'admin', port: 8081, protocol: 'http' },
      ],
      // Whoever issues certificates writes tls.crt and tls.key here.
      volumes: [{ name: 'tls', path: '/etc/nginx/tls', size: '16Mi' }],
      generatedFiles: [{ path: '/etc/nginx/', from: 'gateway/nginx/' }],
      // The rendered configuration answers this on its own, without asking any workload.
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8081/health'],
        http: { path: '/health', port: 8081 },
        startSeconds: 5,
      },
      resources: { requests: { cpu: '100m', memory: '32Mi' }, limits: { cpu: '1', memory: '128Mi' } },
      hardening: {
        user: 101,
        group: 101,
        readOnlyRoot: true,
        temporaryFolders: ['/tmp'],
      },
      published: [
        { hostPort: 80, port: 8080 },
        { hostPort: 443, port: 8443 },
      ],
      networks: ['front', 'back'],
    },
  ],
  requires: [],
  provides: ['edge'],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing; its configuration is rendered' },
});
