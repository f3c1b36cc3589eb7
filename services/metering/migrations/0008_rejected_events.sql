-- Events that were refused, the newest of a tenant, so that they can be corrected and sent again.
CREATE TABLE metering.rejected_events (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  reason text NOT NULL,
  -- As it came; null when it was too large to keep.
  event json,
  received_at timestamptz NOT NULL
);
CREATE INDEX rejected_events_order ON metering.rejected_events (tenant_id, id);
CALL plinth.protect_tenant_table('metering.rejected_events');

-- How many there were for each reason, whether they are kept or not.
CREATE TABLE metering.rejection_counts (
  tenant_id uuid NOT NULL,
  reason text NOT NULL,
  events bigint NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, reason)
);
CALL plinth.protect_tenant_table('metering.rejection_counts');
