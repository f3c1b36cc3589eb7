CREATE TABLE product.plan_families (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  upgrade text NOT NULL CHECK (upgrade IN ('now', 'period_end')),
  downgrade text NOT NULL CHECK (downgrade IN ('now', 'period_end')),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, key),
  UNIQUE (tenant_id, id)
);
CALL plinth.protect_tenant_table('product.plan_families');

ALTER TABLE product.plans
  ADD COLUMN kind text NOT NULL DEFAULT 'plan' CHECK (kind IN ('plan', 'add_on')),
  ADD COLUMN family_id uuid,
  ADD COLUMN family_rank integer,
  ADD COLUMN changes_to text[],
  ADD CHECK ((family_id IS NULL) = (family_rank IS NULL)),
  ADD CHECK (family_id IS NOT NULL OR changes_to IS NULL),
  ADD FOREIGN KEY (tenant_id, family_id) REFERENCES product.plan_families (tenant_id, id);
CREATE INDEX ON product.plans (family_id) WHERE family_id IS NOT NULL;

-- Versions that were published before read as what the defaults say; no row of theirs changes.
ALTER TABLE product.plan_versions
  ADD COLUMN add_on_to text[],
  ADD COLUMN currencies text[] NOT NULL DEFAULT '{}',
  ADD COLUMN phases jsonb NOT NULL DEFAULT '[{"key": "evergreen", "kind": "evergreen", "length": null}]',
  ADD COLUMN proration_basis text NOT NULL DEFAULT 'day' CHECK (proration_basis IN ('day', 'second')),
  ADD COLUMN tax_inclusive boolean NOT NULL DEFAULT false,
  ADD COLUMN minimum_spend text,
  ADD COLUMN minimum_spends jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN maximum_spend text,
  ADD COLUMN maximum_spends jsonb NOT NULL DEFAULT '{}';

ALTER TABLE product.prices
  ADD COLUMN models jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN tax_category text NOT NULL DEFAULT 'standard',
  ADD COLUMN phases text[];

-- Of metered features; absent in older rows, which read as a hard quota of the billing period.
ALTER TABLE product.entitlements
  ADD COLUMN reset text CHECK (reset IN ('period', 'day', 'month', 'year', 'never')),
  ADD COLUMN roll_over text,
  ADD COLUMN overage text CHECK (overage IN ('allow', 'deny')),
  ADD COLUMN alerts_at integer[] NOT NULL DEFAULT '{}';

CREATE TABLE product.coupons (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  code text NOT NULL CHECK (code = upper(code)),
  name text NOT NULL,
  discount jsonb NOT NULL,
  periods integer CHECK (periods > 0),
  plans text[],
  prices text[],
  redeemable_until timestamptz,
  maximum_redemptions integer CHECK (maximum_redemptions > 0),
  once_per_account boolean NOT NULL,
  archived boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, code)
);
CALL plinth.protect_tenant_table('product.coupons');
