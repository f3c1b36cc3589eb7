-- How the members of a tenant must sign in.
CREATE TABLE iam.sign_in_policies (
  tenant_id uuid PRIMARY KEY,
  second_factor_required boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('iam.sign_in_policies');
-- A sign-in is looked at before its tenant is chosen.
CALL plinth.open_to_platform('iam.sign_in_policies');
