import { defineService, standardHealth } from '@plinth/contracts';

export const manifest = defineService({
  name: 'iam',
  title: 'Identity and access',
  description: 'Sign-in, sessions, access tokens, roles, permissions and API keys.',
  port: 3000,
  rateLimit: 200,
  routes: [
    { path: '/users' },
    { path: '/roles' },
    { path: '/permissions' },
    { path: '/api-keys' },
    { path: '/sessions' },
    { path: '/auth', public: true, bodyLimit: 65_536 },
  ],
  variablePrefix: 'IAM_',
  variables: [
    {
      name: 'IAM_SECRET',
      type: 'string',
      secret: true,
      required: false,
      doc: 'signs session cookies and encrypts signing keys, 32 characters or more; made in the data directory when absent',
    },
    {
      name: 'IAM_SELF_REGISTRATION',
      type: 'boolean',
      default: 'false',
      environments: { development: 'true' },
      doc: 'whether anybody may sign up',
    },
    {
      name: 'IAM_TRUSTED_ORIGINS',
      type: 'list',
      default: '',
      doc: 'origins besides the public URL from which browsers may sign in',
    },
    {
      name: 'IAM_ACCESS_TOKEN_LIFETIME',
      type: 'duration',
      default: '15m',
      minimum: 60_000,
      maximum: 3_600_000,
      doc: 'how long an access token is valid',
    },
    {
      name: 'IAM_INITIAL_ADMIN_EMAIL',
      type: 'string',
      default: 'admin@plinth.localhost',
      doc: 'email address of the first platform administrator',
    },
    {
      name: 'IAM_INITIAL_ADMIN_PASSWORD',
      type: 'string',
      secret: true,
      required: false,
      doc: 'password of the first platform administrator; made and kept in the data directory when absent',
    },
  ],
  database: { schema: 'iam', role: 'plinth_iam', extraSchemas: ['auth'] },
  events: {
    publishes: ['identity.created', 'identity.signed_in', 'identity.signed_out'],
    consumes: { 'account.events': { 'organization.created': 'GrantOwnerRole' } },
  },
  calls: [],
  health: standardHealth,
  resources: { cpu: '200m', memory: '192Mi' },
});
