import { component, definePlatform, nest, product } from '@plinth/delivery';

const page = { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '250m', memory: '256Mi' } };
const landingPage = { requests: { cpu: '20m', memory: '64Mi' }, limits: { cpu: '100m', memory: '128Mi' } };
const backEnd = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } };

/** Back end, web, landing page and mobile app of one product; ports by the table of the platform. */
function full(name: string, title: string, number: number) {
  return product(name, title, {
    api: { port: 3001 + number, database: true, cache: true, dependsOn: ['auth'], resources: backEnd },
    web: { port: 3100 + number * 10, dependsOn: [`${name}-api`], resources: page },
    landing: { port: 3200 + number * 10, resources: landingPage },
    app: { port: 3300 + number * 10, resources: landingPage },
  });
}

/** Ten products, 37 deployables, on one host with blue and green. */
export const platform = definePlatform({
  name: 'products',
  title: 'Many products',
  domain: 'products.example.com',
  registry: 'registry.example.com/products',
  version: '2026.11.0',
  targets: ['images', 'compose', 'gateway', 'observability', 'ci', 'env'],
  edge: 'traefik',
  applications: [
    nest('auth', { host: 'auth', port: 3001, database: true, cache: true, public: true, resources: backEnd }),
  ],
  products: [
    full('chat', 'Chat', 1),
    full('story', 'Stories', 2),
    full('cards', 'Cards', 3),
    full('picture', 'Pictures', 4),
    full('links', 'Links', 5),
    full('food', 'Food', 6),
    full('news', 'News', 7),
    product('portal', 'Portal', {
      web: { port: 3180, dependsOn: ['auth'], resources: page },
      landing: { port: 3280, resources: landingPage },
      app: { port: 3380, resources: landingPage },
    }),
    product('help', 'Help', {
      web: { port: 3190, resources: page },
      landing: { port: 3290, resources: landingPage },
      app: { port: 3390, resources: landingPage },
    }),
    product('events', 'Events', {
      web: { port: 3195, dependsOn: ['auth'], resources: page },
      landing: { port: 3295, resources: landingPage },
    }),
  ],
  infrastructure: [
    component('postgres', { maxConnections: 200, sharedBuffers: '512MB' }),
    component('redis'),
    component('prometheus'),
    component('alertmanager'),
    component('grafana'),
    component('node-exporter'),
    component('cadvisor'),
    component('postgres-exporter'),
    component('redis-exporter'),
  ],
  resources: {
    postgres: { limits: { memory: '2Gi' } },
    redis: { limits: { cpu: '250m' } },
  },
  node: { cpu: '16', memory: '16Gi', reserved: { cpu: '1', memory: '1Gi' } },
  environments: {
    development: { domain: 'localhost' },
    staging: { domain: 'staging.products.example.com' },
    production: {},
  },
});
