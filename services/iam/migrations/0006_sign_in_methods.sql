-- Proof of an address, codes, authenticator apps, passkeys, and what a tenant accepts of them.

-- A challenge of a passkey belongs to no address.
ALTER TABLE auth.one_time_tokens
  ALTER COLUMN email DROP NOT NULL,
  -- HMAC-SHA-256 of the short code that does the same as the token
  ADD COLUMN code_hash bytea CHECK (octet_length(code_hash) = 32),
  -- Guesses at the code. It is worth nothing after a few.
  ADD COLUMN attempts integer NOT NULL DEFAULT 0;

-- How often mail was asked for an address, known or not, so that nobody's mailbox is filled through us.
CREATE TABLE auth.mail_requests (
  target_hash bytea PRIMARY KEY CHECK (octet_length(target_hash) = 32),
  requests integer NOT NULL,
  first_at timestamptz NOT NULL
);
CREATE INDEX mail_requests_by_age ON auth.mail_requests (first_at);

-- Authenticator apps (RFC 6238). The shared secret is encrypted.
CREATE TABLE auth.authenticators (
  user_id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
  secret bytea NOT NULL,
  -- The last time step that a code was taken for: no code of it or of one before counts again.
  last_step bigint,
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz
);

CREATE TABLE auth.recovery_codes (
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  -- HMAC-SHA-256
  code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE auth.passkeys (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  credential_id bytea NOT NULL UNIQUE,
  -- COSE
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  -- Kept by the maker's cloud as well, and so on several devices.
  backed_up boolean NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX passkeys_by_user ON auth.passkeys (user_id);

-- Ways of proving who one is that the tenant accepts, one of which is enough.
ALTER TABLE iam.sign_in_policies
  ADD COLUMN methods text[] NOT NULL DEFAULT '{password,email,passkey,federated}' CHECK (cardinality(methods) > 0);
