import { defineEntry } from '../catalogue-entry.ts';

export const caddy = defineEntry({
  name: 'caddy',
  title: 'Caddy',
  doc: 'Edge proxy with certificates by ACME without further settings.',
  tier: '01',
  version: '2.11.4',
  license: 'Apache-2.0',
  website: 'https://caddyserver.com',
  settings: {
    storage: { type: 'string', default: '128Mi', doc: 'size of the volume that keeps certificates' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'caddy:2.11.4-alpine',
      arguments: ['caddy', 'run', '--config', '/etc/caddy/Caddyfile', '--adapter', 'caddyfile'],
      ports: [
        { name: 'http', port: 8080, protocol: 'http' },
        { name: 'https', port: 8443, protocol: 'tcp' },
        // Health and metrics; never published.
        { name: 'admin', port: 8081, protocol: 'http' },
      ],
      // Folders that any user may write in, because the image's /data and /config belong to root.
      variables: { XDG_DATA_HOME: '/var/tmp', XDG_CONFIG_HOME: '/tmp' },
      generatedFiles: [{ path: '/etc/caddy/Caddyfile', from: 'gateway/caddy/Caddyfile' }],
      volumes: [{ name: 'certificates', path: '/var/tmp', size: '${settings.storage}' }],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8081/health'],
        http: { path: '/health', port: 8081 },
        startSeconds: 10,
      },
      resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
      hardening: {
        user: 65532,
        group: 65532,
        readOnlyRoot: true,
        temporaryFolders: ['/tmp'],
        // The binary carries this file capability: without it in the bounding set the kernel refuses to start it.
        capabilities: ['NET_BIND_SERVICE'],
      },
      metrics: { path: '/metrics', port: 8081 },
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
  backup: { method: 'none', because: 'certificates are issued again; everything else is rendered' },
});
