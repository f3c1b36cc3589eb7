-- How much of what the operator allows the tenant; a name that is absent is not limited.
ALTER TABLE tenant.tenants
  ADD COLUMN limits jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(limits) = 'object'),
  -- When a closing tenant is deleted.
  ADD COLUMN deletes_at timestamptz;
