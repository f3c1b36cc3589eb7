-- Schemas iam and auth as the migrations leave them. Generated; change the migrations instead.

-- SCHEMA -.auth

CREATE SCHEMA auth;

-- SCHEMA -.iam

CREATE SCHEMA iam;

-- FUNCTION iam.publish_identity_event(text, uuid, jsonb)

CREATE FUNCTION iam.publish_identity_event(event_type text, user_id uuid, data jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
END $$;

-- FUNCTION iam.publish_session_changed()

CREATE FUNCTION iam.publish_session_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM iam.publish_identity_event('identity.signed_in', NEW."userId",
      jsonb_build_object('userId', NEW."userId", 'sessionId', NEW.id));
  ELSE
    PERFORM iam.publish_identity_event('identity.signed_out', OLD."userId",
      jsonb_build_object('userId', OLD."userId", 'sessionId', OLD.id));
  END IF;
  RETURN NULL;
END $$;

-- FUNCTION iam.publish_user_created()

CREATE FUNCTION iam.publish_user_created() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  PERFORM iam.publish_identity_event('identity.created', NEW.id,
    jsonb_build_object('userId', NEW.id, 'email', NEW.email, 'name', NEW.name));
  RETURN NULL;
END $$;

-- FUNCTION iam.uuid_v7()

CREATE FUNCTION iam.uuid_v7() RETURNS uuid
    LANGUAGE sql
    RETURN (encode(set_byte(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send(((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint) FROM 3) FROM 1 FOR 6), 6, ((get_byte(uuid_send(gen_random_uuid()), 6) & 15) | 112)), 'hex'::text))::uuid;

-- TABLE auth.account

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

-- TABLE auth.jwks

CREATE TABLE auth.jwks (
    id uuid NOT NULL,
    "publicKey" text NOT NULL,
    "privateKey" text NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    "expiresAt" timestamp with time zone,
    alg text,
    crv text
);

-- TABLE auth.session

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

-- TABLE auth.sign_in_failures

CREATE TABLE auth.sign_in_failures (
    email_hash bytea NOT NULL,
    failures integer NOT NULL,
    last_failure_at timestamp with time zone NOT NULL,
    wait_until timestamp with time zone
);

-- TABLE auth.user

CREATE TABLE auth."user" (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    "emailVerified" boolean DEFAULT false NOT NULL,
    image text,
    "createdAt" timestamp with time zone DEFAULT now() NOT NULL,
    "updatedAt" timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_email_check CHECK ((email = lower(email)))
);

-- TABLE auth.verification

CREATE TABLE auth.verification (
    id uuid NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    "createdAt" timestamp with time zone DEFAULT now() NOT NULL,
    "updatedAt" timestamp with time zone DEFAULT now() NOT NULL
);

-- TABLE iam.api_keys

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
    last_used_at timestamp with time zone,
    CONSTRAINT api_keys_hash_check CHECK ((octet_length(hash) = 32))
);

ALTER TABLE ONLY iam.api_keys FORCE ROW LEVEL SECURITY;

-- TABLE iam.idempotency_keys

CREATE TABLE iam.idempotency_keys (
    scope text NOT NULL,
    key text NOT NULL,
    operation text NOT NULL,
    request_hash text NOT NULL,
    status integer NOT NULL,
    response jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY iam.idempotency_keys FORCE ROW LEVEL SECURITY;

-- TABLE iam.inbox

CREATE TABLE iam.inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    handled_at timestamp with time zone DEFAULT now() NOT NULL
);

-- TABLE iam.outbox

CREATE TABLE iam.outbox (
    id uuid NOT NULL,
    sequence bigint NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    tenant_id uuid,
    envelope jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

-- SEQUENCE iam.outbox_sequence_seq

ALTER TABLE iam.outbox ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME iam.outbox_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- TABLE iam.platform_setup

CREATE TABLE iam.platform_setup (
    singleton boolean DEFAULT true NOT NULL,
    administrator_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT platform_setup_singleton_check CHECK (singleton)
);

-- TABLE iam.role_assignments

CREATE TABLE iam.role_assignments (
    id uuid NOT NULL,
    tenant_id uuid,
    organization_id uuid,
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT role_assignments_role_check CHECK ((role = ANY (ARRAY['platform_admin'::text, 'org_admin'::text, 'org_member'::text]))),
    CONSTRAINT role_assignments_scope CHECK (((tenant_id IS NOT NULL) OR (role = 'platform_admin'::text)))
);

ALTER TABLE ONLY iam.role_assignments FORCE ROW LEVEL SECURITY;

-- TABLE iam.schema_migrations

CREATE TABLE iam.schema_migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

-- CONSTRAINT auth.account account_pkey

ALTER TABLE ONLY auth.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

-- CONSTRAINT auth.account account_providerId_accountId_key

ALTER TABLE ONLY auth.account
    ADD CONSTRAINT "account_providerId_accountId_key" UNIQUE ("providerId", "accountId");

-- CONSTRAINT auth.jwks jwks_pkey

ALTER TABLE ONLY auth.jwks
    ADD CONSTRAINT jwks_pkey PRIMARY KEY (id);

-- CONSTRAINT auth.session session_pkey

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

-- CONSTRAINT auth.session session_token_key

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT session_token_key UNIQUE (token);

-- CONSTRAINT auth.sign_in_failures sign_in_failures_pkey

ALTER TABLE ONLY auth.sign_in_failures
    ADD CONSTRAINT sign_in_failures_pkey PRIMARY KEY (email_hash);

-- CONSTRAINT auth.user user_email_key

ALTER TABLE ONLY auth."user"
    ADD CONSTRAINT user_email_key UNIQUE (email);

-- CONSTRAINT auth.user user_pkey

ALTER TABLE ONLY auth."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);

-- CONSTRAINT auth.verification verification_pkey

ALTER TABLE ONLY auth.verification
    ADD CONSTRAINT verification_pkey PRIMARY KEY (id);

-- CONSTRAINT iam.api_keys api_keys_hash_key

ALTER TABLE ONLY iam.api_keys
    ADD CONSTRAINT api_keys_hash_key UNIQUE (hash);

-- CONSTRAINT iam.api_keys api_keys_pkey

ALTER TABLE ONLY iam.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);

-- CONSTRAINT iam.idempotency_keys idempotency_keys_pkey

ALTER TABLE ONLY iam.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

-- CONSTRAINT iam.inbox inbox_pkey

ALTER TABLE ONLY iam.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

-- CONSTRAINT iam.outbox outbox_pkey

ALTER TABLE ONLY iam.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

-- CONSTRAINT iam.platform_setup platform_setup_pkey

ALTER TABLE ONLY iam.platform_setup
    ADD CONSTRAINT platform_setup_pkey PRIMARY KEY (singleton);

-- CONSTRAINT iam.role_assignments role_assignments_once

ALTER TABLE ONLY iam.role_assignments
    ADD CONSTRAINT role_assignments_once UNIQUE NULLS NOT DISTINCT (user_id, tenant_id, role);

-- CONSTRAINT iam.role_assignments role_assignments_pkey

ALTER TABLE ONLY iam.role_assignments
    ADD CONSTRAINT role_assignments_pkey PRIMARY KEY (id);

-- CONSTRAINT iam.schema_migrations schema_migrations_pkey

ALTER TABLE ONLY iam.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

-- INDEX auth.account_by_user

CREATE INDEX account_by_user ON auth.account USING btree ("userId");

-- INDEX auth.session_by_end

CREATE INDEX session_by_end ON auth.session USING btree ("expiresAt");

-- INDEX auth.session_by_user

CREATE INDEX session_by_user ON auth.session USING btree ("userId");

-- INDEX auth.sign_in_failures_by_age

CREATE INDEX sign_in_failures_by_age ON auth.sign_in_failures USING btree (last_failure_at);

-- INDEX auth.verification_by_identifier

CREATE INDEX verification_by_identifier ON auth.verification USING btree (identifier);

-- INDEX iam.api_keys_by_tenant

CREATE INDEX api_keys_by_tenant ON iam.api_keys USING btree (tenant_id, id);

-- INDEX iam.idempotency_keys_created_at

CREATE INDEX idempotency_keys_created_at ON iam.idempotency_keys USING btree (created_at);

-- INDEX iam.inbox_handled_at

CREATE INDEX inbox_handled_at ON iam.inbox USING btree (handled_at);

-- INDEX iam.outbox_order

CREATE INDEX outbox_order ON iam.outbox USING btree (transaction_id, sequence);

-- INDEX iam.role_assignments_by_tenant

CREATE INDEX role_assignments_by_tenant ON iam.role_assignments USING btree (tenant_id, id);

-- TRIGGER auth.session session_changed

CREATE TRIGGER session_changed AFTER INSERT OR DELETE ON auth.session FOR EACH ROW EXECUTE FUNCTION iam.publish_session_changed();

-- TRIGGER auth.user user_created

CREATE TRIGGER user_created AFTER INSERT ON auth."user" FOR EACH ROW EXECUTE FUNCTION iam.publish_user_created();

-- FK CONSTRAINT auth.account account_userId_fkey

ALTER TABLE ONLY auth.account
    ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;

-- FK CONSTRAINT auth.session session_userId_fkey

ALTER TABLE ONLY auth.session
    ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;

-- FK CONSTRAINT iam.api_keys api_keys_created_by_fkey

ALTER TABLE ONLY iam.api_keys
    ADD CONSTRAINT api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth."user"(id) ON DELETE CASCADE;

-- FK CONSTRAINT iam.role_assignments role_assignments_user_id_fkey

ALTER TABLE ONLY iam.role_assignments
    ADD CONSTRAINT role_assignments_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;

-- ROW SECURITY iam.api_keys

ALTER TABLE iam.api_keys ENABLE ROW LEVEL SECURITY;

-- POLICY iam.idempotency_keys caller_scope

CREATE POLICY caller_scope ON iam.idempotency_keys USING ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

-- ROW SECURITY iam.idempotency_keys

ALTER TABLE iam.idempotency_keys ENABLE ROW LEVEL SECURITY;

-- POLICY iam.api_keys platform_scope

CREATE POLICY platform_scope ON iam.api_keys USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

-- POLICY iam.role_assignments platform_scope

CREATE POLICY platform_scope ON iam.role_assignments USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

-- ROW SECURITY iam.role_assignments

ALTER TABLE iam.role_assignments ENABLE ROW LEVEL SECURITY;

-- POLICY iam.api_keys tenant_isolation

CREATE POLICY tenant_isolation ON iam.api_keys USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- POLICY iam.role_assignments tenant_isolation

CREATE POLICY tenant_isolation ON iam.role_assignments USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- ACL -.SCHEMA auth

GRANT USAGE ON SCHEMA auth TO plinth_auth;
GRANT USAGE ON SCHEMA auth TO plinth_iam;

-- ACL -.SCHEMA iam

GRANT USAGE ON SCHEMA iam TO plinth_iam;

-- ACL iam.FUNCTION publish_identity_event(event_type text, user_id uuid, data jsonb)

REVOKE ALL ON FUNCTION iam.publish_identity_event(event_type text, user_id uuid, data jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION iam.publish_identity_event(event_type text, user_id uuid, data jsonb) TO plinth_iam;

-- ACL iam.FUNCTION publish_session_changed()

GRANT ALL ON FUNCTION iam.publish_session_changed() TO plinth_iam;

-- ACL iam.FUNCTION publish_user_created()

GRANT ALL ON FUNCTION iam.publish_user_created() TO plinth_iam;

-- ACL iam.FUNCTION uuid_v7()

GRANT ALL ON FUNCTION iam.uuid_v7() TO plinth_iam;

-- ACL auth.TABLE account

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.account TO plinth_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.account TO plinth_iam;

-- ACL auth.TABLE jwks

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.jwks TO plinth_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.jwks TO plinth_iam;

-- ACL auth.TABLE session

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.session TO plinth_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.session TO plinth_iam;

-- ACL auth.TABLE sign_in_failures

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.sign_in_failures TO plinth_iam;

-- ACL auth.TABLE "user"

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth."user" TO plinth_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth."user" TO plinth_iam;

-- ACL auth.TABLE verification

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.verification TO plinth_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.verification TO plinth_iam;

-- ACL iam.TABLE api_keys

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE iam.api_keys TO plinth_iam;

-- ACL iam.TABLE idempotency_keys

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE iam.idempotency_keys TO plinth_iam;

-- ACL iam.TABLE inbox

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE iam.inbox TO plinth_iam;

-- ACL iam.TABLE outbox

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE iam.outbox TO plinth_iam;

-- ACL iam.SEQUENCE outbox_sequence_seq

GRANT SELECT,USAGE ON SEQUENCE iam.outbox_sequence_seq TO plinth_iam;

-- ACL iam.TABLE platform_setup

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE iam.platform_setup TO plinth_iam;

-- ACL iam.TABLE role_assignments

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE iam.role_assignments TO plinth_iam;

