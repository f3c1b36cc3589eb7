import { defineEntry } from '../catalogue-entry.ts';

export const traefik = defineEntry({
  name: 'traefik',
  title: 'Traefik',
  doc: 'Edge proxy with certificates by ACME; its routes are rendered from the platform, so it needs no Docker socket.',
  tier: '01',
  version: '3.7.13',
  license: 'MIT',
  website: 'https://traefik.io/traefik/',
  settings: {
    storage: { type: 'string', default: '128Mi', doc: 'size of the volume that keeps certificates' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'traefik:v3.7.13',
      arguments: ['--configFile=/etc/traefik/traefik.yml'],
      ports: [
        { name: 'http', port: 8080, protocol: 'http' },
        { name: 'https', port: 8443, protocol: 'tcp' },
        // Ping and metrics; never published.
        { name: 'admin', port: 8081, protocol: 'http' },
      ],
      generatedFiles: [{ path: '/etc/traefik/', from: 'gateway/traefik/' }],
      // The image has no folder of its own for certificates; this one is writable for every user, and a new named volume
      // takes over the mode of the folder that it covers.
      volumes: [{ name: 'certificates', path: '/var/tmp', size: '${settings.storage}' }],
      // Reads the same static file, and asks the ping entry point that it configures.
      health: {
        check: ['traefik', 'healthcheck', '--configFile=/etc/traefik/traefik.yml'],
        http: { path: '/ping', port: 8081 },
        startSeconds: 10,
      },
      resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
      hardening: {
        user: 65532,
        group: 65532,
        readOnlyRoot: true,
        temporaryFolders: ['/tmp'],
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
  // Its official chart would bring a second source of routes; our workload reads the same rendered files everywhere.
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'certificates are issued again; everything else is rendered' },
});
