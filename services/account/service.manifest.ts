import { defineService, standardHealth } from '@plinth/contracts';

export const manifest = defineService({
  name: 'account',
  title: 'Accounts',
  description: "Organizations and their divisions, a tenant's customer accounts, and the profiles of people.",
  port: 3000,
  rateLimit: 100,
  routes: [
    // A full batch of accounts with metadata is larger than the usual megabyte.
    { path: '/accounts', bodyLimit: 4 * 1024 * 1024 },
    { path: '/organizations' },
    { path: '/divisions' },
    { path: '/profiles' },
  ],
  variablePrefix: 'ACCOUNT_',
  variables: [],
  database: { schema: 'account', role: 'plinth_account' },
  events: {
    publishes: ['organization.created', 'user.profile.created', 'account.tenant_linked'],
    consumes: {
      'identity.events': {
        'identity.created': 'CreateProfile',
        'member.joined': 'AddMember',
        'member.left': 'RemoveMember',
      },
    },
  },
  calls: ['tenant', 'iam'],
  health: standardHealth,
  resources: { cpu: '100m', memory: '128Mi' },
});
