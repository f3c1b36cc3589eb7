-- Days whose usage changed after the day was over, as metering told them: they are looked at when the next invoice of
-- the account's subscriptions is made.
CREATE TABLE subscription.late_usage (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter text NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, account_id, meter, from_at)
);
CALL plinth.protect_tenant_table('subscription.late_usage');

-- How far metering's list was read.
CREATE TABLE subscription.late_usage_positions (
  tenant_id uuid PRIMARY KEY,
  sequence bigint NOT NULL
);
CALL plinth.protect_tenant_table('subscription.late_usage_positions');

-- Amounts of usage at which a running period is billed before its end.
CREATE TABLE subscription.billing_thresholds (
  subscription_id uuid PRIMARY KEY REFERENCES subscription.subscriptions,
  tenant_id uuid NOT NULL,
  -- Major units of the subscription's currency.
  amount numeric NOT NULL CHECK (amount > 0),
  updated_at timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('subscription.billing_thresholds');
