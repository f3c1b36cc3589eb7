CREATE TABLE tenant.tenants (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL UNIQUE,
  name text NOT NULL,
  region text NOT NULL DEFAULT 'default',
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'closing', 'deleted')),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('tenant.tenants', 'id');
-- The gateway and the operator look at tenants across the platform.
CALL plinth.open_to_platform('tenant.tenants');
CREATE INDEX tenants_active ON tenant.tenants (id) WHERE status = 'active';
