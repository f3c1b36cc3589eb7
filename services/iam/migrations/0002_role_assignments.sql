-- Who has which role where. Without a tenant: a role on the whole platform.
CREATE TABLE iam.role_assignments (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  organization_id uuid,
  user_id uuid NOT NULL REFERENCES auth."user" (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('platform_admin', 'org_admin', 'org_member')),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT role_assignments_once UNIQUE NULLS NOT DISTINCT (user_id, tenant_id, role),
  CONSTRAINT role_assignments_scope CHECK (tenant_id IS NOT NULL OR role = 'platform_admin')
);
CREATE INDEX role_assignments_by_tenant ON iam.role_assignments (tenant_id, id);
CALL plinth.protect_tenant_table('iam.role_assignments');
-- A caller's tenants are asked for before one of them is chosen.
CALL plinth.open_to_platform('iam.role_assignments');

-- One row once the first platform administrator exists; its key makes a second one impossible.
CREATE TABLE iam.platform_setup (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  administrator_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
