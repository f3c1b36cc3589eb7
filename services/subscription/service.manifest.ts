import { defineService, standardHealth } from '@plinth/contracts';

export const manifest = defineService({
  name: 'subscription',
  title: 'Subscriptions and invoices',
  description: 'What each account has subscribed to, the invoice run, and invoices with numbers without gaps.',
  port: 3000,
  rateLimit: 100,
  routes: [{ path: '/subscriptions' }, { path: '/invoices' }],
  variablePrefix: 'SUBSCRIPTION_',
  variables: [
    {
      name: 'SUBSCRIPTION_INVOICE_RETENTION',
      type: 'duration',
      default: '3653d',
      minimum: 0,
      doc: 'how long final invoices of a deleted tenant are kept, from their finalization; 0s: not at all',
    },
  ],
  database: { schema: 'subscription', role: 'plinth_subscription' },
  events: {
    publishes: ['subscription.created', 'subscription.canceled', 'invoice.finalized'],
    consumes: {},
  },
  calls: ['account', 'product', 'metering', 'tenant'],
  health: standardHealth,
  resources: { cpu: '200m', memory: '192Mi' },
});
