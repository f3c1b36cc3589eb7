-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE account.accounts (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  email text,
  currency text NOT NULL,
  time_zone text NOT NULL,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  parent_id uuid,
  customer_tenant_id uuid,
  billing jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE account.divisions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  organization_id uuid NOT NULL,
  parent_id uuid,
  name text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE account.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE account.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE account.memberships (
  organization_id uuid NOT NULL,
  user_id text NOT NULL,
  tenant_id uuid NOT NULL,
  is_owner boolean NOT NULL,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE account.organizations (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE account.outbox (
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

CREATE TABLE account.profiles (
  user_id text NOT NULL,
  id uuid NOT NULL,
  email text NOT NULL,
  display_name text NOT NULL,
  locale text NOT NULL,
  time_zone text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE account.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE account.tenant_payers (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  customer_tenant_id uuid NOT NULL
);

-- constraints

ALTER TABLE account.accounts ADD CONSTRAINT accounts_check CHECK ((parent_id <> id));

ALTER TABLE account.accounts ADD CONSTRAINT accounts_key UNIQUE (tenant_id, key);

ALTER TABLE account.accounts ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE account.accounts ADD CONSTRAINT accounts_tenant_id_id_key UNIQUE (tenant_id, id);

ALTER TABLE account.accounts ADD CONSTRAINT accounts_tenant_id_parent_id_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES account.accounts(tenant_id, id);

ALTER TABLE account.divisions ADD CONSTRAINT divisions_in_tenant UNIQUE (tenant_id, id);

ALTER TABLE account.divisions ADD CONSTRAINT divisions_not_own_parent CHECK ((parent_id <> id));

ALTER TABLE account.divisions ADD CONSTRAINT divisions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES account.organizations(id);

ALTER TABLE account.divisions ADD CONSTRAINT divisions_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES account.divisions(tenant_id, id);

ALTER TABLE account.divisions ADD CONSTRAINT divisions_pkey PRIMARY KEY (id);

ALTER TABLE account.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE account.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE account.memberships ADD CONSTRAINT memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES account.organizations(id);

ALTER TABLE account.memberships ADD CONSTRAINT memberships_pkey PRIMARY KEY (organization_id, user_id);

ALTER TABLE account.organizations ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

ALTER TABLE account.organizations ADD CONSTRAINT organizations_tenant_id_key UNIQUE (tenant_id);

ALTER TABLE account.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE account.profiles ADD CONSTRAINT profiles_id_key UNIQUE (id);

ALTER TABLE account.profiles ADD CONSTRAINT profiles_pkey PRIMARY KEY (user_id);

ALTER TABLE account.profiles ADD CONSTRAINT profiles_user_id_check CHECK ((user_id <> ''::text));

ALTER TABLE account.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE account.tenant_payers ADD CONSTRAINT tenant_payers_pkey PRIMARY KEY (tenant_id, account_id);

ALTER TABLE account.tenant_payers ADD CONSTRAINT tenant_payers_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES account.accounts(tenant_id, id) ON DELETE CASCADE;

-- indexes

CREATE INDEX accounts_by_tenant ON account.accounts USING btree (tenant_id, id);

CREATE UNIQUE INDEX accounts_customer_tenant ON account.accounts USING btree (tenant_id, customer_tenant_id) WHERE (customer_tenant_id IS NOT NULL);

CREATE INDEX accounts_parent ON account.accounts USING btree (tenant_id, parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX divisions_by_parent ON account.divisions USING btree (tenant_id, parent_id, id);

CREATE INDEX idempotency_keys_created_at ON account.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON account.inbox USING brin (handled_at);

CREATE INDEX memberships_by_user ON account.memberships USING btree (user_id);

CREATE UNIQUE INDEX memberships_one_owner ON account.memberships USING btree (organization_id) WHERE is_owner;

CREATE INDEX outbox_order ON account.outbox USING btree (transaction_id, sequence);

CREATE INDEX tenant_payers_customer ON account.tenant_payers USING btree (customer_tenant_id, account_id);

-- row-level security

ALTER TABLE account.accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE account.divisions FORCE ROW LEVEL SECURITY;

ALTER TABLE account.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE account.memberships FORCE ROW LEVEL SECURITY;

ALTER TABLE account.organizations FORCE ROW LEVEL SECURITY;

ALTER TABLE account.profiles FORCE ROW LEVEL SECURITY;

ALTER TABLE account.tenant_payers FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY tenant_isolation ON account.accounts FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON account.divisions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON account.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY platform_scope ON account.memberships FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON account.memberships FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON account.organizations FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON account.organizations FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY own_profile ON account.profiles FOR ALL USING ((user_id = ( SELECT current_setting('plinth.user_id'::text, true) AS current_setting))) WITH CHECK ((user_id = ( SELECT current_setting('plinth.user_id'::text, true) AS current_setting)));

CREATE POLICY platform_scope ON account.tenant_payers FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON account.tenant_payers FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- functions

CREATE OR REPLACE FUNCTION account.keep_tenant_payer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  IF NEW.customer_tenant_id IS NULL THEN
    DELETE FROM account.tenant_payers WHERE tenant_id = NEW.tenant_id AND account_id = NEW.id;
  ELSE
    INSERT INTO account.tenant_payers (tenant_id, account_id, customer_tenant_id)
      VALUES (NEW.tenant_id, NEW.id, NEW.customer_tenant_id)
      ON CONFLICT (tenant_id, account_id) DO UPDATE SET customer_tenant_id = excluded.customer_tenant_id;
  END IF;
  RETURN NULL;
END $function$
;

-- triggers

CREATE TRIGGER changed_tenant_payer AFTER UPDATE OF customer_tenant_id ON account.accounts FOR EACH ROW WHEN ((new.customer_tenant_id IS DISTINCT FROM old.customer_tenant_id)) EXECUTE FUNCTION account.keep_tenant_payer();

CREATE TRIGGER new_tenant_payer AFTER INSERT ON account.accounts FOR EACH ROW WHEN ((new.customer_tenant_id IS NOT NULL)) EXECUTE FUNCTION account.keep_tenant_payer();
