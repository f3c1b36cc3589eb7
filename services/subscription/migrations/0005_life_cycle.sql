-- Rows that are there already are changed by the owner, whatever tenant they are of.
ALTER TABLE subscription.plan_versions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.subscriptions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.phases NO FORCE ROW LEVEL SECURITY;

-- One copy of a plan version for each currency it was sold in. The terms are what a version says beside its prices:
-- kind, family, phases, proration, spend limits, entitlements. Null: a version of before, which had none of them.
ALTER TABLE subscription.plan_versions ADD COLUMN terms jsonb;
ALTER TABLE subscription.phases
  DROP CONSTRAINT phases_tenant_id_plan_id_plan_version_fkey,
  DROP CONSTRAINT phases_subscription_id_from_date_key;
ALTER TABLE subscription.plan_versions DROP CONSTRAINT plan_versions_pkey;
ALTER TABLE subscription.plan_versions ADD PRIMARY KEY (tenant_id, plan_id, version, currency);

-- A subscription may begin before or after the date that its periods are counted from: a trial, an asked-for billing day.
ALTER TABLE subscription.subscriptions
  ADD COLUMN starts_on date,
  ADD COLUMN proration_basis text NOT NULL DEFAULT 'day' CHECK (proration_basis IN ('day', 'second')),
  -- Whether the plan's trial was left out, because the account had one before.
  ADD COLUMN trial_skipped boolean NOT NULL DEFAULT false,
  -- Amount and length of the term in which it must be spent.
  ADD COLUMN commitment jsonb;
UPDATE subscription.subscriptions SET starts_on = anchor;
ALTER TABLE subscription.subscriptions ALTER COLUMN starts_on SET NOT NULL;
CREATE INDEX subscriptions_open_end ON subscription.subscriptions (tenant_id, id) WHERE ends_on IS NULL;

ALTER TABLE subscription.phases
  -- 'base', or the add-on's own id.
  ADD COLUMN track text NOT NULL DEFAULT 'base',
  ADD COLUMN currency text,
  -- The phase of the plan.
  ADD COLUMN phase_key text NOT NULL DEFAULT 'evergreen',
  ADD COLUMN phase_kind text NOT NULL DEFAULT 'evergreen' CHECK (phase_kind IN ('trial', 'intro', 'evergreen')),
  ADD COLUMN paused boolean NOT NULL DEFAULT false,
  -- The instants, where they are not the local midnights of the dates.
  ADD COLUMN from_at timestamptz,
  ADD COLUMN to_at timestamptz;
UPDATE subscription.phases p SET currency = s.currency FROM subscription.subscriptions s WHERE s.id = p.subscription_id;
ALTER TABLE subscription.phases
  ALTER COLUMN currency SET NOT NULL,
  ADD UNIQUE NULLS NOT DISTINCT (subscription_id, track, from_date, from_at),
  ADD FOREIGN KEY (tenant_id, plan_id, plan_version, currency) REFERENCES subscription.plan_versions;
CREATE INDEX phases_plan ON subscription.phases (tenant_id, plan_id, plan_version);
ALTER TABLE subscription.phases FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.subscriptions FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.plan_versions FORCE ROW LEVEL SECURITY;

-- Which subscription had an account's only trial of a plan family, or of a plan without one.
CREATE TABLE subscription.trials (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  subject text NOT NULL,
  subscription_id uuid NOT NULL,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, account_id, subject)
);
CALL plinth.protect_tenant_table('subscription.trials');

-- Lines without a price of their own have a stable key too: minimum and maximum spend, commitments.
CREATE UNIQUE INDEX invoice_lines_limit_key ON subscription.invoice_lines (subscription_id, period_index, phase_id, price_key, kind, sequence)
  WHERE price_id IS NULL AND subscription_id IS NOT NULL;
