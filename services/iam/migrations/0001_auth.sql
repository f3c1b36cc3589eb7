-- Tables of the embedded identity provider: the columns that better-auth 1.7 reads and writes, under its own names.
-- They stand outside tenant row-level security, because sign-in comes before a tenant is known.
CREATE TABLE auth."user" (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  "emailVerified" boolean NOT NULL DEFAULT false,
  image text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE auth.session (
  id uuid PRIMARY KEY,
  "userId" uuid NOT NULL REFERENCES auth."user" (id) ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  "expiresAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_by_user ON auth.session ("userId");
CREATE INDEX session_by_end ON auth.session ("expiresAt");

CREATE TABLE auth.account (
  id uuid PRIMARY KEY,
  "userId" uuid NOT NULL REFERENCES auth."user" (id) ON DELETE CASCADE,
  "providerId" text NOT NULL,
  "accountId" text NOT NULL,
  password text,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  UNIQUE ("providerId", "accountId")
);
CREATE INDEX account_by_user ON auth.account ("userId");

CREATE TABLE auth.verification (
  id uuid PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verification_by_identifier ON auth.verification (identifier);

-- Signing keys of access tokens. The private part is encrypted with the service's secret.
CREATE TABLE auth.jwks (
  id uuid PRIMARY KEY,
  "publicKey" text NOT NULL,
  "privateKey" text NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "expiresAt" timestamptz,
  alg text,
  crv text
);

-- Failed sign-ins by SHA-256 of the email address, known or not, so that guessing slows down.
CREATE TABLE auth.sign_in_failures (
  email_hash bytea PRIMARY KEY,
  failures integer NOT NULL,
  last_failure_at timestamptz NOT NULL,
  wait_until timestamptz
);
CREATE INDEX sign_in_failures_by_age ON auth.sign_in_failures (last_failure_at);

-- The identity provider's own role: it reaches this schema and nothing else.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plinth_auth') THEN
    CREATE ROLE plinth_auth NOLOGIN NOBYPASSRLS;
  END IF;
END $$;
GRANT plinth_auth TO plinth_iam;
GRANT USAGE ON SCHEMA auth TO plinth_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth."user", auth.session, auth.account, auth.verification, auth.jwks TO plinth_auth;

-- Events are written by triggers: the identity provider knows nothing of the outbox, and no other way of writing
-- these tables can forget them. SECURITY DEFINER, because its role does not reach the outbox.
CREATE FUNCTION iam.uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE
  RETURN encode(
    set_byte(
      overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      6,
      (get_byte(uuid_send(gen_random_uuid()), 6) & 15) | 112
    ),
    'hex'
  )::uuid;

CREATE FUNCTION iam.publish_identity_event(event_type text, user_id uuid, data jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
REVOKE ALL ON FUNCTION iam.publish_identity_event(text, uuid, jsonb) FROM PUBLIC;

CREATE FUNCTION iam.publish_user_created() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM iam.publish_identity_event('identity.created', NEW.id,
    jsonb_build_object('userId', NEW.id, 'email', NEW.email, 'name', NEW.name));
  RETURN NULL;
END $$;
CREATE TRIGGER user_created AFTER INSERT ON auth."user" FOR EACH ROW EXECUTE FUNCTION iam.publish_user_created();

CREATE FUNCTION iam.publish_session_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
CREATE TRIGGER session_changed AFTER INSERT OR DELETE ON auth.session
  FOR EACH ROW EXECUTE FUNCTION iam.publish_session_changed();
