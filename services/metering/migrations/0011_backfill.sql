-- Counters of Prometheus that become usage, once a day, as far as it was not metered otherwise.
CREATE TABLE metering.backfill_sources (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  meter_id uuid NOT NULL REFERENCES metering.meters (id),
  -- An instant vector selector: the counter and which of its series.
  selector text NOT NULL,
  account_label text NOT NULL,
  -- Fraction digits to which increases, which Prometheus estimates, are rounded.
  digits integer NOT NULL CHECK (digits BETWEEN 0 AND 12),
  -- Properties of the events, for the meter's filters and dimensions.
  properties jsonb NOT NULL,
  -- The next day (UTC) to fill.
  next_day date NOT NULL,
  last_error text,
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, name)
);
CALL plinth.protect_tenant_table('metering.backfill_sources');
CALL plinth.open_to_platform('metering.backfill_sources');

-- What a day of a source brought, the last time that it was filled.
CREATE TABLE metering.backfill_days (
  tenant_id uuid NOT NULL,
  source_id uuid NOT NULL,
  day date NOT NULL,
  accounts integer NOT NULL,
  measured numeric NOT NULL,
  missing_accounts integer NOT NULL,
  missing numeric NOT NULL,
  filled_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, source_id, day),
  FOREIGN KEY (tenant_id, source_id) REFERENCES metering.backfill_sources (tenant_id, id) ON DELETE CASCADE
);
CALL plinth.protect_tenant_table('metering.backfill_days');
