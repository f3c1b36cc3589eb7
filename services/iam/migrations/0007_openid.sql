-- Applications that sign people in through us (OAuth 2.1, OpenID Connect), and what is issued to them.
CREATE TABLE auth.clients (
  id text PRIMARY KEY,
  -- built-in, declared in a file, or made through the API
  origin text NOT NULL CHECK (origin IN ('built-in', 'declared', 'administered')),
  name text NOT NULL,
  -- Has a secret. One that cannot keep it proves with PKCE alone that it asked for the code.
  confidential boolean NOT NULL,
  native boolean NOT NULL DEFAULT false,
  -- The operator's own: nobody is asked for consent.
  first_party boolean NOT NULL DEFAULT false,
  -- Its tokens may do all that their user may, unless it asks for less.
  acts_as_user boolean NOT NULL DEFAULT false,
  grant_types text[] NOT NULL,
  redirect_uris text[] NOT NULL DEFAULT '{}',
  post_logout_redirect_uris text[] NOT NULL DEFAULT '{}',
  backchannel_logout_uri text,
  -- Permissions that it may ask for besides openid, profile and email.
  permissions text[] NOT NULL DEFAULT '{}',
  logo_uri text,
  home_uri text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

-- Secrets of 256 random bits, as SHA-256. While one is replaced, the old one goes on for a while.
CREATE TABLE auth.client_secrets (
  id uuid PRIMARY KEY,
  client_id text NOT NULL REFERENCES auth.clients (id) ON DELETE CASCADE,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  CONSTRAINT client_secrets_once UNIQUE (client_id, hash)
);

-- What a user agreed to for a client.
CREATE TABLE auth.consents (
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  client_id text NOT NULL REFERENCES auth.clients (id) ON DELETE CASCADE,
  scopes text[] NOT NULL,
  granted_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, client_id)
);
CREATE INDEX consents_by_client ON auth.consents (client_id);

-- One authorization of a client by a user: everything issued under it ends with it, and it ends with the session.
CREATE TABLE auth.grants (
  id_hash bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
  client_id text NOT NULL REFERENCES auth.clients (id) ON DELETE CASCADE,
  session_id uuid NOT NULL REFERENCES auth.sessions (id) ON DELETE CASCADE,
  payload bytea NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX grants_by_client ON auth.grants (client_id);
CREATE INDEX grants_by_session ON auth.grants (session_id);
CREATE INDEX grants_by_end ON auth.grants (expires_at);

-- Codes, tokens, pushed requests and running interactions. Found by the hash of their value; the rest is encrypted.
CREATE TABLE auth.artifacts (
  kind text NOT NULL,
  id_hash bytea NOT NULL CHECK (octet_length(id_hash) = 32),
  -- The authorization that it was issued under: deleted with it.
  grant_hash bytea REFERENCES auth.grants (id_hash) ON DELETE CASCADE,
  client_id text,
  user_code_hash bytea CHECK (octet_length(user_code_hash) = 32),
  scope text,
  payload bytea NOT NULL,
  created_at timestamptz NOT NULL,
  consumed_at timestamptz,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (kind, id_hash)
);
CREATE INDEX artifacts_by_grant ON auth.artifacts (grant_hash) WHERE grant_hash IS NOT NULL;
CREATE UNIQUE INDEX artifacts_by_user_code ON auth.artifacts (user_code_hash) WHERE user_code_hash IS NOT NULL;
CREATE INDEX artifacts_by_end ON auth.artifacts (expires_at);

-- Which clients a session signed its user in to. When the session goes, by whatever way, the row stays without it:
-- then the client is still to be told (OpenID Connect Back-Channel Logout 1.0).
CREATE TABLE auth.client_sessions (
  id uuid PRIMARY KEY,
  client_id text NOT NULL REFERENCES auth.clients (id) ON DELETE CASCADE,
  session_id uuid REFERENCES auth.sessions (id) ON DELETE SET NULL,
  -- The session's id as the client knows it.
  sid uuid NOT NULL,
  user_id uuid NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT client_sessions_once UNIQUE (client_id, sid)
);
CREATE INDEX client_sessions_by_session ON auth.client_sessions (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX client_sessions_by_attempt ON auth.client_sessions (next_attempt_at) WHERE session_id IS NULL;
