ALTER TABLE product.features ADD UNIQUE (tenant_id, id);
-- A row of a version names the tenant of that version, also where row-level security does not look: in foreign keys.
ALTER TABLE product.plan_versions ADD UNIQUE (tenant_id, plan_id, plan_version);
ALTER TABLE product.prices ADD FOREIGN KEY (tenant_id, plan_id, plan_version)
  REFERENCES product.plan_versions (tenant_id, plan_id, plan_version);

-- What a plan version grants: true or false of a boolean feature, a decimal as text of the others.
CREATE TABLE product.entitlements (
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  position integer NOT NULL,
  feature_id uuid NOT NULL,
  value jsonb NOT NULL CHECK (jsonb_typeof(value) IN ('boolean', 'string')),
  PRIMARY KEY (plan_id, plan_version, feature_id),
  FOREIGN KEY (tenant_id, plan_id, plan_version) REFERENCES product.plan_versions (tenant_id, plan_id, plan_version),
  FOREIGN KEY (tenant_id, feature_id) REFERENCES product.features (tenant_id, id)
);
CALL plinth.protect_tenant_table('product.entitlements');
CREATE TRIGGER entitlements_are_final BEFORE UPDATE OR DELETE ON product.entitlements FOR EACH ROW EXECUTE FUNCTION product.refuse_change();
