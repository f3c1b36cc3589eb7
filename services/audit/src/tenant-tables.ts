import type { TenantTable } from '@plinth/common';

/** Every table with rows of tenants. The trail goes with its tenant; the head of its chain stays. */
export const tenantTables: readonly TenantTable[] = [
  { name: 'audit.entries', key: { sequence: 'bigint' } },
  {
    name: 'audit.chains',
    key: { tenant_id: 'uuid' },
    keeps: { reason: 'sequence and hash of the last entry of the audit trail' },
  },
];
