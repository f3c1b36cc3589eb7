import type { TenantTable } from '@plinth/common';

/**
 * Every table with rows of tenants; those that refer to others first. Users, their credentials and sessions belong to
 * people and stay, whatever tenants they were in.
 */
export const tenantTables: readonly TenantTable[] = [
  {
    name: 'iam.members',
    key: { id: 'uuid' },
    view: `SELECT u.id, u.email, u.name, u.created_at FROM auth.users u
            WHERE EXISTS (SELECT FROM iam.effective_assignments e WHERE e.user_id = u.id AND e.tenant_id = $1)`,
  },
  { name: 'iam.invitations', key: { id: 'uuid' }, secrets: ['token_hash'] },
  { name: 'iam.domain_claims', key: { id: 'uuid' } },
  { name: 'iam.email_domains', key: { domain: 'text' } },
  { name: 'iam.role_assignments', key: { id: 'uuid' } },
  { name: 'iam.service_account_secrets', key: { id: 'uuid' }, secrets: ['hash'] },
  { name: 'iam.service_accounts', key: { id: 'uuid' } },
  { name: 'iam.identity_providers', key: { id: 'text' }, secrets: ['secret'] },
  { name: 'iam.scim_users', key: { user_id: 'uuid' } },
  { name: 'iam.group_members', key: { group_id: 'uuid', user_id: 'uuid' } },
  { name: 'iam.groups', key: { id: 'uuid' } },
  { name: 'iam.roles', key: { id: 'uuid' } },
  { name: 'iam.permissions', key: { id: 'uuid' } },
  { name: 'iam.policy_entities', key: { type: 'text', id: 'text' } },
  { name: 'iam.decisions', key: { id: 'uuid' } },
  { name: 'iam.api_keys', key: { id: 'uuid' }, secrets: ['hash', 'previous_hash'] },
  { name: 'iam.webhook_deliveries', key: { id: 'uuid' } },
  { name: 'iam.webhook_endpoints', key: { id: 'uuid' }, secrets: ['secret', 'previous_secret'] },
  { name: 'iam.sign_in_policies', key: { tenant_id: 'uuid' } },
];
