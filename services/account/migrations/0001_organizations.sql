-- A customer organization. Its tenant's id is chosen here, before the tenant service hears of it.
CREATE TABLE account.organizations (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL UNIQUE,
  name text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('account.organizations');

-- Which people belong to which organization. What they may do there is in iam.
CREATE TABLE account.memberships (
  organization_id uuid NOT NULL REFERENCES account.organizations (id),
  user_id text NOT NULL,
  tenant_id uuid NOT NULL,
  is_owner boolean NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX memberships_by_user ON account.memberships (user_id);
CALL plinth.protect_tenant_table('account.memberships');

-- A person's organizations are asked for across tenants.
CALL plinth.open_to_platform('account.organizations');
CALL plinth.open_to_platform('account.memberships');
