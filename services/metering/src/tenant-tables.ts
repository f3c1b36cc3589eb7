import type { TenantTable } from '@plinth/common';

const window = { account_id: 'uuid', meter_id: 'uuid' };

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
  { name: 'metering.meters', key: { id: 'uuid' } },
];
