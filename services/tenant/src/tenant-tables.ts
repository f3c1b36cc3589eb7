import type { TenantTable } from '@plinth/common';

/** Every table with rows of tenants; those that refer to others first. */
export const tenantTables: readonly TenantTable[] = [
  {
    name: 'tenant.export_chunks',
    key: { export_id: 'uuid', position: 'integer' },
    notExported: 'pieces of the exports themselves',
  },
  { name: 'tenant.exports', key: { id: 'uuid' } },
  {
    name: 'tenant.certificates',
    key: { id: 'uuid' },
    keeps: { reason: 'proves the deletion' },
  },
  {
    name: 'tenant.deletions',
    key: { tenant_id: 'uuid' },
    keeps: { reason: 'who asked for the deletion, and when' },
  },
  {
    name: 'tenant.tenants',
    key: { id: 'uuid' },
    tenantColumn: 'id',
    keeps: { reason: 'id and dates without the name, so that the id is never used again' },
  },
];
