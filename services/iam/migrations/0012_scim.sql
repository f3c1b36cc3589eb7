-- People whom a tenant's directory keeps here (RFC 7643). One that was deleted is remembered, so that the directory
-- can bring the same person back.
CREATE TABLE iam.scim_users (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  -- In lower case.
  user_name text NOT NULL,
  external_id text,
  active boolean NOT NULL,
  -- What the directory says of the person, under the names of the schemas.
  document jsonb NOT NULL,
  -- The directory made the account, and may correct it until its person uses it.
  made_account boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, user_id)
);
CREATE UNIQUE INDEX scim_users_name ON iam.scim_users (tenant_id, user_name) WHERE deleted_at IS NULL;
CREATE INDEX scim_users_by_external_id ON iam.scim_users (tenant_id, external_id) WHERE deleted_at IS NULL;
CREATE INDEX scim_users_inactive ON iam.scim_users (user_id, tenant_id) WHERE NOT active AND deleted_at IS NULL;
CALL plinth.protect_tenant_table('iam.scim_users');
-- Who is inactive counts before the tenant of a caller is chosen.
CALL plinth.open_to_platform('iam.scim_users');

-- Somebody whom the directory made inactive keeps their roles and has none of them until they are active again.
CREATE OR REPLACE VIEW iam.effective_assignments WITH (security_invoker = true) AS
  SELECT h.* FROM (
    SELECT a.id, a.tenant_id, a.organization_id, a.user_id, a.service_account_id, a.group_id, a.role, a.role_id,
           a.scope_organization_id, a.scope_division_id, a.created_at
      FROM iam.role_assignments a WHERE a.group_id IS NULL
    UNION ALL
    SELECT a.id, a.tenant_id, a.organization_id, m.user_id, NULL::uuid, a.group_id, a.role, a.role_id,
           a.scope_organization_id, a.scope_division_id, greatest(a.created_at, m.created_at)
      FROM iam.role_assignments a JOIN iam.group_members m ON m.group_id = a.group_id
  ) h
  WHERE NOT EXISTS (
    SELECT FROM iam.scim_users s
     WHERE s.user_id = h.user_id AND s.tenant_id = h.tenant_id AND NOT s.active AND s.deleted_at IS NULL);
