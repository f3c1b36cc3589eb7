import { defineService, standardHealth } from '@plinth/contracts';

export const manifest = defineService({
  name: 'product',
  title: 'Products and plans',
  description: 'The catalogue: products, features, plans with versioned prices, families of plans, and coupons.',
  port: 3000,
  rateLimit: 150,
  routes: [
    { path: '/products' },
    { path: '/features' },
    { path: '/tiers' },
    { path: '/plans' },
    { path: '/plan-families' },
    { path: '/prices' },
    { path: '/coupons' },
  ],
  variablePrefix: 'PRODUCT_',
  variables: [],
  database: { schema: 'product', role: 'plinth_product' },
  events: { publishes: [], consumes: {} },
  calls: ['metering', 'subscription'],
  health: standardHealth,
  resources: { cpu: '100m', memory: '128Mi' },
});
