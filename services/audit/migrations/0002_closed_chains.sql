-- The trail of a deleted tenant is closed: its head stays for good, its entries may go.
ALTER TABLE audit.chains ADD COLUMN closed_at timestamptz;

CREATE FUNCTION audit.is_closed(tenant uuid) RETURNS boolean LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM audit.chains WHERE tenant_id = tenant AND closed_at IS NOT NULL);

DROP TRIGGER append_only ON audit.entries;
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON audit.entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

-- A deletion names its tenant and reaches no other one, whatever the transaction could see.
CREATE FUNCTION audit.refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF audit.is_closed(CASE WHEN TG_LEVEL = 'ROW' THEN OLD.tenant_id ELSE plinth.current_tenant() END) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'DELETE of audit.entries is refused: the audit trail is append-only'
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER kept BEFORE DELETE ON audit.entries FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_removal();
CREATE TRIGGER kept_until_closed BEFORE DELETE ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.refuse_removal();

DROP TRIGGER forward_only ON audit.chains;
-- An open chain grows or is closed as it is; a closed one never changes.
CREATE TRIGGER forward_only BEFORE UPDATE ON audit.chains
  FOR EACH ROW WHEN (
    NEW.tenant_id <> OLD.tenant_id
    OR OLD.closed_at IS NOT NULL
    OR (NEW.closed_at IS NULL AND NEW.sequence <= OLD.sequence)
    OR (NEW.closed_at IS NOT NULL AND (NEW.sequence <> OLD.sequence OR NEW.hash <> OLD.hash))
  )
  EXECUTE FUNCTION audit.refuse_change();
