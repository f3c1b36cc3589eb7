-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE product.coupons (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  discount jsonb NOT NULL,
  periods integer,
  plans text[],
  prices text[],
  redeemable_until timestamp with time zone,
  maximum_redemptions integer,
  once_per_account boolean NOT NULL,
  archived boolean DEFAULT false NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE product.entitlements (
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  "position" integer NOT NULL,
  feature_id uuid NOT NULL,
  value jsonb NOT NULL,
  reset text,
  roll_over text,
  overage text,
  alerts_at integer[] DEFAULT '{}'::integer[] NOT NULL
);

CREATE TABLE product.features (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  product_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  meter text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE product.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE product.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE product.outbox (
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

CREATE TABLE product.plan_families (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  upgrade text NOT NULL,
  downgrade text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE product.plan_versions (
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  currency text NOT NULL,
  period jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  add_on_to text[],
  currencies text[] DEFAULT '{}'::text[] NOT NULL,
  phases jsonb DEFAULT '[{"key": "evergreen", "kind": "evergreen", "length": null}]'::jsonb NOT NULL,
  proration_basis text DEFAULT 'day'::text NOT NULL,
  tax_inclusive boolean DEFAULT false NOT NULL,
  minimum_spend text,
  minimum_spends jsonb DEFAULT '{}'::jsonb NOT NULL,
  maximum_spend text,
  maximum_spends jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE product.plans (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  product_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  archived boolean DEFAULT false NOT NULL,
  newest_version integer DEFAULT 1 NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  kind text DEFAULT 'plan'::text NOT NULL,
  family_id uuid,
  family_rank integer,
  changes_to text[]
);

CREATE TABLE product.prices (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  "position" integer NOT NULL,
  key text NOT NULL,
  description text NOT NULL,
  model jsonb NOT NULL,
  models jsonb DEFAULT '{}'::jsonb NOT NULL,
  tax_category text DEFAULT 'standard'::text NOT NULL,
  phases text[]
);

CREATE TABLE product.products (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  description text,
  archived boolean DEFAULT false NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE product.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

-- constraints

ALTER TABLE product.coupons ADD CONSTRAINT coupons_code_check CHECK ((code = upper(code)));

ALTER TABLE product.coupons ADD CONSTRAINT coupons_maximum_redemptions_check CHECK ((maximum_redemptions > 0));

ALTER TABLE product.coupons ADD CONSTRAINT coupons_periods_check CHECK ((periods > 0));

ALTER TABLE product.coupons ADD CONSTRAINT coupons_pkey PRIMARY KEY (id);

ALTER TABLE product.coupons ADD CONSTRAINT coupons_tenant_id_code_key UNIQUE (tenant_id, code);

ALTER TABLE product.entitlements ADD CONSTRAINT entitlements_overage_check CHECK ((overage = ANY (ARRAY['allow'::text, 'deny'::text])));

ALTER TABLE product.entitlements ADD CONSTRAINT entitlements_pkey PRIMARY KEY (plan_id, plan_version, feature_id);

ALTER TABLE product.entitlements ADD CONSTRAINT entitlements_reset_check CHECK ((reset = ANY (ARRAY['period'::text, 'day'::text, 'month'::text, 'year'::text, 'never'::text])));

ALTER TABLE product.entitlements ADD CONSTRAINT entitlements_tenant_id_feature_id_fkey FOREIGN KEY (tenant_id, feature_id) REFERENCES product.features(tenant_id, id);

ALTER TABLE product.entitlements ADD CONSTRAINT entitlements_tenant_id_plan_id_plan_version_fkey FOREIGN KEY (tenant_id, plan_id, plan_version) REFERENCES product.plan_versions(tenant_id, plan_id, plan_version);

ALTER TABLE product.entitlements ADD CONSTRAINT entitlements_value_check CHECK ((jsonb_typeof(value) = ANY (ARRAY['boolean'::text, 'string'::text])));

ALTER TABLE product.features ADD CONSTRAINT features_pkey PRIMARY KEY (id);

ALTER TABLE product.features ADD CONSTRAINT features_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE product.features ADD CONSTRAINT features_tenant_id_key_key UNIQUE (tenant_id, key);

ALTER TABLE product.features ADD CONSTRAINT features_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES product.products(tenant_id, id);

ALTER TABLE product.features ADD CONSTRAINT features_type_check CHECK ((type = ANY (ARRAY['boolean'::text, 'limit'::text, 'metered'::text])));

ALTER TABLE product.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE product.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE product.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE product.plan_families ADD CONSTRAINT plan_families_downgrade_check CHECK ((downgrade = ANY (ARRAY['now'::text, 'period_end'::text])));

ALTER TABLE product.plan_families ADD CONSTRAINT plan_families_pkey PRIMARY KEY (id);

ALTER TABLE product.plan_families ADD CONSTRAINT plan_families_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE product.plan_families ADD CONSTRAINT plan_families_tenant_id_key_key UNIQUE (tenant_id, key);

ALTER TABLE product.plan_families ADD CONSTRAINT plan_families_upgrade_check CHECK ((upgrade = ANY (ARRAY['now'::text, 'period_end'::text])));

ALTER TABLE product.plan_versions ADD CONSTRAINT plan_versions_pkey PRIMARY KEY (plan_id, plan_version);

ALTER TABLE product.plan_versions ADD CONSTRAINT plan_versions_proration_basis_check CHECK ((proration_basis = ANY (ARRAY['day'::text, 'second'::text])));

ALTER TABLE product.plan_versions ADD CONSTRAINT plan_versions_tenant_id_plan_id_fkey FOREIGN KEY (tenant_id, plan_id) REFERENCES product.plans(tenant_id, id);

ALTER TABLE product.plan_versions ADD CONSTRAINT plan_versions_tenant_id_plan_id_plan_version_key UNIQUE (tenant_id, plan_id, plan_version);

ALTER TABLE product.plans ADD CONSTRAINT plans_check CHECK (((family_id IS NULL) = (family_rank IS NULL)));

ALTER TABLE product.plans ADD CONSTRAINT plans_check1 CHECK (((family_id IS NOT NULL) OR (changes_to IS NULL)));

ALTER TABLE product.plans ADD CONSTRAINT plans_kind_check CHECK ((kind = ANY (ARRAY['plan'::text, 'add_on'::text])));

ALTER TABLE product.plans ADD CONSTRAINT plans_pkey PRIMARY KEY (id);

ALTER TABLE product.plans ADD CONSTRAINT plans_tenant_id_family_id_fkey FOREIGN KEY (tenant_id, family_id) REFERENCES product.plan_families(tenant_id, id);

ALTER TABLE product.plans ADD CONSTRAINT plans_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE product.plans ADD CONSTRAINT plans_tenant_id_key_key UNIQUE (tenant_id, key);

ALTER TABLE product.plans ADD CONSTRAINT plans_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES product.products(tenant_id, id);

ALTER TABLE product.prices ADD CONSTRAINT prices_pkey PRIMARY KEY (id);

ALTER TABLE product.prices ADD CONSTRAINT prices_plan_id_plan_version_fkey FOREIGN KEY (plan_id, plan_version) REFERENCES product.plan_versions(plan_id, plan_version);

ALTER TABLE product.prices ADD CONSTRAINT prices_plan_id_plan_version_key_key UNIQUE (plan_id, plan_version, key);

ALTER TABLE product.prices ADD CONSTRAINT prices_tenant_id_plan_id_plan_version_fkey FOREIGN KEY (tenant_id, plan_id, plan_version) REFERENCES product.plan_versions(tenant_id, plan_id, plan_version);

ALTER TABLE product.products ADD CONSTRAINT products_pkey PRIMARY KEY (id);

ALTER TABLE product.products ADD CONSTRAINT products_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE product.products ADD CONSTRAINT products_tenant_id_key_key UNIQUE (tenant_id, key);

ALTER TABLE product.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

-- indexes

CREATE INDEX idempotency_keys_created_at ON product.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON product.inbox USING brin (handled_at);

CREATE INDEX outbox_order ON product.outbox USING btree (transaction_id, sequence);

CREATE INDEX plans_family_id_idx ON product.plans USING btree (family_id) WHERE (family_id IS NOT NULL);

-- row-level security

ALTER TABLE product.coupons FORCE ROW LEVEL SECURITY;

ALTER TABLE product.entitlements FORCE ROW LEVEL SECURITY;

ALTER TABLE product.features FORCE ROW LEVEL SECURITY;

ALTER TABLE product.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE product.plan_families FORCE ROW LEVEL SECURITY;

ALTER TABLE product.plan_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE product.plans FORCE ROW LEVEL SECURITY;

ALTER TABLE product.prices FORCE ROW LEVEL SECURITY;

ALTER TABLE product.products FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY tenant_isolation ON product.coupons FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON product.entitlements FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON product.features FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON product.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY tenant_isolation ON product.plan_families FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON product.plan_versions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON product.plans FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON product.prices FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON product.products FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- functions

CREATE OR REPLACE FUNCTION product.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a published plan version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $function$
;

-- triggers

CREATE TRIGGER entitlements_are_final BEFORE DELETE OR UPDATE ON product.entitlements FOR EACH ROW EXECUTE FUNCTION product.refuse_change();

CREATE TRIGGER plan_versions_are_final BEFORE DELETE OR UPDATE ON product.plan_versions FOR EACH ROW EXECUTE FUNCTION product.refuse_change();

CREATE TRIGGER prices_are_final BEFORE DELETE OR UPDATE ON product.prices FOR EACH ROW EXECUTE FUNCTION product.refuse_change();
