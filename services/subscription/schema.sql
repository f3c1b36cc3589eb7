-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE subscription.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE subscription.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE subscription.invoice_lines (
  tenant_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  "position" integer NOT NULL,
  kind text NOT NULL,
  subscription_id uuid NOT NULL,
  period_index integer NOT NULL,
  phase_id uuid NOT NULL,
  price_id uuid NOT NULL,
  price_key text NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  meter text,
  description text NOT NULL,
  quantity_raw numeric NOT NULL,
  quantity_billed numeric NOT NULL,
  detail jsonb NOT NULL,
  amount_precise numeric NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  period_start timestamp with time zone NOT NULL,
  period_end timestamp with time zone NOT NULL
);

CREATE TABLE subscription.invoice_numbers (
  tenant_id uuid NOT NULL,
  last_number bigint NOT NULL
);

CREATE TABLE subscription.invoices (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  number bigint,
  account_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  billing_index integer NOT NULL,
  billed_at timestamp with time zone NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  status text NOT NULL,
  total_minor numeric(60,0) NOT NULL,
  line_count integer NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  finalized_at timestamp with time zone,
  paid_at timestamp with time zone,
  voided_at timestamp with time zone
);

CREATE TABLE subscription.kept_tenants (
  tenant_id uuid NOT NULL,
  since timestamp with time zone NOT NULL
);

CREATE TABLE subscription.outbox (
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

CREATE TABLE subscription.phases (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  quantity integer NOT NULL,
  from_date date NOT NULL,
  to_date date
);

CREATE TABLE subscription.plan_versions (
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  version integer NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  currency text NOT NULL,
  period_unit text NOT NULL,
  period_count integer NOT NULL,
  prices jsonb NOT NULL
);

CREATE TABLE subscription.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE subscription.subscriptions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  anchor date NOT NULL,
  period_unit text NOT NULL,
  period_count integer NOT NULL,
  status text NOT NULL,
  ends_on date,
  ends_at timestamp with time zone,
  bill_next_index integer DEFAULT 0 NOT NULL,
  bill_next_at timestamp with time zone,
  changed_since_billing boolean DEFAULT false NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

-- constraints

ALTER TABLE subscription.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE subscription.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE subscription.invoice_lines ADD CONSTRAINT invoice_lines_kind_check CHECK ((kind = ANY (ARRAY['recurring'::text, 'usage'::text, 'adjustment'::text])));

ALTER TABLE subscription.invoice_lines ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (invoice_id, "position");

ALTER TABLE subscription.invoice_lines ADD CONSTRAINT invoice_lines_subscription_id_period_index_phase_id_price_i_key UNIQUE (subscription_id, period_index, phase_id, price_id, kind);

ALTER TABLE subscription.invoice_numbers ADD CONSTRAINT invoice_numbers_pkey PRIMARY KEY (tenant_id);

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_check CHECK (((number IS NULL) = (finalized_at IS NULL)));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_check1 CHECK (((number IS NOT NULL) OR (status = ANY (ARRAY['draft'::text, 'void'::text]))));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_pkey PRIMARY KEY (id);

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'finalized'::text, 'paid'::text, 'void'::text])));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_subscription_id_billing_index_key UNIQUE (subscription_id, billing_index);

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_tenant_id_number_key UNIQUE (tenant_id, number);

ALTER TABLE subscription.kept_tenants ADD CONSTRAINT kept_tenants_pkey PRIMARY KEY (tenant_id);

ALTER TABLE subscription.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE subscription.phases ADD CONSTRAINT phases_check CHECK ((to_date >= from_date));

ALTER TABLE subscription.phases ADD CONSTRAINT phases_pkey PRIMARY KEY (id);

ALTER TABLE subscription.phases ADD CONSTRAINT phases_quantity_check CHECK ((quantity >= 0));

ALTER TABLE subscription.phases ADD CONSTRAINT phases_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription.subscriptions(id);

ALTER TABLE subscription.phases ADD CONSTRAINT phases_subscription_id_from_date_key UNIQUE (subscription_id, from_date);

ALTER TABLE subscription.phases ADD CONSTRAINT phases_tenant_id_plan_id_plan_version_fkey FOREIGN KEY (tenant_id, plan_id, plan_version) REFERENCES subscription.plan_versions(tenant_id, plan_id, version);

ALTER TABLE subscription.plan_versions ADD CONSTRAINT plan_versions_period_count_check CHECK ((period_count > 0));

ALTER TABLE subscription.plan_versions ADD CONSTRAINT plan_versions_period_unit_check CHECK ((period_unit = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'year'::text])));

ALTER TABLE subscription.plan_versions ADD CONSTRAINT plan_versions_pkey PRIMARY KEY (tenant_id, plan_id, version);

ALTER TABLE subscription.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_check CHECK ((((ends_on IS NULL) = (ends_at IS NULL)) AND ((ends_on IS NULL) = (status = 'active'::text))));

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_period_count_check CHECK ((period_count > 0));

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_period_unit_check CHECK ((period_unit = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'year'::text])));

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'canceled'::text])));

-- indexes

CREATE INDEX idempotency_keys_created_at ON subscription.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON subscription.inbox USING btree (handled_at);

CREATE INDEX invoices_account ON subscription.invoices USING btree (tenant_id, account_id, billed_at, id);

CREATE INDEX invoices_largest ON subscription.invoices USING btree (tenant_id, total_minor, id);

CREATE INDEX invoices_newest ON subscription.invoices USING btree (tenant_id, billed_at, id);

CREATE INDEX outbox_order ON subscription.outbox USING btree (transaction_id, sequence);

CREATE INDEX subscriptions_account ON subscription.subscriptions USING btree (tenant_id, account_id, id);

CREATE INDEX subscriptions_due ON subscription.subscriptions USING btree (tenant_id, bill_next_at, id) WHERE (bill_next_at IS NOT NULL);

CREATE INDEX subscriptions_newest ON subscription.subscriptions USING btree (tenant_id, id);

-- row-level security

ALTER TABLE subscription.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.invoice_lines FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.invoice_numbers FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.invoices FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.kept_tenants FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.phases FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.plan_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.subscriptions FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY caller_scope ON subscription.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY tenant_isolation ON subscription.invoice_lines FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.invoice_numbers FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.invoices FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON subscription.kept_tenants FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON subscription.kept_tenants FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.phases FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.plan_versions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.subscriptions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- functions

CREATE OR REPLACE FUNCTION subscription.check_new_lines()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT invoice_id FROM inserted) line LEFT JOIN subscription.invoices i ON i.id = line.invoice_id
    WHERE i.id IS NULL OR (i.status <> 'draft' AND i.xmin <> pg_current_xact_id()::xid)
  ) THEN
    RAISE EXCEPTION 'lines need an invoice that is not final' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION subscription.keep_final_invoice()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  -- Everything else stays as it is for good.
  changing CONSTANT text[] := '{status,version,updated_at,paid_at,voided_at}';
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'invoice % is final and stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing
    OR (NEW.status <> OLD.status AND (OLD.status <> 'finalized' OR NEW.status NOT IN ('paid', 'void'))) THEN
    RAISE EXCEPTION 'invoice % is final and cannot change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$
;

CREATE OR REPLACE FUNCTION subscription.keep_lines()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM subscription.invoices WHERE id = OLD.invoice_id AND status <> 'draft') THEN
    RAISE EXCEPTION 'lines of invoice % cannot change', OLD.invoice_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $function$
;

-- triggers

CREATE TRIGGER check_new_lines AFTER INSERT ON subscription.invoice_lines REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION subscription.check_new_lines();

CREATE TRIGGER keep_lines BEFORE DELETE OR UPDATE ON subscription.invoice_lines FOR EACH ROW EXECUTE FUNCTION subscription.keep_lines();

CREATE TRIGGER keep_final_invoice BEFORE DELETE OR UPDATE ON subscription.invoices FOR EACH ROW WHEN ((old.status <> 'draft'::text)) EXECUTE FUNCTION subscription.keep_final_invoice();
