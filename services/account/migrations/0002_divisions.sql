-- The tree below an organization; parent_id NULL: directly below it.
CREATE TABLE account.divisions (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  organization_id uuid NOT NULL REFERENCES account.organizations (id),
  parent_id uuid,
  name text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT divisions_in_tenant UNIQUE (tenant_id, id),
  -- With the tenant, because foreign keys look past row-level security.
  CONSTRAINT divisions_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES account.divisions (tenant_id, id),
  CONSTRAINT divisions_not_own_parent CHECK (parent_id <> id)
);
CREATE INDEX divisions_by_parent ON account.divisions (tenant_id, parent_id, id);
CALL plinth.protect_tenant_table('account.divisions');
