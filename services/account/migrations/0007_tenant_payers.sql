-- Which account of which tenant pays for a tenant's use. It repeats what the accounts say, because this is all that work
-- across tenants may see of them, and because a second policy on the accounts would slow every list of them down.
CREATE TABLE account.tenant_payers (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  customer_tenant_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, account_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account.accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX tenant_payers_customer ON account.tenant_payers (customer_tenant_id, account_id);

-- A migrating role that may not pass row-level security would see no accounts.
ALTER TABLE account.accounts NO FORCE ROW LEVEL SECURITY;
INSERT INTO account.tenant_payers (tenant_id, account_id, customer_tenant_id)
  SELECT tenant_id, id, customer_tenant_id FROM account.accounts WHERE customer_tenant_id IS NOT NULL;
ALTER TABLE account.accounts FORCE ROW LEVEL SECURITY;

CALL plinth.protect_tenant_table('account.tenant_payers');
CALL plinth.open_to_platform('account.tenant_payers');

CREATE FUNCTION account.keep_tenant_payer() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF NEW.customer_tenant_id IS NULL THEN
    DELETE FROM account.tenant_payers WHERE tenant_id = NEW.tenant_id AND account_id = NEW.id;
  ELSE
    INSERT INTO account.tenant_payers (tenant_id, account_id, customer_tenant_id)
      VALUES (NEW.tenant_id, NEW.id, NEW.customer_tenant_id)
      ON CONFLICT (tenant_id, account_id) DO UPDATE SET customer_tenant_id = excluded.customer_tenant_id;
  END IF;
  RETURN NULL;
END $$;
-- Accounts that pay for nobody cost nothing.
CREATE TRIGGER new_tenant_payer AFTER INSERT ON account.accounts FOR EACH ROW
  WHEN (NEW.customer_tenant_id IS NOT NULL) EXECUTE FUNCTION account.keep_tenant_payer();
CREATE TRIGGER changed_tenant_payer AFTER UPDATE OF customer_tenant_id ON account.accounts FOR EACH ROW
  WHEN (NEW.customer_tenant_id IS DISTINCT FROM OLD.customer_tenant_id) EXECUTE FUNCTION account.keep_tenant_payer();
