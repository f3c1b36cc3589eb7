-- Sums of past days (UTC), so that what a period's usage costs to read does not grow with its quarters of an hour.
CREATE TABLE metering.usage_days (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  day_start timestamptz NOT NULL,
  events bigint NOT NULL,
  quantity numeric NOT NULL,
  maximum numeric,
  last_value numeric,
  last_time timestamptz,
  PRIMARY KEY (tenant_id, account_id, meter_id, day_start)
);
CALL plinth.protect_tenant_table('metering.usage_days');

-- Up to where a tenant's windows stand in usage_days too. From there on the windows alone count.
CREATE TABLE metering.day_roll_ups (
  tenant_id uuid PRIMARY KEY,
  rolled_until timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('metering.day_roll_ups');
CALL plinth.open_to_platform('metering.day_roll_ups');
INSERT INTO metering.day_roll_ups SELECT DISTINCT tenant_id, timestamptz '2000-01-01 00:00:00+00' FROM metering.meters;
