-- Permissions of a tenant's own applications, beside those of the platform.
CREATE TABLE iam.permissions (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  description text,
  created_at timestamptz NOT NULL,
  CONSTRAINT permissions_name UNIQUE (tenant_id, name)
);
CALL plinth.protect_tenant_table('iam.permissions');

-- Roles beside the built-in ones: of a tenant, or of the whole platform when there is no tenant.
CREATE TABLE iam.roles (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  name text NOT NULL CHECK (name NOT IN ('platform_admin', 'org_admin', 'org_member')),
  title text NOT NULL,
  description text,
  permissions text[] NOT NULL,
  -- [{permission, conditions: […]}]: permissions that count only under conditions.
  conditional jsonb NOT NULL DEFAULT '[]',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT roles_name UNIQUE NULLS NOT DISTINCT (tenant_id, name),
  CONSTRAINT roles_in_tenant UNIQUE (tenant_id, id)
);
CALL plinth.protect_tenant_table('iam.roles');
-- A caller's roles are read before their tenant is chosen.
CALL plinth.open_to_platform('iam.roles');

CREATE TABLE iam.groups (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  description text,
  -- local: kept here; scim: kept by the tenant's directory.
  source text NOT NULL DEFAULT 'local' CHECK (source IN ('local', 'scim')),
  -- The directory's own name for it.
  external_id text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT groups_name UNIQUE (tenant_id, name),
  CONSTRAINT groups_in_tenant UNIQUE (tenant_id, id)
);
CREATE INDEX groups_by_external_id ON iam.groups (tenant_id, external_id) WHERE external_id IS NOT NULL;
CALL plinth.protect_tenant_table('iam.groups');
CALL plinth.open_to_platform('iam.groups');

CREATE TABLE iam.group_members (
  tenant_id uuid NOT NULL,
  group_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (group_id, user_id),
  -- With the tenant, because foreign keys look past row-level security.
  CONSTRAINT group_members_group FOREIGN KEY (tenant_id, group_id) REFERENCES iam.groups (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX group_members_by_user ON iam.group_members (user_id);
CALL plinth.protect_tenant_table('iam.group_members');
CALL plinth.open_to_platform('iam.group_members');

-- An assignment gives a built-in or a custom role to a user, a group or a service account: in the whole tenant, for an
-- organization, or for a division and everything below it. organization_id is where the holder belongs, not a limit.
ALTER TABLE iam.role_assignments
  ALTER COLUMN user_id DROP NOT NULL,
  ADD COLUMN group_id uuid,
  ADD COLUMN service_account_id uuid,
  ALTER COLUMN role DROP NOT NULL,
  ADD COLUMN role_id uuid REFERENCES iam.roles (id),
  ADD COLUMN scope_organization_id uuid,
  ADD COLUMN scope_division_id uuid,
  DROP CONSTRAINT role_assignments_once,
  DROP CONSTRAINT role_assignments_scope;

-- The rows below are of every tenant.
SELECT set_config('plinth.scope', 'platform', true);
-- Who was given platform_admin in one tenant reached beyond it all the same: from now on that is said openly.
INSERT INTO iam.role_assignments (id, tenant_id, organization_id, user_id, role, created_at)
  SELECT gen_random_uuid(), NULL, NULL, a.user_id, 'platform_admin', min(a.created_at)
    FROM iam.role_assignments a
   WHERE a.role = 'platform_admin' AND a.tenant_id IS NOT NULL
     AND NOT EXISTS (SELECT FROM iam.role_assignments p
                      WHERE p.user_id = a.user_id AND p.role = 'platform_admin' AND p.tenant_id IS NULL)
   GROUP BY a.user_id;
DELETE FROM iam.role_assignments a
 WHERE a.role = 'platform_admin' AND a.tenant_id IS NOT NULL
   AND EXISTS (SELECT FROM iam.role_assignments o
                WHERE o.user_id = a.user_id AND o.tenant_id = a.tenant_id AND o.role = 'org_admin');
UPDATE iam.role_assignments SET role = 'org_admin' WHERE role = 'platform_admin' AND tenant_id IS NOT NULL;

ALTER TABLE iam.role_assignments
  ADD CONSTRAINT role_assignments_once UNIQUE NULLS NOT DISTINCT
    (user_id, group_id, service_account_id, tenant_id, role, role_id, scope_organization_id, scope_division_id),
  ADD CONSTRAINT role_assignments_one_holder CHECK (num_nonnulls(user_id, group_id, service_account_id) = 1),
  ADD CONSTRAINT role_assignments_one_role CHECK (num_nonnulls(role, role_id) = 1),
  ADD CONSTRAINT role_assignments_one_scope CHECK (num_nonnulls(scope_organization_id, scope_division_id) <= 1),
  -- Roles of the platform are given to people, and hold everywhere.
  ADD CONSTRAINT role_assignments_platform CHECK (
    CASE WHEN tenant_id IS NULL
      THEN user_id IS NOT NULL AND (role = 'platform_admin' OR role_id IS NOT NULL)
        AND num_nonnulls(scope_organization_id, scope_division_id) = 0
      ELSE role IS DISTINCT FROM 'platform_admin' END),
  ADD CONSTRAINT role_assignments_group FOREIGN KEY (tenant_id, group_id) REFERENCES iam.groups (tenant_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT role_assignments_role FOREIGN KEY (tenant_id, role_id) REFERENCES iam.roles (tenant_id, id);
CREATE INDEX role_assignments_by_group ON iam.role_assignments (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX role_assignments_by_service_account ON iam.role_assignments (service_account_id) WHERE service_account_id IS NOT NULL;
CREATE INDEX role_assignments_by_role ON iam.role_assignments (role_id) WHERE role_id IS NOT NULL;

-- Assignments by who has them in the end: directly, or as a member of a group.
CREATE VIEW iam.effective_assignments WITH (security_invoker = true) AS
  SELECT a.id, a.tenant_id, a.organization_id, a.user_id, a.service_account_id, a.group_id, a.role, a.role_id,
         a.scope_organization_id, a.scope_division_id, a.created_at
    FROM iam.role_assignments a WHERE a.group_id IS NULL
  UNION ALL
  SELECT a.id, a.tenant_id, a.organization_id, m.user_id, NULL::uuid, a.group_id, a.role, a.role_id,
         a.scope_organization_id, a.scope_division_id, greatest(a.created_at, m.created_at)
    FROM iam.role_assignments a JOIN iam.group_members m ON m.group_id = a.group_id;
