-- Plan versions as they were sold. A published version never changes, so one copy serves all its subscriptions.
CREATE TABLE subscription.plan_versions (
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  version integer NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  currency text NOT NULL,
  period_unit text NOT NULL CHECK (period_unit IN ('day', 'week', 'month', 'year')),
  period_count integer NOT NULL CHECK (period_count > 0),
  prices jsonb NOT NULL,
  PRIMARY KEY (tenant_id, plan_id, version)
);
CALL plinth.protect_tenant_table('subscription.plan_versions');

CREATE TABLE subscription.subscriptions (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  -- The start; every period boundary is counted from it.
  anchor date NOT NULL,
  period_unit text NOT NULL CHECK (period_unit IN ('day', 'week', 'month', 'year')),
  period_count integer NOT NULL CHECK (period_count > 0),
  status text NOT NULL CHECK (status IN ('active', 'canceled')),
  -- First date that is no longer subscribed, and the instant at which it begins.
  ends_on date,
  ends_at timestamptz,
  -- The k-th billing closes period k - 1 and charges period k in advance.
  bill_next_index integer NOT NULL DEFAULT 0,
  bill_next_at timestamptz,
  -- Whether what was charged in advance must be compared with the phases at the next billing.
  changed_since_billing boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK ((ends_on IS NULL) = (ends_at IS NULL) AND (ends_on IS NULL) = (status = 'active'))
);
CALL plinth.protect_tenant_table('subscription.subscriptions');
CREATE INDEX subscriptions_due ON subscription.subscriptions (tenant_id, bill_next_at, id) WHERE bill_next_at IS NOT NULL;
CREATE INDEX subscriptions_newest ON subscription.subscriptions (tenant_id, id);
CREATE INDEX subscriptions_account ON subscription.subscriptions (tenant_id, account_id, id);

-- Which plan version applied from when to when, in dates of the subscription's zone.
CREATE TABLE subscription.phases (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL REFERENCES subscription.subscriptions,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  quantity integer NOT NULL CHECK (quantity >= 0),
  from_date date NOT NULL,
  to_date date CHECK (to_date >= from_date),
  UNIQUE (subscription_id, from_date),
  FOREIGN KEY (tenant_id, plan_id, plan_version) REFERENCES subscription.plan_versions
);
CALL plinth.protect_tenant_table('subscription.phases');
