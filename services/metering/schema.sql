-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE metering.day_roll_ups (
  tenant_id uuid NOT NULL,
  rolled_until timestamp with time zone NOT NULL
);

CREATE TABLE metering.event_keys (
  tenant_id uuid NOT NULL,
  event_hash uuid NOT NULL
);

CREATE TABLE metering.events (
  tenant_id uuid NOT NULL,
  event_hash uuid NOT NULL,
  source text NOT NULL,
  id text NOT NULL,
  type text NOT NULL,
  account_id uuid NOT NULL,
  "time" timestamp with time zone NOT NULL,
  data json NOT NULL,
  received_at timestamp with time zone DEFAULT now() NOT NULL
) PARTITION BY RANGE ("time");

CREATE TABLE metering.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE metering.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE metering.meters (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  event_type text NOT NULL,
  aggregation text NOT NULL,
  value_property text,
  unit text,
  archived boolean DEFAULT false NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE metering.outbox (
  id uuid NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  tenant_id uuid,
  envelope jsonb NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE metering.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE metering.unique_values (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  window_start timestamp with time zone NOT NULL,
  value_hash uuid NOT NULL
);

CREATE TABLE metering.unmatched_events (
  tenant_id uuid NOT NULL,
  event_hash uuid NOT NULL,
  reason text NOT NULL,
  event jsonb NOT NULL,
  received_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE metering.usage_days (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  day_start timestamp with time zone NOT NULL,
  events bigint NOT NULL,
  quantity numeric NOT NULL,
  maximum numeric,
  last_value numeric,
  last_time timestamp with time zone
);

CREATE TABLE metering.usage_windows (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  window_start timestamp with time zone NOT NULL,
  events bigint NOT NULL,
  quantity numeric NOT NULL,
  maximum numeric,
  last_value numeric,
  last_time timestamp with time zone
);

-- constraints

ALTER TABLE metering.day_roll_ups ADD CONSTRAINT day_roll_ups_pkey PRIMARY KEY (tenant_id);

ALTER TABLE metering.event_keys ADD CONSTRAINT event_keys_pkey PRIMARY KEY (tenant_id, event_hash);

ALTER TABLE metering.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE metering.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE metering.meters ADD CONSTRAINT meters_aggregation_check CHECK ((aggregation = ANY (ARRAY['count'::text, 'sum'::text, 'max'::text, 'last'::text, 'unique_count'::text])));

ALTER TABLE metering.meters ADD CONSTRAINT meters_check CHECK (((aggregation = 'count'::text) = (value_property IS NULL)));

ALTER TABLE metering.meters ADD CONSTRAINT meters_pkey PRIMARY KEY (id);

ALTER TABLE metering.meters ADD CONSTRAINT meters_tenant_id_key_key UNIQUE (tenant_id, key);

ALTER TABLE metering.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE metering.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE metering.unique_values ADD CONSTRAINT unique_values_pkey PRIMARY KEY (tenant_id, account_id, meter_id, window_start, value_hash);

ALTER TABLE metering.unmatched_events ADD CONSTRAINT unmatched_events_pkey PRIMARY KEY (tenant_id, event_hash);

ALTER TABLE metering.usage_days ADD CONSTRAINT usage_days_pkey PRIMARY KEY (tenant_id, account_id, meter_id, day_start);

ALTER TABLE metering.usage_windows ADD CONSTRAINT usage_windows_pkey PRIMARY KEY (tenant_id, account_id, meter_id, window_start);

-- indexes

CREATE INDEX events_account_time ON ONLY metering.events USING btree (tenant_id, account_id, "time");

CREATE INDEX idempotency_keys_created_at ON metering.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON metering.inbox USING btree (handled_at);

CREATE INDEX outbox_order ON metering.outbox USING btree (transaction_id, sequence);

-- row-level security

ALTER TABLE metering.day_roll_ups FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.event_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.events FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.meters FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.unique_values FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.unmatched_events FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.usage_days FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.usage_windows FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY platform_scope ON metering.day_roll_ups FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON metering.day_roll_ups FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.event_keys FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.events FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON metering.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY tenant_isolation ON metering.meters FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.unique_values FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.unmatched_events FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.usage_days FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.usage_windows FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- functions

CREATE OR REPLACE FUNCTION metering.ensure_partition(month date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  first date := date_trunc('month', month)::date;
  name text := 'events_' || to_char(first, 'YYYY_MM');
BEGIN
  IF to_regclass('metering_partitions.' || name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('metering.ensure_partition'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS metering_partitions.%I PARTITION OF metering.events FOR VALUES FROM (%L) TO (%L)',
    name, first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
  EXECUTE format('ALTER TABLE metering_partitions.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
END $function$
;
