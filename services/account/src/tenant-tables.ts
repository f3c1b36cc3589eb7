import type { TenantTable } from '@plinth/common';

/** Every table with rows of tenants; those that refer to others first. Profiles belong to people, not to tenants. */
export const tenantTables: readonly TenantTable[] = [
  {
    name: 'account.divisions',
    key: { id: 'uuid' },
    untie: 'UPDATE account.divisions SET parent_id = NULL WHERE tenant_id = $1 AND parent_id IS NOT NULL',
  },
  {
    name: 'account.tenant_payers',
    key: { account_id: 'uuid' },
    notExported: 'two columns of account.accounts once more',
  },
  {
    name: 'account.accounts',
    key: { id: 'uuid' },
    untie: 'UPDATE account.accounts SET parent_id = NULL WHERE tenant_id = $1 AND parent_id IS NOT NULL',
  },
  { name: 'account.memberships', key: { organization_id: 'uuid', user_id: 'text' } },
  { name: 'account.organizations', key: { id: 'uuid' } },
];
