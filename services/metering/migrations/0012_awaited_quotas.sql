-- Accounts whose plans grant quotas of meters that do not exist: those quotas are set when the meters do.
CREATE TABLE metering.awaited_quotas (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  -- All quotas that the account's plans grant.
  grants jsonb NOT NULL,
  -- Keys of the meters that are missing.
  meters text[] NOT NULL,
  PRIMARY KEY (tenant_id, account_id)
);
CALL plinth.protect_tenant_table('metering.awaited_quotas');
CALL plinth.open_to_platform('metering.awaited_quotas');
