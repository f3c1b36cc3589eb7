ALTER TABLE iam.api_keys
  -- Requests a minute in all; null: the limits of routes alone.
  ADD COLUMN rate_limit integer CHECK (rate_limit > 0),
  ADD COLUMN rotated_at timestamptz,
  -- The secret before the last rotation, until when it still counts.
  ADD COLUMN previous_hash bytea UNIQUE CHECK (octet_length(previous_hash) = 32),
  ADD COLUMN previous_until timestamptz,
  ADD CONSTRAINT api_keys_previous CHECK ((previous_hash IS NULL) = (previous_until IS NULL));

-- Programs of a tenant that sign in by themselves. What they may do is in iam.role_assignments.
CREATE TABLE iam.service_accounts (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  name text NOT NULL,
  description text,
  -- JSON Web Keys with which it signs its requests for tokens (RFC 7523), instead of a secret.
  public_keys jsonb,
  created_by uuid REFERENCES auth.users (id) ON DELETE SET NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  disabled_at timestamptz,
  last_used_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT service_accounts_name UNIQUE (tenant_id, name),
  CONSTRAINT service_accounts_in_tenant UNIQUE (tenant_id, id)
);
CALL plinth.protect_tenant_table('iam.service_accounts');
-- It is looked up by its id before its tenant is known.
CALL plinth.open_to_platform('iam.service_accounts');

CREATE TABLE iam.service_account_secrets (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  service_account_id uuid NOT NULL,
  -- The part by which its owners recognize it.
  prefix text NOT NULL,
  -- SHA-256 of the secret
  hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  CONSTRAINT service_account_secrets_account FOREIGN KEY (tenant_id, service_account_id)
    REFERENCES iam.service_accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX service_account_secrets_by_account ON iam.service_account_secrets (tenant_id, service_account_id);
CALL plinth.protect_tenant_table('iam.service_account_secrets');
CALL plinth.open_to_platform('iam.service_account_secrets');

ALTER TABLE iam.role_assignments
  ADD CONSTRAINT role_assignments_service_account FOREIGN KEY (tenant_id, service_account_id)
    REFERENCES iam.service_accounts (tenant_id, id) ON DELETE CASCADE;
