-- Windows belong to a series: all that a revision counts of an account (the revision's id), or the part of it with the
-- same values of the revision's dimensions. `maximum` of a revision that takes the minimum is that of the negated values.
ALTER TABLE metering.usage_windows RENAME COLUMN meter_id TO series_id;
ALTER TABLE metering.usage_days RENAME COLUMN meter_id TO series_id;
ALTER TABLE metering.unique_values RENAME COLUMN meter_id TO series_id;

CREATE TABLE metering.usage_groups (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  series_id uuid NOT NULL,
  -- Texts by dimension.
  values jsonb NOT NULL,
  PRIMARY KEY (tenant_id, account_id, revision_id, series_id)
);
CALL plinth.protect_tenant_table('metering.usage_groups');

-- Single values, for what cannot be added up by windows: percentiles and weighted sums.
CREATE TABLE metering.samples (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  series_id uuid NOT NULL,
  time timestamptz NOT NULL,
  event_hash uuid NOT NULL,
  value numeric NOT NULL,
  PRIMARY KEY (tenant_id, account_id, series_id, time, event_hash)
);
CALL plinth.protect_tenant_table('metering.samples');
