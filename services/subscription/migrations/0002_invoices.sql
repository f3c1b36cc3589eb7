CREATE TABLE subscription.invoices (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  -- Allotted when the invoice is finalized, without gaps in the tenant.
  number bigint,
  account_id uuid NOT NULL,
  -- No foreign keys on what the invoice run writes: they would check row by row. A subscription is never deleted.
  subscription_id uuid NOT NULL,
  billing_index integer NOT NULL,
  billed_at timestamptz NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'finalized', 'paid', 'void')),
  total_minor numeric(60, 0) NOT NULL,
  line_count integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  finalized_at timestamptz,
  paid_at timestamptz,
  voided_at timestamptz,
  -- Running twice changes nothing: one invoice for each billing of a subscription.
  UNIQUE (subscription_id, billing_index),
  UNIQUE (tenant_id, number),
  CHECK ((number IS NULL) = (finalized_at IS NULL)),
  CHECK (number IS NOT NULL OR status IN ('draft', 'void'))
);
CALL plinth.protect_tenant_table('subscription.invoices');
CREATE INDEX invoices_newest ON subscription.invoices (tenant_id, billed_at, id);
CREATE INDEX invoices_largest ON subscription.invoices (tenant_id, total_minor, id);
CREATE INDEX invoices_account ON subscription.invoices (tenant_id, account_id, billed_at, id);

CREATE TABLE subscription.invoice_lines (
  tenant_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('recurring', 'usage', 'adjustment')),
  subscription_id uuid NOT NULL,
  period_index integer NOT NULL,
  phase_id uuid NOT NULL,
  price_id uuid NOT NULL,
  price_key text NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  meter text,
  description text NOT NULL,
  quantity_raw numeric NOT NULL,
  quantity_billed numeric NOT NULL,
  detail jsonb NOT NULL,
  -- Major units before rounding, and what the line adds to the total.
  amount_precise numeric NOT NULL,
  amount_minor numeric(60, 0) NOT NULL,
  period_start timestamptz NOT NULL,
  period_end timestamptz NOT NULL,
  PRIMARY KEY (invoice_id, position),
  -- The stable key of a line: subscription, period, phase (with its plan version), item, kind.
  UNIQUE (subscription_id, period_index, phase_id, price_id, kind)
);
CALL plinth.protect_tenant_table('subscription.invoice_lines');

-- The last number given. Its row is locked until the commit, so a rollback leaves no gap.
CREATE TABLE subscription.invoice_numbers (
  tenant_id uuid PRIMARY KEY,
  last_number bigint NOT NULL
);
CALL plinth.protect_tenant_table('subscription.invoice_numbers');

CREATE FUNCTION subscription.keep_final_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changing CONSTANT text[] := '{status,version,updated_at,paid_at,voided_at}';
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'invoice % is final and stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing
    OR (NEW.status <> OLD.status AND (OLD.status <> 'finalized' OR NEW.status NOT IN ('paid', 'void'))) THEN
    RAISE EXCEPTION 'invoice % is final and cannot change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_final_invoice BEFORE UPDATE OR DELETE ON subscription.invoices
  FOR EACH ROW WHEN (OLD.status <> 'draft') EXECUTE FUNCTION subscription.keep_final_invoice();

CREATE FUNCTION subscription.keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM subscription.invoices WHERE id = OLD.invoice_id AND status <> 'draft') THEN
    RAISE EXCEPTION 'lines of invoice % cannot change', OLD.invoice_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER keep_lines BEFORE UPDATE OR DELETE ON subscription.invoice_lines
  FOR EACH ROW EXECUTE FUNCTION subscription.keep_lines();

-- A line belongs to an invoice, and a final invoice takes lines only in the transaction that wrote it.
CREATE FUNCTION subscription.check_new_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT invoice_id FROM inserted) line LEFT JOIN subscription.invoices i ON i.id = line.invoice_id
    WHERE i.id IS NULL OR (i.status <> 'draft' AND i.xmin <> pg_current_xact_id()::xid)
  ) THEN
    RAISE EXCEPTION 'lines need an invoice that is not final' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_new_lines AFTER INSERT ON subscription.invoice_lines
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION subscription.check_new_lines();
