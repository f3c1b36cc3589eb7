import type { TenantTable } from '@plinth/common';

/** Which invoices are kept when their tenant is deleted, as a condition on their columns. */
export function keptInvoiceSql(retentionMs: number): string {
  return `status <> 'draft' AND finalized_at > now() - make_interval(secs => ${Math.floor(retentionMs / 1000)})`;
}

/** Every table with rows of tenants; those that refer to others first. Final invoices are kept for `retentionMs`. */
export function createTenantTables(retentionMs: number): TenantTable[] {
  const keptInvoice = keptInvoiceSql(retentionMs);
  const reason = `final invoices are kept for ${Math.ceil(retentionMs / 86_400_000)} days from their finalization`;
  const keptCreditNote = `EXISTS (SELECT FROM subscription.invoices i WHERE i.id = invoice_id AND ${keptInvoice})`;
  return [
    {
      name: 'subscription.credit_note_lines',
      key: { credit_note_id: 'uuid', position: 'integer' },
      keeps: { condition: keptCreditNote, reason },
    },
    { name: 'subscription.credit_notes', key: { id: 'uuid' }, keeps: { condition: keptCreditNote, reason } },
    {
      name: 'subscription.invoice_lines',
      key: { invoice_id: 'uuid', position: 'integer' },
      keeps: {
        condition: `EXISTS (SELECT FROM subscription.invoices i WHERE i.id = invoice_id AND ${keptInvoice})`,
        reason,
      },
    },
    { name: 'subscription.invoices', key: { id: 'uuid' }, keeps: { condition: keptInvoice, reason } },
    { name: 'subscription.credit_purchases', key: { payment_id: 'uuid' } },
    { name: 'subscription.credit_entries', key: { id: 'uuid' } },
    { name: 'subscription.credit_grants', key: { id: 'uuid' } },
    { name: 'subscription.credit_wallets', key: { id: 'uuid' } },
    { name: 'subscription.dispute_evidence', key: { dispute_id: 'uuid', part: 'text', page: 'integer' } },
    { name: 'subscription.dispute_events', key: { id: 'uuid' } },
    { name: 'subscription.dispute_invoices', key: { dispute_id: 'uuid', invoice_id: 'uuid' } },
    { name: 'subscription.disputes', key: { id: 'uuid' } },
    { name: 'subscription.approval_requests', key: { id: 'uuid' } },
    { name: 'subscription.approval_rules', key: { id: 'uuid' } },
    { name: 'subscription.money_actions', key: { id: 'uuid' } },
    { name: 'subscription.notices', key: { id: 'uuid' } },
    { name: 'subscription.notice_settings', key: { id: 'uuid' } },
    { name: 'subscription.bank_transfers', key: { id: 'uuid' } },
    { name: 'subscription.gateway_events', key: { gateway_account_id: 'uuid', event_id: 'text' } },
    { name: 'subscription.chargebacks', key: { id: 'uuid' } },
    { name: 'subscription.refunds', key: { id: 'uuid' } },
    { name: 'subscription.payment_allocations', key: { payment_id: 'uuid', invoice_id: 'uuid' } },
    { name: 'subscription.payments', key: { id: 'uuid' } },
    { name: 'subscription.payment_methods', key: { id: 'uuid' } },
    { name: 'subscription.gateway_customers', key: { gateway_account_id: 'uuid', account_id: 'uuid' } },
    {
      name: 'subscription.gateway_accounts',
      key: { id: 'uuid' },
      secrets: ['secret_key', 'webhook_secret'],
    },
    { name: 'subscription.dunnings', key: { invoice_id: 'uuid' } },
    { name: 'subscription.dunning_policies', key: { id: 'uuid' } },
    { name: 'subscription.billing_thresholds', key: { subscription_id: 'uuid' } },
    { name: 'subscription.kill_bill_invoice_items', key: { tenant_id: 'uuid', id: 'uuid' } },
    { name: 'subscription.kill_bill_invoices', key: { tenant_id: 'uuid', id: 'uuid' } },
    {
      name: 'subscription.kill_bill_usages',
      key: {
        tenant_id: 'uuid',
        subscription_id: 'uuid',
        track: 'text',
        meter: 'text',
        part_from: 'date',
        revision: 'integer',
      },
    },
    {
      name: 'subscription.kill_bill_subscriptions',
      key: { tenant_id: 'uuid', subscription_id: 'uuid', track: 'text' },
    },
    { name: 'subscription.kill_bill_accounts', key: { tenant_id: 'uuid', external_key: 'text' } },
    {
      name: 'subscription.kill_bill_connections',
      key: { tenant_id: 'uuid' },
      secrets: ['password', 'api_secret'],
    },
    { name: 'subscription.phases', key: { id: 'uuid' } },
    { name: 'subscription.subscriptions', key: { id: 'uuid' } },
    { name: 'subscription.plan_versions', key: { plan_id: 'uuid', version: 'integer', currency: 'text' } },
    { name: 'subscription.trials', key: { account_id: 'uuid', subject: 'text' } },
    { name: 'subscription.invoice_numbers', key: { tenant_id: 'uuid', legal_entity_id: 'uuid', series: 'text' } },
    { name: 'subscription.account_entitlements', key: { account_id: 'uuid' } },
    { name: 'subscription.legal_entities', key: { id: 'uuid' } },
    {
      name: 'subscription.legal_entity_versions',
      key: { legal_entity_id: 'uuid', version: 'integer' },
      keeps: {
        condition: `EXISTS (SELECT FROM subscription.invoices i WHERE i.legal_entity_id = legal_entity_versions.legal_entity_id AND ${keptInvoice})`,
        reason,
      },
    },
    { name: 'subscription.tax_rates', key: { id: 'uuid' } },
    { name: 'subscription.coupon_uses', key: { redemption_id: 'uuid', invoice_id: 'uuid' } },
    { name: 'subscription.coupon_redemptions', key: { id: 'uuid' } },
    { name: 'subscription.coupon_counters', key: { tenant_id: 'uuid', coupon_id: 'uuid' } },
    { name: 'subscription.one_off_charges', key: { id: 'uuid' } },
    {
      name: 'subscription.late_usage',
      key: { tenant_id: 'uuid', account_id: 'uuid', meter: 'text', from_at: 'timestamptz' },
    },
    { name: 'subscription.late_usage_positions', key: { tenant_id: 'uuid' } },
    { name: 'subscription.ended_usage', key: { subscription_id: 'uuid' } },
    { name: 'subscription.ledger_entries', key: { posting_id: 'uuid', position: 'smallint' } },
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
