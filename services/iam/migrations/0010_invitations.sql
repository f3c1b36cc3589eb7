-- Invitations of people by email address.
CREATE TABLE iam.invitations (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  organization_name text,
  email text NOT NULL CHECK (email = lower(email)),
  -- Names of built-in roles or of the tenant's own.
  roles text[] NOT NULL CHECK (cardinality(roles) > 0),
  locale text,
  -- SHA-256 of the token in the mail
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  invited_by uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  sent_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  accepted_by uuid REFERENCES auth.users (id) ON DELETE SET NULL,
  revoked_at timestamptz
);
CREATE INDEX invitations_by_tenant ON iam.invitations (tenant_id, id);
CREATE INDEX invitations_by_inviter ON iam.invitations (tenant_id, invited_by);
-- One that can be accepted for each address.
CREATE UNIQUE INDEX invitations_open ON iam.invitations (tenant_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CALL plinth.protect_tenant_table('iam.invitations');
-- An invitation is found by its token before its tenant is known.
CALL plinth.open_to_platform('iam.invitations');

-- Domains of email addresses that a tenant says are its own. Those that it has proven are in iam.email_domains.
CREATE TABLE iam.domain_claims (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  -- In ASCII, lower case.
  domain text NOT NULL,
  -- What the TXT record has to say. It is public once it is there.
  verification_token text NOT NULL,
  -- The role with which people with a confirmed address of the domain join by themselves; null: they do not.
  auto_join_role text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT domain_claims_once UNIQUE (tenant_id, domain)
);
CREATE INDEX domain_claims_by_domain ON iam.domain_claims (domain);
CALL plinth.protect_tenant_table('iam.domain_claims');
-- Somebody who confirms an address has no tenant yet.
CALL plinth.open_to_platform('iam.domain_claims');
