-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE metering.awaited_quotas (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  grants jsonb NOT NULL,
  meters text[] NOT NULL
);

CREATE TABLE metering.backfill_days (
  tenant_id uuid NOT NULL,
  source_id uuid NOT NULL,
  day date NOT NULL,
  accounts integer NOT NULL,
  measured numeric NOT NULL,
  missing_accounts integer NOT NULL,
  missing numeric NOT NULL,
  filled_at timestamp with time zone NOT NULL
);

CREATE TABLE metering.backfill_sources (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  meter_id uuid NOT NULL,
  selector text NOT NULL,
  account_label text NOT NULL,
  digits integer NOT NULL,
  properties jsonb NOT NULL,
  next_day date NOT NULL,
  last_error text,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE metering.day_roll_ups (
  tenant_id uuid NOT NULL,
  rolled_until timestamp with time zone NOT NULL
);

CREATE TABLE metering.event_corrections (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  event_hash uuid NOT NULL,
  kind text NOT NULL,
  reason text NOT NULL,
  previous_data json NOT NULL,
  corrected_by text,
  corrected_at timestamp with time zone NOT NULL
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
  received_at timestamp with time zone DEFAULT now() NOT NULL,
  generation integer DEFAULT 0 NOT NULL,
  retracted boolean DEFAULT false NOT NULL
) PARTITION BY RANGE ("time");

CREATE TABLE metering.generations (
  tenant_id uuid NOT NULL,
  generation integer NOT NULL
);

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

CREATE TABLE metering.meter_revisions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  number integer NOT NULL,
  aggregation text NOT NULL,
  value_property text,
  percentile numeric,
  filters jsonb DEFAULT '[]'::jsonb NOT NULL,
  dimensions text[] DEFAULT '{}'::text[] NOT NULL,
  status text NOT NULL,
  generation integer NOT NULL,
  position_account uuid,
  position_time timestamp with time zone,
  position_hash uuid,
  counted_events bigint DEFAULT 0 NOT NULL,
  skipped_events bigint DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  completed_at timestamp with time zone,
  superseded_at timestamp with time zone
);

CREATE TABLE metering.meters (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  event_type text NOT NULL,
  unit text,
  archived boolean DEFAULT false NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  revision_id uuid NOT NULL,
  counted_generations int4multirange DEFAULT '{[0,)}'::int4multirange NOT NULL
);

CREATE TABLE metering.outbox (
  id uuid NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  tenant_id uuid,
  envelope json NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE metering.quota_alerts (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  quota_id uuid NOT NULL,
  account_id uuid NOT NULL,
  threshold integer,
  window_start timestamp with time zone NOT NULL,
  window_end timestamp with time zone,
  used numeric NOT NULL,
  quota_limit numeric NOT NULL,
  percent numeric NOT NULL,
  fired_at timestamp with time zone NOT NULL
);

CREATE TABLE metering.quota_touches (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  touches bigint DEFAULT 1 NOT NULL,
  due_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE metering.quota_windows (
  tenant_id uuid NOT NULL,
  quota_id uuid NOT NULL,
  account_id uuid NOT NULL,
  window_start timestamp with time zone NOT NULL,
  carried numeric NOT NULL,
  quota_limit numeric NOT NULL
);

CREATE TABLE metering.quotas (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid,
  meter_id uuid NOT NULL,
  feature text,
  quota_limit numeric NOT NULL,
  reset text NOT NULL,
  anchor date,
  period_unit text,
  period_count integer,
  roll_over numeric,
  overage text NOT NULL,
  alerts_at integer[] NOT NULL,
  source text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE metering.rejected_events (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  reason text NOT NULL,
  event json,
  received_at timestamp with time zone NOT NULL
);

CREATE TABLE metering.rejection_counts (
  tenant_id uuid NOT NULL,
  reason text NOT NULL,
  events bigint NOT NULL,
  first_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL
);

CREATE TABLE metering.samples (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  series_id uuid NOT NULL,
  "time" timestamp with time zone NOT NULL,
  event_hash uuid NOT NULL,
  value numeric NOT NULL
);

CREATE TABLE metering.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE metering.unique_values (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  series_id uuid NOT NULL,
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

CREATE TABLE metering.usage_changes (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  day_start timestamp with time zone NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY NOT NULL
);

CREATE TABLE metering.usage_days (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  series_id uuid NOT NULL,
  day_start timestamp with time zone NOT NULL,
  events bigint NOT NULL,
  quantity numeric NOT NULL,
  maximum numeric,
  last_value numeric,
  last_time timestamp with time zone
);

CREATE TABLE metering.usage_groups (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  series_id uuid NOT NULL,
  "values" jsonb NOT NULL
);

CREATE TABLE metering.usage_windows (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  series_id uuid NOT NULL,
  window_start timestamp with time zone NOT NULL,
  events bigint NOT NULL,
  quantity numeric NOT NULL,
  maximum numeric,
  last_value numeric,
  last_time timestamp with time zone
);

-- constraints

ALTER TABLE metering.awaited_quotas ADD CONSTRAINT awaited_quotas_pkey PRIMARY KEY (tenant_id, account_id);

ALTER TABLE metering.backfill_days ADD CONSTRAINT backfill_days_pkey PRIMARY KEY (tenant_id, source_id, day);

ALTER TABLE metering.backfill_days ADD CONSTRAINT backfill_days_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES metering.backfill_sources(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE metering.backfill_sources ADD CONSTRAINT backfill_sources_digits_check CHECK (((digits >= 0) AND (digits <= 12)));

ALTER TABLE metering.backfill_sources ADD CONSTRAINT backfill_sources_meter_id_fkey FOREIGN KEY (meter_id) REFERENCES metering.meters(id);

ALTER TABLE metering.backfill_sources ADD CONSTRAINT backfill_sources_pkey PRIMARY KEY (id);

ALTER TABLE metering.backfill_sources ADD CONSTRAINT backfill_sources_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE metering.backfill_sources ADD CONSTRAINT backfill_sources_tenant_id_name_key UNIQUE (tenant_id, name);

ALTER TABLE metering.day_roll_ups ADD CONSTRAINT day_roll_ups_pkey PRIMARY KEY (tenant_id);

ALTER TABLE metering.event_corrections ADD CONSTRAINT event_corrections_kind_check CHECK ((kind = ANY (ARRAY['retracted'::text, 'replaced'::text])));

ALTER TABLE metering.event_corrections ADD CONSTRAINT event_corrections_pkey PRIMARY KEY (id);

ALTER TABLE metering.event_keys ADD CONSTRAINT event_keys_pkey PRIMARY KEY (tenant_id, event_hash);

ALTER TABLE metering.generations ADD CONSTRAINT generations_pkey PRIMARY KEY (tenant_id);

ALTER TABLE metering.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE metering.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE metering.meter_revisions ADD CONSTRAINT meter_revisions_aggregation_check CHECK ((aggregation = ANY (ARRAY['count'::text, 'sum'::text, 'max'::text, 'min'::text, 'last'::text, 'unique_count'::text, 'weighted_sum'::text, 'percentile'::text])));

ALTER TABLE metering.meter_revisions ADD CONSTRAINT meter_revisions_check CHECK (((aggregation = 'count'::text) = (value_property IS NULL)));

ALTER TABLE metering.meter_revisions ADD CONSTRAINT meter_revisions_check1 CHECK (((aggregation = 'percentile'::text) = (percentile IS NOT NULL)));

ALTER TABLE metering.meter_revisions ADD CONSTRAINT meter_revisions_percentile_check CHECK (((percentile > (0)::numeric) AND (percentile <= (100)::numeric)));

ALTER TABLE metering.meter_revisions ADD CONSTRAINT meter_revisions_pkey PRIMARY KEY (id);

ALTER TABLE metering.meter_revisions ADD CONSTRAINT meter_revisions_status_check CHECK ((status = ANY (ARRAY['building'::text, 'active'::text, 'superseded'::text, 'removed'::text])));

ALTER TABLE metering.meter_revisions ADD CONSTRAINT meter_revisions_tenant_id_meter_id_number_key UNIQUE (tenant_id, meter_id, number);

ALTER TABLE metering.meters ADD CONSTRAINT meters_pkey PRIMARY KEY (id);

ALTER TABLE metering.meters ADD CONSTRAINT meters_tenant_id_key_key UNIQUE (tenant_id, key);

ALTER TABLE metering.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE metering.quota_alerts ADD CONSTRAINT quota_alerts_pkey PRIMARY KEY (id);

ALTER TABLE metering.quota_alerts ADD CONSTRAINT quota_alerts_tenant_id_quota_id_account_id_window_start_thr_key UNIQUE NULLS NOT DISTINCT (tenant_id, quota_id, account_id, window_start, threshold);

ALTER TABLE metering.quota_alerts ADD CONSTRAINT quota_alerts_tenant_id_quota_id_fkey FOREIGN KEY (tenant_id, quota_id) REFERENCES metering.quotas(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE metering.quota_touches ADD CONSTRAINT quota_touches_pkey PRIMARY KEY (tenant_id, account_id, meter_id);

ALTER TABLE metering.quota_windows ADD CONSTRAINT quota_windows_pkey PRIMARY KEY (tenant_id, quota_id, account_id, window_start);

ALTER TABLE metering.quota_windows ADD CONSTRAINT quota_windows_tenant_id_quota_id_fkey FOREIGN KEY (tenant_id, quota_id) REFERENCES metering.quotas(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_check CHECK (((roll_over IS NULL) OR ((roll_over > (0)::numeric) AND (reset <> 'never'::text))));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_check1 CHECK (((reset = 'period'::text) = ((anchor IS NOT NULL) AND (period_unit IS NOT NULL) AND (period_count IS NOT NULL))));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_check2 CHECK (((source = 'manual'::text) OR ((account_id IS NOT NULL) AND (feature IS NOT NULL))));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_meter_id_fkey FOREIGN KEY (meter_id) REFERENCES metering.meters(id);

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_overage_check CHECK ((overage = ANY (ARRAY['allow'::text, 'deny'::text])));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_period_count_check CHECK ((period_count > 0));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_period_unit_check CHECK ((period_unit = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'year'::text])));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_pkey PRIMARY KEY (id);

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_quota_limit_check CHECK ((quota_limit >= (0)::numeric));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_reset_check CHECK ((reset = ANY (ARRAY['period'::text, 'day'::text, 'month'::text, 'year'::text, 'never'::text])));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_source_check CHECK ((source = ANY (ARRAY['manual'::text, 'entitlement'::text])));

ALTER TABLE metering.quotas ADD CONSTRAINT quotas_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE metering.rejected_events ADD CONSTRAINT rejected_events_pkey PRIMARY KEY (id);

ALTER TABLE metering.rejection_counts ADD CONSTRAINT rejection_counts_pkey PRIMARY KEY (tenant_id, reason);

ALTER TABLE metering.samples ADD CONSTRAINT samples_pkey PRIMARY KEY (tenant_id, account_id, series_id, "time", event_hash);

ALTER TABLE metering.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE metering.unique_values ADD CONSTRAINT unique_values_pkey PRIMARY KEY (tenant_id, account_id, series_id, window_start, value_hash);

ALTER TABLE metering.unmatched_events ADD CONSTRAINT unmatched_events_pkey PRIMARY KEY (tenant_id, event_hash);

ALTER TABLE metering.usage_changes ADD CONSTRAINT usage_changes_pkey PRIMARY KEY (tenant_id, account_id, meter_id, day_start);

ALTER TABLE metering.usage_days ADD CONSTRAINT usage_days_pkey PRIMARY KEY (tenant_id, account_id, series_id, day_start);

ALTER TABLE metering.usage_groups ADD CONSTRAINT usage_groups_pkey PRIMARY KEY (tenant_id, account_id, revision_id, series_id);

ALTER TABLE metering.usage_windows ADD CONSTRAINT usage_windows_pkey PRIMARY KEY (tenant_id, account_id, series_id, window_start);

-- indexes

CREATE INDEX event_corrections_event ON metering.event_corrections USING btree (tenant_id, event_hash);

CREATE INDEX events_account_time ON ONLY metering.events USING btree (tenant_id, account_id, "time");

CREATE INDEX idempotency_keys_created_at ON metering.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON metering.inbox USING brin (handled_at);

CREATE UNIQUE INDEX meter_revisions_building ON metering.meter_revisions USING btree (tenant_id, meter_id) WHERE (status = 'building'::text);

CREATE INDEX meter_revisions_unfinished ON metering.meter_revisions USING btree (tenant_id) WHERE (status = ANY (ARRAY['building'::text, 'superseded'::text]));

CREATE INDEX outbox_order ON metering.outbox USING btree (transaction_id, sequence);

CREATE INDEX quota_touches_due ON metering.quota_touches USING btree (due_at);

CREATE INDEX quotas_by_meter ON metering.quotas USING btree (tenant_id, meter_id, account_id);

CREATE UNIQUE INDEX quotas_entitlement ON metering.quotas USING btree (tenant_id, account_id, feature) WHERE (source = 'entitlement'::text);

CREATE INDEX rejected_events_order ON metering.rejected_events USING btree (tenant_id, id);

CREATE INDEX usage_changes_sequence ON metering.usage_changes USING btree (tenant_id, sequence);

-- row-level security

ALTER TABLE metering.awaited_quotas FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.backfill_days FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.backfill_sources FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.day_roll_ups FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.event_corrections FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.event_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.events FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.generations FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.meter_revisions FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.meters FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.quota_alerts FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.quota_touches FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.quota_windows FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.quotas FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.rejected_events FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.rejection_counts FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.samples FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.unique_values FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.unmatched_events FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.usage_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.usage_days FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.usage_groups FORCE ROW LEVEL SECURITY;

ALTER TABLE metering.usage_windows FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY platform_scope ON metering.awaited_quotas FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON metering.awaited_quotas FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.backfill_days FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON metering.backfill_sources FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON metering.backfill_sources FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON metering.day_roll_ups FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON metering.day_roll_ups FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.event_corrections FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.event_keys FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.events FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.generations FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON metering.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY platform_scope ON metering.meter_revisions FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON metering.meter_revisions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.meters FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.quota_alerts FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON metering.quota_touches FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON metering.quota_touches FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.quota_windows FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.quotas FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.rejected_events FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.rejection_counts FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.samples FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.unique_values FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.unmatched_events FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.usage_changes FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.usage_days FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.usage_groups FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON metering.usage_windows FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- functions

CREATE OR REPLACE FUNCTION metering.begin_generation(tenant uuid)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE begun integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('metering.generations/' || tenant::text, 0));
  INSERT INTO metering.generations AS g (tenant_id, generation) VALUES (tenant, 1)
    ON CONFLICT (tenant_id) DO UPDATE SET generation = g.generation + 1 RETURNING g.generation INTO begun;
  RETURN begun;
END $function$
;

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

CREATE OR REPLACE FUNCTION metering.join_generation(tenant uuid)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('metering.generations/' || tenant::text, 0));
  RETURN coalesce((SELECT g.generation FROM metering.generations g WHERE g.tenant_id = tenant), 0);
END $function$
;
