-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE audit.chains (
  tenant_id uuid NOT NULL,
  sequence bigint NOT NULL,
  hash bytea NOT NULL,
  closed_at timestamp with time zone
);

CREATE TABLE audit.entries (
  tenant_id uuid NOT NULL,
  sequence bigint NOT NULL,
  event_id uuid NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  action text NOT NULL,
  resource_type text NOT NULL,
  resource_id text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_email text,
  service text NOT NULL,
  context jsonb,
  before jsonb,
  after jsonb,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL
);

CREATE TABLE audit.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE audit.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE audit.outbox (
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

CREATE TABLE audit.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

-- constraints

ALTER TABLE audit.chains ADD CONSTRAINT chains_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE audit.chains ADD CONSTRAINT chains_pkey PRIMARY KEY (tenant_id);

ALTER TABLE audit.entries ADD CONSTRAINT entries_event_id_key UNIQUE (event_id);

ALTER TABLE audit.entries ADD CONSTRAINT entries_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE audit.entries ADD CONSTRAINT entries_pkey PRIMARY KEY (tenant_id, sequence);

ALTER TABLE audit.entries ADD CONSTRAINT entries_previous_hash_check CHECK ((octet_length(previous_hash) = 32));

ALTER TABLE audit.entries ADD CONSTRAINT entries_sequence_check CHECK ((sequence > 0));

ALTER TABLE audit.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE audit.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE audit.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE audit.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

-- indexes

CREATE INDEX entries_action ON audit.entries USING btree (tenant_id, action, sequence);

CREATE INDEX entries_actor ON audit.entries USING btree (tenant_id, actor_id, sequence);

CREATE INDEX entries_occurred_at ON audit.entries USING btree (tenant_id, occurred_at);

CREATE INDEX entries_resource ON audit.entries USING btree (tenant_id, resource_type, resource_id, sequence);

CREATE INDEX idempotency_keys_created_at ON audit.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON audit.inbox USING brin (handled_at);

CREATE INDEX outbox_order ON audit.outbox USING btree (transaction_id, sequence);

-- row-level security

ALTER TABLE audit.chains FORCE ROW LEVEL SECURITY;

ALTER TABLE audit.entries FORCE ROW LEVEL SECURITY;

ALTER TABLE audit.idempotency_keys FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY platform_scope ON audit.chains FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON audit.chains FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON audit.entries FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON audit.entries FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON audit.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

-- functions

CREATE OR REPLACE FUNCTION audit.is_closed(tenant uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (EXISTS (SELECT FROM audit.chains WHERE ((chains.tenant_id = is_closed.tenant) AND (chains.closed_at IS NOT NULL))))
;

CREATE OR REPLACE FUNCTION audit.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% of %.% is refused: the audit trail is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $function$
;

CREATE OR REPLACE FUNCTION audit.refuse_removal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF audit.is_closed(CASE WHEN TG_LEVEL = 'ROW' THEN OLD.tenant_id ELSE plinth.current_tenant() END) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'DELETE of audit.entries is refused: the audit trail is append-only'
    USING ERRCODE = 'insufficient_privilege';
END $function$
;

-- triggers

CREATE TRIGGER forward_only BEFORE UPDATE ON audit.chains FOR EACH ROW WHEN (((new.tenant_id <> old.tenant_id) OR (old.closed_at IS NOT NULL) OR ((new.closed_at IS NULL) AND (new.sequence <= old.sequence)) OR ((new.closed_at IS NOT NULL) AND ((new.sequence <> old.sequence) OR (new.hash <> old.hash))))) EXECUTE FUNCTION audit.refuse_change();

CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON audit.chains FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON audit.entries FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

CREATE TRIGGER kept BEFORE DELETE ON audit.entries FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_removal();

CREATE TRIGGER kept_until_closed BEFORE DELETE ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.refuse_removal();
