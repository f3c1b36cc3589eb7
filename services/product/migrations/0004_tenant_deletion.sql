-- What is published never changes, and goes with its tenant only: the deletion of a tenant names it.
CREATE OR REPLACE FUNCTION product.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a published plan version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
