-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE tenant.certificates (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  jws text NOT NULL
);

CREATE TABLE tenant.deletions (
  tenant_id uuid NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  previous_status text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  started_at timestamp with time zone,
  found jsonb,
  completed_at timestamp with time zone,
  leased_until timestamp with time zone NOT NULL,
  last_error text
);

CREATE TABLE tenant.export_chunks (
  export_id uuid NOT NULL,
  "position" integer NOT NULL,
  tenant_id uuid NOT NULL,
  bytes bytea NOT NULL
);

CREATE TABLE tenant.exports (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  requested_by text NOT NULL,
  status text NOT NULL,
  progress jsonb,
  size_bytes bigint DEFAULT 0 NOT NULL,
  rows bigint DEFAULT 0 NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  expires_at timestamp with time zone NOT NULL,
  leased_until timestamp with time zone NOT NULL
);

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
  envelope json NOT NULL,
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
  updated_at timestamp with time zone NOT NULL,
  limits jsonb DEFAULT '{}'::jsonb NOT NULL,
  deletes_at timestamp with time zone,
  sandbox boolean DEFAULT false NOT NULL,
  test_clock timestamp with time zone,
  plan_limits jsonb DEFAULT '{}'::jsonb NOT NULL
);

-- constraints

ALTER TABLE tenant.certificates ADD CONSTRAINT certificates_pkey PRIMARY KEY (id);

ALTER TABLE tenant.certificates ADD CONSTRAINT certificates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant.tenants(id);

ALTER TABLE tenant.certificates ADD CONSTRAINT certificates_tenant_id_key UNIQUE (tenant_id);

ALTER TABLE tenant.deletions ADD CONSTRAINT deletions_pkey PRIMARY KEY (tenant_id);

ALTER TABLE tenant.deletions ADD CONSTRAINT deletions_previous_status_check CHECK ((previous_status = ANY (ARRAY['active'::text, 'suspended'::text])));

ALTER TABLE tenant.deletions ADD CONSTRAINT deletions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant.tenants(id);

ALTER TABLE tenant.export_chunks ADD CONSTRAINT export_chunks_export_id_fkey FOREIGN KEY (export_id) REFERENCES tenant.exports(id) ON DELETE CASCADE;

ALTER TABLE tenant.export_chunks ADD CONSTRAINT export_chunks_pkey PRIMARY KEY (export_id, "position");

ALTER TABLE tenant.exports ADD CONSTRAINT exports_pkey PRIMARY KEY (id);

ALTER TABLE tenant.exports ADD CONSTRAINT exports_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'ready'::text, 'failed'::text])));

ALTER TABLE tenant.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE tenant.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE tenant.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE tenant.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_check CHECK (((test_clock IS NULL) OR sandbox));

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_limits_check CHECK ((jsonb_typeof(limits) = 'object'::text));

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_organization_id_key UNIQUE (organization_id);

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_plan_limits_check CHECK ((jsonb_typeof(plan_limits) = 'object'::text));

ALTER TABLE tenant.tenants ADD CONSTRAINT tenants_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'closing'::text, 'deleted'::text])));

-- indexes

CREATE INDEX deletions_due ON tenant.deletions USING btree (due_at) WHERE (completed_at IS NULL);

CREATE INDEX export_chunks_by_tenant ON tenant.export_chunks USING btree (tenant_id);

CREATE INDEX exports_by_end ON tenant.exports USING btree (expires_at);

CREATE INDEX exports_by_tenant ON tenant.exports USING btree (tenant_id, id);

CREATE UNIQUE INDEX exports_unfinished ON tenant.exports USING btree (tenant_id) WHERE (status = ANY (ARRAY['waiting'::text, 'running'::text]));

CREATE INDEX idempotency_keys_created_at ON tenant.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON tenant.inbox USING brin (handled_at);

CREATE INDEX outbox_order ON tenant.outbox USING btree (transaction_id, sequence);

CREATE INDEX tenants_active ON tenant.tenants USING btree (id) WHERE (status = 'active'::text);

-- row-level security

ALTER TABLE tenant.certificates FORCE ROW LEVEL SECURITY;

ALTER TABLE tenant.deletions FORCE ROW LEVEL SECURITY;

ALTER TABLE tenant.export_chunks FORCE ROW LEVEL SECURITY;

ALTER TABLE tenant.exports FORCE ROW LEVEL SECURITY;

ALTER TABLE tenant.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE tenant.tenants FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY platform_scope ON tenant.certificates FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON tenant.certificates FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON tenant.deletions FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON tenant.deletions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON tenant.export_chunks FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON tenant.exports FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON tenant.exports FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON tenant.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY platform_scope ON tenant.tenants FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON tenant.tenants FOR ALL USING ((id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((id = ( SELECT plinth.current_tenant() AS current_tenant)));
