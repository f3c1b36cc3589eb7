import { defineService, standardHealth, type ServiceManifest } from '@plinth/contracts';
import { component, image, nest, next, type PlatformDescription } from './platform-description.ts';

/** A small service for tests. */
export const loyalty: ServiceManifest = defineService({
  name: 'loyalty',
  title: 'Loyalty',
  description: 'Points.',
  port: 3000,
  rateLimit: 100,
  routes: [{ path: '/points' }],
  variablePrefix: 'LOYALTY_',
  variables: [{ name: 'LOYALTY_FACTOR', type: 'integer', default: '1', doc: 'points for each unit' }],
  database: { schema: 'loyalty', role: 'plinth_loyalty' },
  events: { publishes: [], consumes: {} },
  calls: [],
  health: standardHealth,
  resources: { cpu: '100m', memory: '128Mi' },
});

/** A valid description; tests change one thing. */
export function buildDescription(changes: Partial<PlatformDescription> = {}): PlatformDescription {
  return {
    name: 'shop',
    domain: 'shop.example.com',
    registry: 'registry.example.com/shop',
    version: '1.0.0',
    targets: ['compose'],
    services: [loyalty],
    applications: [
      next('web', { dependsOn: ['api'] }),
      nest('api', { host: 'data', database: true, port: 3100, dependsOn: ['loyalty'] }),
      image('search', { image: 'example/search:1.2.3', port: 7700, health: { live: '/health', ready: '/health' } }),
    ],
    infrastructure: [component('postgres')],
    environments: { development: { domain: 'localhost' }, production: { replicas: { web: 2 } } },
    ...changes,
  };
}
