-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE auth.account (
  id uuid NOT NULL,
  "userId" uuid NOT NULL,
  "providerId" text NOT NULL,
  "accountId" text NOT NULL,
  password text,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  "createdAt" timestamp with time zone DEFAULT now() NOT NULL,
  "updatedAt" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE auth.jwks (
  id uuid NOT NULL,
  "publicKey" text NOT NULL,
  "privateKey" text NOT NULL,
  "createdAt" timestamp with time zone NOT NULL,
  "expiresAt" timestamp with time zone,
  alg text,
  crv text
);

CREATE TABLE auth.session (
  id uuid NOT NULL,
  "userId" uuid NOT NULL,
  token text NOT NULL,
  "expiresAt" timestamp with time zone NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamp with time zone DEFAULT now() NOT NULL,
  "updatedAt" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE auth.sign_in_failures (
  email_hash bytea NOT NULL,
  failures integer NOT NULL,
  last_failure_at timestamp with time zone NOT NULL,
  wait_until timestamp with time zone
);

CREATE TABLE auth."user" (
  id uuid NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  "emailVerified" boolean DEFAULT false NOT NULL,
  image text,
  "createdAt" timestamp with time zone DEFAULT now() NOT NULL,
  "updatedAt" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE auth.verification (
  id uuid NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamp with time zone NOT NULL,
  "createdAt" timestamp with time zone DEFAULT now() NOT NULL,
  "updatedAt" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.api_keys (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  name text NOT NULL,
  prefix text NOT NULL,
  hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone
);

CREATE TABLE iam.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.outbox (
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

CREATE TABLE iam.platform_setup (
  singleton boolean DEFAULT true NOT NULL,
  administrator_id uuid NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.role_assignments (
  id uuid NOT NULL,
  tenant_id uuid,
  organization_id uuid,
  user_id uuid NOT NULL,
  role text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

-- constraints

ALTER TABLE auth."user" ADD CONSTRAINT user_email_check CHECK ((email = lower(email)));

ALTER TABLE auth."user" ADD CONSTRAINT user_email_key UNIQUE (email);

ALTER TABLE auth."user" ADD CONSTRAINT user_pkey PRIMARY KEY (id);

ALTER TABLE auth.account ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE auth.account ADD CONSTRAINT "account_providerId_accountId_key" UNIQUE ("providerId", "accountId");

ALTER TABLE auth.account ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;

ALTER TABLE auth.jwks ADD CONSTRAINT jwks_pkey PRIMARY KEY (id);

ALTER TABLE auth.session ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE auth.session ADD CONSTRAINT session_token_key UNIQUE (token);

ALTER TABLE auth.session ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;

ALTER TABLE auth.sign_in_failures ADD CONSTRAINT sign_in_failures_pkey PRIMARY KEY (email_hash);

ALTER TABLE auth.verification ADD CONSTRAINT verification_pkey PRIMARY KEY (id);

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth."user"(id) ON DELETE CASCADE;

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_hash_key UNIQUE (hash);

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);

ALTER TABLE iam.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE iam.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE iam.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE iam.platform_setup ADD CONSTRAINT platform_setup_pkey PRIMARY KEY (singleton);

ALTER TABLE iam.platform_setup ADD CONSTRAINT platform_setup_singleton_check CHECK (singleton);

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_once UNIQUE NULLS NOT DISTINCT (user_id, tenant_id, role);

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_pkey PRIMARY KEY (id);

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_role_check CHECK ((role = ANY (ARRAY['platform_admin'::text, 'org_admin'::text, 'org_member'::text])));

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_scope CHECK (((tenant_id IS NOT NULL) OR (role = 'platform_admin'::text)));

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;

ALTER TABLE iam.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

-- indexes

CREATE INDEX account_by_user ON auth.account USING btree ("userId");

CREATE INDEX session_by_end ON auth.session USING btree ("expiresAt");

CREATE INDEX session_by_user ON auth.session USING btree ("userId");

CREATE INDEX sign_in_failures_by_age ON auth.sign_in_failures USING btree (last_failure_at);

CREATE INDEX verification_by_identifier ON auth.verification USING btree (identifier);

CREATE INDEX api_keys_by_tenant ON iam.api_keys USING btree (tenant_id, id);

CREATE INDEX idempotency_keys_created_at ON iam.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON iam.inbox USING btree (handled_at);

CREATE INDEX outbox_order ON iam.outbox USING btree (transaction_id, sequence);

CREATE INDEX role_assignments_by_tenant ON iam.role_assignments USING btree (tenant_id, id);

-- row-level security

ALTER TABLE iam.api_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.role_assignments FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY platform_scope ON iam.api_keys FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.api_keys FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON iam.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY platform_scope ON iam.role_assignments FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.role_assignments FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- functions

CREATE OR REPLACE FUNCTION iam.publish_identity_event(event_type text, user_id uuid, data jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  event_id uuid := iam.uuid_v7();
BEGIN
  INSERT INTO iam.outbox (id, topic, key, type, envelope)
  VALUES (event_id, 'identity.events', user_id::text, event_type, jsonb_build_object(
    'specversion', '1.0',
    'id', event_id,
    'source', '/services/iam',
    'type', event_type,
    'subject', user_id::text,
    'time', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'datacontenttype', 'application/json',
    'data', data
  ));
END $function$
;

CREATE OR REPLACE FUNCTION iam.publish_session_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM iam.publish_identity_event('identity.signed_in', NEW."userId",
      jsonb_build_object('userId', NEW."userId", 'sessionId', NEW.id));
  ELSE
    PERFORM iam.publish_identity_event('identity.signed_out', OLD."userId",
      jsonb_build_object('userId', OLD."userId", 'sessionId', OLD.id));
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION iam.publish_user_created()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  PERFORM iam.publish_identity_event('identity.created', NEW.id,
    jsonb_build_object('userId', NEW.id, 'email', NEW.email, 'name', NEW.name));
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION iam.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
RETURN (encode(set_byte(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send(((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint) FROM 3) FROM 1 FOR 6), 6, ((get_byte(uuid_send(gen_random_uuid()), 6) & 15) | 112)), 'hex'::text))::uuid
;

-- triggers

CREATE TRIGGER user_created AFTER INSERT ON auth."user" FOR EACH ROW EXECUTE FUNCTION iam.publish_user_created();

CREATE TRIGGER session_changed AFTER INSERT OR DELETE ON auth.session FOR EACH ROW EXECUTE FUNCTION iam.publish_session_changed();
