-- The customers of a tenant, as billing and metering know them.
CREATE TABLE account.accounts (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  email text,
  currency text NOT NULL,
  time_zone text NOT NULL,
  metadata jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT accounts_key UNIQUE (tenant_id, key)
);
CREATE INDEX accounts_by_tenant ON account.accounts (tenant_id, id);
CALL plinth.protect_tenant_table('account.accounts');
