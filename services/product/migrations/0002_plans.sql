CREATE TABLE product.plans (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  product_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  archived boolean NOT NULL DEFAULT false,
  newest_version integer NOT NULL DEFAULT 1,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, key),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES product.products (tenant_id, id)
);
CALL plinth.protect_tenant_table('product.plans');

-- What was sold under: never changed, never removed.
CREATE TABLE product.plan_versions (
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  currency text NOT NULL,
  period jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (plan_id, plan_version),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES product.plans (tenant_id, id)
);
CALL plinth.protect_tenant_table('product.plan_versions');

CREATE TABLE product.prices (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  position integer NOT NULL,
  key text NOT NULL,
  description text NOT NULL,
  model jsonb NOT NULL,
  UNIQUE (plan_id, plan_version, key),
  FOREIGN KEY (plan_id, plan_version) REFERENCES product.plan_versions (plan_id, plan_version)
);
CALL plinth.protect_tenant_table('product.prices');

CREATE FUNCTION product.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published plan version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER plan_versions_are_final BEFORE UPDATE OR DELETE ON product.plan_versions FOR EACH ROW EXECUTE FUNCTION product.refuse_change();
CREATE TRIGGER prices_are_final BEFORE UPDATE OR DELETE ON product.prices FOR EACH ROW EXECUTE FUNCTION product.refuse_change();
