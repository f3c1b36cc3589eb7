-- What each account's subscriptions grant at present, as it was last told to other services, and when it changes by
-- itself: where a phase begins or ends.
CREATE TABLE subscription.account_entitlements (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  entitlements jsonb NOT NULL,
  -- A day on which a period began, and its length, by which allowances are counted; of the oldest subscription.
  anchor date,
  period jsonb,
  changes_at timestamptz,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, account_id)
);
CALL plinth.protect_tenant_table('subscription.account_entitlements');
CALL plinth.open_to_platform('subscription.account_entitlements');
CREATE INDEX account_entitlements_due ON subscription.account_entitlements (changes_at) WHERE changes_at IS NOT NULL;
