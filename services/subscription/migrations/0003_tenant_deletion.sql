-- A final invoice never changes, and goes with its tenant only: the deletion of a tenant names it, and leaves those
-- that the law wants to be kept.
CREATE OR REPLACE FUNCTION subscription.keep_final_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- Everything else stays as it is for good.
  changing CONSTANT text[] := '{status,version,updated_at,paid_at,voided_at}';
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'invoice % is final and stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing
    OR (NEW.status <> OLD.status AND (OLD.status <> 'finalized' OR NEW.status NOT IN ('paid', 'void'))) THEN
    RAISE EXCEPTION 'invoice % is final and cannot change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION subscription.keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM subscription.invoices WHERE id = OLD.invoice_id AND status <> 'draft') THEN
    RAISE EXCEPTION 'lines of invoice % cannot change', OLD.invoice_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;

-- Tenants that are deleted and have invoices that are still kept.
CREATE TABLE subscription.kept_tenants (
  tenant_id uuid PRIMARY KEY,
  since timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('subscription.kept_tenants');
-- The daily removal looks for them across tenants.
CALL plinth.open_to_platform('subscription.kept_tenants');
