import type { TenantTable } from '@plinth/common';

const window = { account_id: 'uuid', series_id: 'uuid' };

/** Every table with rows of tenants; those that refer to others first. */
export const tenantTables: readonly TenantTable[] = [
  { name: 'metering.events', key: { account_id: 'uuid', time: 'timestamptz', event_hash: 'uuid' } },
  {
    name: 'metering.event_keys',
    key: { event_hash: 'uuid' },
    notExported: 'hashes by which events are known again; the events have them too',
  },
  { name: 'metering.unmatched_events', key: { event_hash: 'uuid' } },
  { name: 'metering.unique_values', key: { ...window, window_start: 'timestamptz', value_hash: 'uuid' } },
  { name: 'metering.usage_windows', key: { ...window, window_start: 'timestamptz' } },
  { name: 'metering.usage_days', key: { ...window, day_start: 'timestamptz' } },
  { name: 'metering.day_roll_ups', key: { tenant_id: 'uuid' } },
  {
    name: 'metering.quota_touches',
    key: { account_id: 'uuid', meter_id: 'uuid' },
    notExported: 'what waits to be compared with its quotas',
  },
  {
    name: 'metering.awaited_quotas',
    key: { account_id: 'uuid' },
    notExported: 'what plans grant, until its meters exist; plans and subscriptions tell it',
  },
  { name: 'metering.quota_windows', key: { quota_id: 'uuid', account_id: 'uuid', window_start: 'timestamptz' } },
  { name: 'metering.quota_alerts', key: { id: 'uuid' } },
  { name: 'metering.backfill_days', key: { source_id: 'uuid', day: 'date' } },
  { name: 'metering.backfill_sources', key: { id: 'uuid' } },
  { name: 'metering.quotas', key: { id: 'uuid' } },
  { name: 'metering.event_corrections', key: { id: 'uuid' } },
  {
    name: 'metering.usage_changes',
    key: { account_id: 'uuid', meter_id: 'uuid', day_start: 'timestamptz' },
    notExported: 'days that bills are compared with again; the events and corrections tell what changed',
  },
  { name: 'metering.rejected_events', key: { id: 'uuid' } },
  { name: 'metering.rejection_counts', key: { reason: 'text' } },
  { name: 'metering.samples', key: { ...window, time: 'timestamptz', event_hash: 'uuid' } },
  { name: 'metering.usage_groups', key: { account_id: 'uuid', revision_id: 'uuid', series_id: 'uuid' } },
  { name: 'metering.generations', key: { tenant_id: 'uuid' } },
  { name: 'metering.meter_revisions', key: { id: 'uuid' } },
  { name: 'metering.meters', key: { id: 'uuid' } },
];
