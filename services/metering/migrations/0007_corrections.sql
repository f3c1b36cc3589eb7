-- Why an event was taken back, or given other data, and what it said before.
CREATE TABLE metering.event_corrections (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  event_hash uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('retracted', 'replaced')),
  reason text NOT NULL,
  previous_data json NOT NULL,
  corrected_by text,
  corrected_at timestamptz NOT NULL
);
CREATE INDEX event_corrections_event ON metering.event_corrections (tenant_id, event_hash);
CALL plinth.protect_tenant_table('metering.event_corrections');

-- Days (UTC) whose usage changed a day or more after it was used, by late events and corrections: bills may have been
-- made of it. Sequences are given under the tenant's lock of days, which a reader takes alone: none appears behind it.
CREATE TABLE metering.usage_changes (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  day_start timestamptz NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant_id, account_id, meter_id, day_start)
);
CREATE INDEX usage_changes_sequence ON metering.usage_changes (tenant_id, sequence);
CALL plinth.protect_tenant_table('metering.usage_changes');
