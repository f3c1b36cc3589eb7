-- Users, their credentials and sessions under our own names. Sessions and signing keys of before end here: tokens are
-- kept as hashes from now on, and keys under another encryption.
DROP TRIGGER user_created ON auth."user";
DROP TRIGGER session_changed ON auth.session;
DROP FUNCTION iam.publish_user_created();
DROP FUNCTION iam.publish_session_changed();
DROP FUNCTION iam.publish_identity_event(text, uuid, jsonb);
DROP FUNCTION iam.uuid_v7();

ALTER TABLE auth."user" RENAME TO users;
ALTER TABLE auth.users RENAME COLUMN "createdAt" TO created_at;
ALTER TABLE auth.users RENAME COLUMN "updatedAt" TO updated_at;
ALTER TABLE auth.users
  ADD COLUMN email_verified_at timestamptz,
  ADD COLUMN locale text,
  -- A disabled user has no session, and no token of theirs counts.
  ADD COLUMN disabled_at timestamptz,
  -- They have an authenticator app, and a sign-in without it is worth nothing.
  ADD COLUMN second_factor boolean NOT NULL DEFAULT false;
UPDATE auth.users SET email_verified_at = created_at WHERE "emailVerified";
ALTER TABLE auth.users DROP COLUMN "emailVerified", DROP COLUMN image;

CREATE TABLE auth.passwords (
  user_id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
  -- argon2id as a PHC string
  hash text NOT NULL,
  changed_at timestamptz NOT NULL
);
INSERT INTO auth.passwords (user_id, hash, changed_at)
  SELECT "userId", password, "updatedAt" FROM auth.account WHERE password IS NOT NULL;

DROP TABLE auth.account, auth.verification, auth.jwks, auth.session;

-- Who a subject of another issuer is here. Found by issuer and subject alone, never by email.
CREATE TABLE auth.identities (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  issuer text NOT NULL,
  subject text NOT NULL,
  email text,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz,
  CONSTRAINT identities_once UNIQUE (issuer, subject)
);
CREATE INDEX identities_by_user ON auth.identities (user_id);

CREATE TABLE auth.sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  -- SHA-256 of the token in the cookie
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  -- How the user proved who they are (RFC 8176): pwd, otp, hwk, fed, …
  methods text[] NOT NULL,
  -- Two kinds of proof, or a passkey that verified the person.
  strong boolean NOT NULL DEFAULT false,
  -- The user has a second factor that this sign-in still lacks: until then it is worth nothing.
  pending boolean NOT NULL DEFAULT false,
  ip text,
  user_agent text,
  name text,
  -- Somebody of the support staff who acts as the user.
  actor_id uuid REFERENCES auth.users (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- However much it is used.
  ends_at timestamptz NOT NULL
);
CREATE INDEX sessions_by_user ON auth.sessions (user_id);
CREATE INDEX sessions_by_end ON auth.sessions (expires_at);
CREATE INDEX sessions_by_actor ON auth.sessions (actor_id) WHERE actor_id IS NOT NULL;

-- Signing keys of tokens. The private part is encrypted with the service's secret.
CREATE TABLE auth.signing_keys (
  id uuid PRIMARY KEY,
  algorithm text NOT NULL,
  public_key jsonb NOT NULL,
  private_key bytea NOT NULL,
  created_at timestamptz NOT NULL,
  -- Signs until then.
  retires_at timestamptz NOT NULL,
  -- Verifies until then.
  expires_at timestamptz NOT NULL
);

-- Guesses of anything that can be guessed: passwords of an address, codes, keys of an address on the network.
ALTER TABLE auth.sign_in_failures RENAME TO failures;
ALTER TABLE auth.failures RENAME COLUMN email_hash TO target_hash;
ALTER INDEX auth.sign_in_failures_by_age RENAME TO failures_by_age;
ALTER TABLE auth.failures RENAME CONSTRAINT sign_in_failures_pkey TO failures_pkey;

-- Links and codes that are good for one use: to verify an address, to reset a password, to sign in by email.
CREATE TABLE auth.one_time_tokens (
  id uuid PRIMARY KEY,
  purpose text NOT NULL,
  user_id uuid REFERENCES auth.users (id) ON DELETE CASCADE,
  email text NOT NULL,
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  data jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX one_time_tokens_by_email ON auth.one_time_tokens (email, purpose);
CREATE INDEX one_time_tokens_by_end ON auth.one_time_tokens (expires_at);

-- Mail that waits to be sent. Links in it are worth as much as a password: it is encrypted and goes when it is sent.
CREATE TABLE auth.mails (
  id uuid PRIMARY KEY,
  content bytea NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  last_error text
);
CREATE INDEX mails_by_attempt ON auth.mails (next_attempt_at);

REVOKE ALL ON ALL TABLES IN SCHEMA auth FROM plinth_auth;
REVOKE USAGE ON SCHEMA auth FROM plinth_auth;
REVOKE plinth_auth FROM plinth_iam;
