import { defineService, standardHealth } from '@plinth/contracts';

export const manifest = defineService({
  name: 'metering',
  title: 'Metering',
  description: 'Meters, usage events counted exactly once, and usage by account and period.',
  port: 3000,
  rateLimit: 500,
  routes: [
    { path: '/metering' },
    { path: '/usage' },
    { path: '/usage/events', rateLimit: 60_000, bodyLimit: 4 * 1024 * 1024 },
  ],
  variablePrefix: 'METERING_',
  variables: [],
  database: { schema: 'metering', role: 'plinth_metering' },
  events: { publishes: [], consumes: {} },
  calls: ['account'],
  health: standardHealth,
  resources: { cpu: '150m', memory: '256Mi', limits: { cpu: '750m', memory: '512Mi' } },
});
