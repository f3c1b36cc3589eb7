-- How much of a meter an account may use in a window; account_id NULL: each account that has no quota of its own.
CREATE TABLE metering.quotas (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid,
  meter_id uuid NOT NULL REFERENCES metering.meters (id),
  -- What the plan calls it; only of quotas that come from a plan.
  feature text,
  quota_limit numeric NOT NULL CHECK (quota_limit >= 0),
  reset text NOT NULL CHECK (reset IN ('period', 'day', 'month', 'year', 'never')),
  anchor date,
  period_unit text CHECK (period_unit IN ('day', 'week', 'month', 'year')),
  period_count integer CHECK (period_count > 0),
  -- Most that is carried into the next window.
  roll_over numeric CHECK (roll_over IS NULL OR (roll_over > 0 AND reset <> 'never')),
  overage text NOT NULL CHECK (overage IN ('allow', 'deny')),
  alerts_at integer[] NOT NULL,
  source text NOT NULL CHECK (source IN ('manual', 'entitlement')),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  CHECK ((reset = 'period') = (anchor IS NOT NULL AND period_unit IS NOT NULL AND period_count IS NOT NULL)),
  CHECK (source = 'manual' OR (account_id IS NOT NULL AND feature IS NOT NULL))
);
CALL plinth.protect_tenant_table('metering.quotas');
CREATE INDEX quotas_by_meter ON metering.quotas (tenant_id, meter_id, account_id);
CREATE UNIQUE INDEX quotas_entitlement ON metering.quotas (tenant_id, account_id, feature) WHERE source = 'entitlement';

-- Accounts and meters with quotas whose usage grew since they were last looked at. Written with the usage.
CREATE TABLE metering.quota_touches (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  -- Grows with each touch: whoever looks deletes the row only if nothing came meanwhile.
  touches bigint NOT NULL DEFAULT 1,
  due_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, account_id, meter_id)
);
CALL plinth.protect_tenant_table('metering.quota_touches');
CALL plinth.open_to_platform('metering.quota_touches');
CREATE INDEX quota_touches_due ON metering.quota_touches (due_at);

-- What was rolled over into a window, of quotas that roll over.
CREATE TABLE metering.quota_windows (
  tenant_id uuid NOT NULL,
  quota_id uuid NOT NULL,
  account_id uuid NOT NULL,
  window_start timestamptz NOT NULL,
  carried numeric NOT NULL,
  quota_limit numeric NOT NULL,
  PRIMARY KEY (tenant_id, quota_id, account_id, window_start),
  FOREIGN KEY (tenant_id, quota_id) REFERENCES metering.quotas (tenant_id, id) ON DELETE CASCADE
);
CALL plinth.protect_tenant_table('metering.quota_windows');

-- Alerts that fired: each percentage once in a window.
CREATE TABLE metering.quota_alerts (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  quota_id uuid NOT NULL,
  account_id uuid NOT NULL,
  -- Percent; NULL: the limit of a quota that denies overage is used up.
  threshold integer,
  window_start timestamptz NOT NULL,
  window_end timestamptz,
  used numeric NOT NULL,
  quota_limit numeric NOT NULL,
  percent numeric NOT NULL,
  fired_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (tenant_id, quota_id, account_id, window_start, threshold),
  FOREIGN KEY (tenant_id, quota_id) REFERENCES metering.quotas (tenant_id, id) ON DELETE CASCADE
);
CALL plinth.protect_tenant_table('metering.quota_alerts');
