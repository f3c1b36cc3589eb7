import type { TenantTable } from '@plinth/common';

/** Every table with rows of tenants; those that refer to others first. */
export const tenantTables: readonly TenantTable[] = [
  { name: 'product.entitlements', key: { plan_id: 'uuid', plan_version: 'integer', feature_id: 'uuid' } },
  { name: 'product.prices', key: { id: 'uuid' } },
  { name: 'product.plan_versions', key: { plan_id: 'uuid', plan_version: 'integer' } },
  { name: 'product.plans', key: { id: 'uuid' } },
  { name: 'product.plan_families', key: { id: 'uuid' } },
  { name: 'product.coupons', key: { id: 'uuid' } },
  { name: 'product.features', key: { id: 'uuid' } },
  { name: 'product.products', key: { id: 'uuid' } },
];
