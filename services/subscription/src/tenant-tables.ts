import type { TenantTable } from '@plinth/common';

/** Which invoices are kept when their tenant is deleted, as a condition on their columns. */
export function keptInvoiceSql(retentionMs: number): string {
  return `status <> 'draft' AND finalized_at > now() - make_interval(secs => ${Math.floor(retentionMs / 1000)})`;
}

/** Every table with rows of tenants; those that refer to others first. Final invoices are kept for `retentionMs`. */
export function createTenantTables(retentionMs: number): TenantTable[] {
  const keptInvoice = keptInvoiceSql(retentionMs);
  const reason = `final invoices are kept for ${Math.ceil(retentionMs / 86_400_000)} days from their finalization`;
  return [
    {
      name: 'subscription.invoice_lines',
      key: { invoice_id: 'uuid', position: 'integer' },
      keeps: {
        condition: `EXISTS (SELECT FROM subscription.invoices i WHERE i.id = invoice_id AND ${keptInvoice})`,
        reason,
      },
    },
    { name: 'subscription.invoices', key: { id: 'uuid' }, keeps: { condition: keptInvoice, reason } },
    { name: 'subscription.phases', key: { id: 'uuid' } },
    { name: 'subscription.subscriptions', key: { id: 'uuid' } },
    { name: 'subscription.plan_versions', key: { plan_id: 'uuid', version: 'integer' } },
    { name: 'subscription.invoice_numbers', key: { tenant_id: 'uuid' } },
    {
      name: 'subscription.kept_tenants',
      key: { tenant_id: 'uuid' },
      notExported: 'is there for deleted tenants only',
      keeps: {
        condition: `EXISTS (SELECT FROM subscription.invoices i WHERE i.tenant_id = kept_tenants.tenant_id)`,
        reason: 'names the tenant until its last invoice is removed',
      },
    },
  ];
}
