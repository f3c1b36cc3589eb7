import { component, definePlatform, expo, image, nest, next } from '@plinth/delivery';
import { coreServices } from '@plinth/platform/core-services';

/** An API that is paid by use: web, mobile and API of the team, Kill Bill and Stripe, Caddy in front of Kong. */
export const platform = definePlatform({
  name: 'metered',
  title: 'Metered API',
  domain: 'metered.example.com',
  registry: 'registry.example.com/metered',
  version: '2.1.0',
  targets: ['images', 'compose', 'gateway', 'observability', 'ci', 'env'],
  edge: 'caddy',
  services: coreServices,
  applications: [
    next('web', { host: 'app', dependsOn: ['api'], variables: [apiUrl()] }),
    expo('mobile', { host: 'updates' }),
    nest('api', {
      host: 'data',
      paths: ['/v1'],
      rateLimit: 1000,
      database: true,
      internet: true,
      cache: true,
      dependsOn: ['metering'],
      variables: [
        { name: 'USAGE_URL', type: 'url', default: 'http://metering:3000', doc: 'where usage is counted' },
        { name: 'STRIPE_SECRET_KEY', type: 'string', secret: true, doc: 'key of the Stripe account' },
        { name: 'STRIPE_WEBHOOK_SECRET', type: 'string', secret: true, doc: 'checks messages from Stripe' },
      ],
    }),
    image('graphql', {
      image: 'ghcr.io/graphql-hive/gateway:2.1.10',
      host: 'graphql',
      port: 4000,
      rateLimit: 300,
      arguments: ['proxy', 'http://api:3000/graphql'],
      health: {
        live: '/healthcheck',
        ready: '/readiness',
        // The image has Node.js and no HTTP client.
        command: [
          'node',
          '-e',
          "fetch('http://127.0.0.1:4000/readiness').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))",
        ],
      },
      dependsOn: ['api'],
    }),
  ],
  infrastructure: [
    component('postgres', { maxConnections: 250 }),
    component('redis'),
    component('kong', { trustedProxies: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16' }),
    component('kill-bill'),
    component('presidio-analyzer'),
    component('presidio-anonymizer'),
    component('mailpit'),
    component('object-store'),
    component('prometheus'),
    component('alertmanager'),
    component('grafana'),
    component('loki'),
    component('tempo'),
    component('alloy'),
    component('node-exporter'),
    component('cadvisor'),
    component('blackbox-exporter'),
    component('postgres-exporter'),
    component('redis-exporter'),
  ],
  secrets: {
    'api.STRIPE_SECRET_KEY': { provided: 'copy it from the Stripe dashboard, Developers, API keys' },
    'api.STRIPE_WEBHOOK_SECRET': { provided: 'copy it from the Stripe dashboard, Developers, Webhooks' },
  },
  node: { cpu: '12', memory: '24Gi', reserved: { cpu: '1', memory: '2Gi' } },
  environments: {
    development: { domain: 'localhost', variables: { web: { API_URL: 'http://data.localhost/v1' } } },
    staging: {
      domain: 'staging.metered.example.com',
      variables: { web: { API_URL: 'https://data.staging.metered.example.com/v1' } },
    },
    production: { replicas: { api: 3, web: 2 } },
  },
});

function apiUrl() {
  return {
    name: 'API_URL',
    type: 'url',
    default: 'https://data.metered.example.com/v1',
    doc: 'address of the API as browsers see it; the server hands it to the page',
  } as const;
}
