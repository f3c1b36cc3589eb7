-- Where people may sign in besides here: for everybody when there is no tenant, else for the tenant's people.
CREATE TABLE iam.identity_providers (
  -- Part of its callback URL. Declared ones have the name that their file gives them.
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  tenant_id uuid,
  -- Where members belong who join by signing in.
  organization_id uuid,
  origin text NOT NULL CHECK (origin IN ('administered', 'declared')),
  title text NOT NULL,
  enabled boolean NOT NULL,
  -- {kind, clientId, issuer, …}: everything but the secret
  settings jsonb NOT NULL,
  -- Client secret or private key, encrypted.
  secret bytea,
  sign_up text NOT NULL CHECK (sign_up IN ('never', 'platform', 'always')),
  -- Only addresses of these domains sign in by it; none: any.
  allowed_domains text[] NOT NULL,
  -- People with an address of the tenant's domains are sent there.
  home_realm boolean NOT NULL,
  -- It answers for the addresses that it names, even if it does not say that they are verified.
  trust_email boolean NOT NULL,
  -- What it says of a second factor counts here.
  trust_multi_factor boolean NOT NULL,
  -- Who signs in by it becomes a member with this role.
  join_role text,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- What has to do with members is a tenant's alone.
  CONSTRAINT identity_providers_tenant CHECK (tenant_id IS NOT NULL OR (join_role IS NULL AND NOT home_realm)),
  CONSTRAINT identity_providers_declared CHECK (origin = 'administered' OR tenant_id IS NULL)
);
CREATE INDEX identity_providers_by_tenant ON iam.identity_providers (tenant_id, id);
CALL plinth.protect_tenant_table('iam.identity_providers');
-- A sign-in comes before its tenant is known.
CALL plinth.open_to_platform('iam.identity_providers');

-- Domains of email addresses that a tenant has proven to be its own.
CREATE TABLE iam.email_domains (
  domain text PRIMARY KEY CHECK (domain = lower(domain)),
  tenant_id uuid NOT NULL,
  verified_at timestamptz NOT NULL
);
CREATE INDEX email_domains_by_tenant ON iam.email_domains (tenant_id);
CALL plinth.protect_tenant_table('iam.email_domains');
CALL plinth.open_to_platform('iam.email_domains');

-- By which provider an identity came; null for those of issuers whose tokens are accepted as they are.
ALTER TABLE auth.identities ADD COLUMN provider_id text;
CREATE INDEX identities_by_provider ON auth.identities (provider_id) WHERE provider_id IS NOT NULL;

-- Answers of providers that were taken once, so that they are not taken again. SHA-256 of flow or assertion.
CREATE TABLE auth.federation_answers (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  expires_at timestamptz NOT NULL
);
CREATE INDEX federation_answers_by_end ON auth.federation_answers (expires_at);
