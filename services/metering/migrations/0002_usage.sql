-- Every event that was ever accepted, by a hash of source and id: an event counts once, for ever.
CREATE TABLE metering.event_keys (
  tenant_id uuid NOT NULL,
  event_hash uuid NOT NULL,
  PRIMARY KEY (tenant_id, event_hash)
);
CALL plinth.protect_tenant_table('metering.event_keys');

-- The events themselves, by month of their time.
CREATE TABLE metering.events (
  tenant_id uuid NOT NULL,
  event_hash uuid NOT NULL,
  source text NOT NULL,
  id text NOT NULL,
  type text NOT NULL,
  account_id uuid NOT NULL,
  time timestamptz NOT NULL,
  data jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (time);
CALL plinth.protect_tenant_table('metering.events');
CREATE INDEX events_account_time ON metering.events (tenant_id, account_id, time);

-- Partitions live where the service's role cannot reach them: it comes to their rows through the parent, and so
-- through its policy, alone.
CREATE SCHEMA metering_partitions;

-- Makes the partition of a month. The service's role may not make tables; it may call this.
CREATE FUNCTION metering.ensure_partition(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  name text := 'events_' || to_char(first, 'YYYY_MM');
BEGIN
  IF to_regclass('metering_partitions.' || name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('metering.ensure_partition'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS metering_partitions.%I PARTITION OF metering.events FOR VALUES FROM (%L) TO (%L)',
    name, first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
  EXECUTE format('ALTER TABLE metering_partitions.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
END $$;
REVOKE ALL ON FUNCTION metering.ensure_partition(date) FROM PUBLIC;

-- Usage in windows of a quarter of an hour: every local midnight of today's time zones is on a window's edge.
CREATE TABLE metering.usage_windows (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  window_start timestamptz NOT NULL,
  events bigint NOT NULL,
  quantity numeric NOT NULL,
  maximum numeric,
  last_value numeric,
  last_time timestamptz,
  PRIMARY KEY (tenant_id, account_id, meter_id, window_start)
);
CALL plinth.protect_tenant_table('metering.usage_windows');

-- Distinct values of unique-count meters.
CREATE TABLE metering.unique_values (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  window_start timestamptz NOT NULL,
  value_hash uuid NOT NULL,
  PRIMARY KEY (tenant_id, account_id, meter_id, window_start, value_hash)
);
CALL plinth.protect_tenant_table('metering.unique_values');

-- Events that nothing counts yet, kept until their meter or account exists.
CREATE TABLE metering.unmatched_events (
  tenant_id uuid NOT NULL,
  event_hash uuid NOT NULL,
  reason text NOT NULL,
  event jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, event_hash)
);
CALL plinth.protect_tenant_table('metering.unmatched_events');
