-- What the plan of the tenant that is its customer allows; what the operator says goes before it.
ALTER TABLE tenant.tenants ADD COLUMN plan_limits jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(plan_limits) = 'object');
