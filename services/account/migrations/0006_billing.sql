-- Who pays for the account, the platform's tenant that it is the customer of, and how it is billed.
ALTER TABLE account.accounts
  ADD COLUMN parent_id uuid,
  ADD COLUMN customer_tenant_id uuid,
  ADD COLUMN billing jsonb NOT NULL DEFAULT '{}',
  ADD UNIQUE (tenant_id, id),
  ADD FOREIGN KEY (tenant_id, parent_id) REFERENCES account.accounts (tenant_id, id),
  ADD CHECK (parent_id <> id);
CREATE INDEX accounts_parent ON account.accounts (tenant_id, parent_id) WHERE parent_id IS NOT NULL;
-- One account of a tenant pays for another tenant's use.
CREATE UNIQUE INDEX accounts_customer_tenant ON account.accounts (tenant_id, customer_tenant_id) WHERE customer_tenant_id IS NOT NULL;
