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
    { path: '/metering/openmeter/api/v1/events', rateLimit: 60_000, bodyLimit: 4 * 1024 * 1024 },
  ],
  variablePrefix: 'METERING_',
  variables: [
    {
      name: 'METERING_PROMETHEUS_URL',
      type: 'url',
      required: false,
      doc: 'Prometheus, or what speaks its query API, from which usage may be filled; nothing is filled when absent',
    },
    {
      name: 'METERING_PROMETHEUS_TOKEN',
      type: 'string',
      secret: true,
      required: false,
      doc: 'bearer token for it',
    },
  ],
  database: { schema: 'metering', role: 'plinth_metering' },
  events: {
    publishes: ['usage.threshold_reached', 'usage.quota_exceeded'],
    consumes: {
      'usage.events': { 'usage.recorded': 'RecordUsage' },
      'subscription.events': { 'entitlements.changed': 'SetQuotas' },
    },
  },
  calls: ['account', 'tenant'],
  // Prometheus, where there is one.
  reaches: ['internet'],
  health: standardHealth,
  resources: { cpu: '150m', memory: '256Mi', limits: { cpu: '750m', memory: '512Mi' } },
});
