import { defineEntry } from '../catalogue-entry.ts';

export const kong = defineEntry({
  name: 'kong',
  title: 'Kong',
  doc: 'API gateway without a database: the declarative file is rendered. 3.9 is the last line with free images.',
  tier: '01',
  version: '3.9.1',
  license: 'Apache-2.0',
  website: 'https://github.com/Kong/kong',
  settings: {
    workers: { type: 'integer', default: 2, minimum: 1, maximum: 32, doc: 'nginx worker processes' },
    adminListen: {
      type: 'enum',
      values: ['127.0.0.1:8001', '0.0.0.0:8001'],
      default: '127.0.0.1:8001',
      doc: 'address of the admin interface, which can replace every route; it is for staff inside the platform at most',
    },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'kong:3.9.1',
      ports: [
        { name: 'proxy', port: 8000, protocol: 'http' },
        { name: 'proxy-tls', port: 8443, protocol: 'tcp' },
        { name: 'admin', port: 8001, protocol: 'http' },
        { name: 'status', port: 8100, protocol: 'http' },
      ],
      variables: {
        KONG_DATABASE: 'off',
        KONG_DECLARATIVE_CONFIG: '/etc/kong/kong.yml',
        KONG_PREFIX: '/kong_prefix',
        KONG_PROXY_LISTEN: '0.0.0.0:8000, 0.0.0.0:8443 ssl http2',
        KONG_ADMIN_LISTEN: '${settings.adminListen}',
        KONG_ADMIN_GUI_LISTEN: 'off',
        KONG_STATUS_LISTEN: '0.0.0.0:8100',
        KONG_NGINX_WORKER_PROCESSES: '${settings.workers}',
        KONG_ANONYMOUS_REPORTS: 'off',
        // The rendered routes ask the platform's gateway who comes; functions may load nothing else.
        KONG_UNTRUSTED_LUA_SANDBOX_REQUIRES: 'resty.http',
        KONG_PROXY_ACCESS_LOG: '/dev/stdout',
        KONG_PROXY_ERROR_LOG: '/dev/stderr',
        KONG_ADMIN_ACCESS_LOG: '/dev/stdout',
        KONG_ADMIN_ERROR_LOG: '/dev/stderr',
        KONG_STATUS_ACCESS_LOG: 'off',
      },
      generatedFiles: [{ path: '/etc/kong/kong.yml', from: 'gateway/kong/kong.yml' }],
      health: { check: ['kong', 'health'], http: { path: '/status', port: 8100 }, startSeconds: 20 },
      resources: { requests: { cpu: '250m', memory: '384Mi' }, limits: { cpu: '1', memory: '768Mi' } },
      hardening: {
        user: 1000,
        group: 1000,
        readOnlyRoot: true,
        temporaryFolders: ['/tmp', '/kong_prefix'],
      },
      metrics: { path: '/metrics', port: 8100 },
      published: [
        { hostPort: 80, port: 8000 },
        { hostPort: 443, port: 8443 },
      ],
      networks: ['front', 'back'],
    },
  ],
  requires: [],
  provides: ['edge', 'api-gateway'],
  watch: { dashboard: 'service-health' },
  // On a cluster the gateway renderer writes Ingress and plugin resources; this workload is the same proxy without them.
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing; its configuration is rendered' },
});
