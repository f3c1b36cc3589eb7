CREATE TABLE iam.api_keys (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  name text NOT NULL,
  prefix text NOT NULL,
  -- SHA-256 of the key; the key itself is shown once and kept nowhere.
  hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  scopes text[] NOT NULL,
  created_by uuid NOT NULL REFERENCES auth."user" (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);
CREATE INDEX api_keys_by_tenant ON iam.api_keys (tenant_id, id);
CALL plinth.protect_tenant_table('iam.api_keys');
-- A key is looked up by its hash before its tenant is known.
CALL plinth.open_to_platform('iam.api_keys');
