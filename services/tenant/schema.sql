-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE tenant.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE tenant.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE tenant.outbox (
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

CREATE TABLE tenant.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE tenant.tenants (
  id uuid NOT NULL,
  organization_id uuid NOT NULL,
  name text NOT NULL,
  region text DEFAULT 'default'::text NOT NULL,
  status text DEFAULT 'active'::text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

-- constraints

ALTER TABLE tenant.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE tenant.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE tenant.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE tenant.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_organization_id_key UNIQUE (organization_id);

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'closing'::text, 'deleted'::text])));

-- indexes

CREATE INDEX idempotency_keys_created_at ON tenant.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON tenant.inbox USING btree (handled_at);

CREATE INDEX outbox_order ON tenant.outbox USING btree (transaction_id, sequence);

CREATE INDEX tenants_active ON tenant.tenants USING btree (id) WHERE (status = 'active'::text);

-- row-level security

ALTER TABLE tenant.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE tenant.tenants FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY caller_scope ON tenant.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY platform_scope ON tenant.tenants FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON tenant.tenants FOR ALL USING ((id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((id = ( SELECT plinth.current_tenant() AS current_tenant)));
