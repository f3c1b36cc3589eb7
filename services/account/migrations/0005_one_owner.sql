-- An organization has one owner at a time.
CREATE UNIQUE INDEX memberships_one_owner ON account.memberships (organization_id) WHERE is_owner;
