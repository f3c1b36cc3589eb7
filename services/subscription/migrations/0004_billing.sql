-- Who issues invoices. The default one has the tenant's id and is there from the start, even without a row here.
CREATE TABLE subscription.legal_entities (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  -- Address, tax number, register, bank account, texts.
  details jsonb NOT NULL,
  invoice_prefix text NOT NULL,
  credit_note_prefix text NOT NULL,
  -- Tax is rounded on each line, or once for each rate from the precise sum.
  tax_rounding text NOT NULL CHECK (tax_rounding IN ('line', 'total')),
  tax_provider text NOT NULL,
  payment_term_days integer NOT NULL CHECK (payment_term_days >= 0),
  -- How long drafts wait to be looked at before they are finalized by themselves.
  review_hours integer NOT NULL CHECK (review_hours >= 0),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, key)
);
CALL plinth.protect_tenant_table('subscription.legal_entities');

-- Rows that are there already are changed by the owner, whatever tenant they are of, and final ones this once.
ALTER TABLE subscription.invoice_numbers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.invoices NO FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.invoices DISABLE TRIGGER keep_final_invoice;

-- Numbers are gapless in each series of a legal entity.
ALTER TABLE subscription.invoice_numbers ADD COLUMN legal_entity_id uuid;
ALTER TABLE subscription.invoice_numbers ADD COLUMN series text NOT NULL DEFAULT 'invoice' CHECK (series IN ('invoice', 'credit_note'));
UPDATE subscription.invoice_numbers SET legal_entity_id = tenant_id;
ALTER TABLE subscription.invoice_numbers ALTER COLUMN series DROP DEFAULT;
ALTER TABLE subscription.invoice_numbers DROP CONSTRAINT invoice_numbers_pkey;
ALTER TABLE subscription.invoice_numbers ADD PRIMARY KEY (tenant_id, legal_entity_id, series);

-- An invoice is of the account that pays; its lines may be of several subscriptions and accounts.
ALTER TABLE subscription.invoices ADD COLUMN legal_entity_id uuid;
UPDATE subscription.invoices SET legal_entity_id = tenant_id;
ALTER TABLE subscription.invoices
  ALTER COLUMN legal_entity_id SET NOT NULL,
  ALTER COLUMN subscription_id DROP NOT NULL,
  DROP COLUMN billing_index,
  -- What it is for: a period, usage that passed a threshold, or something charged once.
  ADD COLUMN reason text NOT NULL DEFAULT 'period' CHECK (reason IN ('period', 'threshold', 'one_off')),
  ADD COLUMN customer jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN subtotal_minor numeric(60, 0) NOT NULL DEFAULT 0,
  ADD COLUMN discount_minor numeric(60, 0) NOT NULL DEFAULT 0,
  ADD COLUMN tax_minor numeric(60, 0) NOT NULL DEFAULT 0,
  ADD COLUMN taxes jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN due_on date,
  ADD COLUMN review_until timestamptz,
  -- What has settled it so far.
  ADD COLUMN credits_minor numeric(60, 0) NOT NULL DEFAULT 0,
  ADD COLUMN paid_minor numeric(60, 0) NOT NULL DEFAULT 0,
  ADD COLUMN credited_minor numeric(60, 0) NOT NULL DEFAULT 0,
  ADD COLUMN written_off_minor numeric(60, 0) NOT NULL DEFAULT 0,
  ADD COLUMN due_minor numeric(60, 0) NOT NULL GENERATED ALWAYS AS (total_minor - credits_minor - paid_minor - credited_minor - written_off_minor) STORED,
  DROP CONSTRAINT invoices_status_check,
  ADD CHECK (status IN ('draft', 'finalized', 'past_due', 'paid', 'void', 'written_off')),
  DROP CONSTRAINT invoices_tenant_id_number_key,
  ADD UNIQUE (tenant_id, legal_entity_id, number);
UPDATE subscription.invoices SET subtotal_minor = total_minor, paid_minor = CASE WHEN status = 'paid' THEN total_minor ELSE 0 END;
ALTER TABLE subscription.invoices ENABLE TRIGGER keep_final_invoice;
ALTER TABLE subscription.invoices FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.invoice_numbers FORCE ROW LEVEL SECURITY;
CREATE INDEX invoices_subscription ON subscription.invoices (tenant_id, subscription_id, billed_at, id) WHERE subscription_id IS NOT NULL;
CREATE INDEX invoices_open ON subscription.invoices (tenant_id, due_on, id) WHERE status IN ('finalized', 'past_due');

CREATE OR REPLACE FUNCTION subscription.keep_final_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- Everything else stays as it is for good.
  changing CONSTANT text[] := '{status,version,updated_at,paid_at,voided_at,credits_minor,paid_minor,credited_minor,written_off_minor,due_minor}';
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'invoice % is final and stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing OR NEW.status = 'draft' OR (NEW.status <> OLD.status AND OLD.status = 'void') THEN
    RAISE EXCEPTION 'invoice % is final and cannot change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE subscription.invoice_lines NO FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.invoice_lines DISABLE TRIGGER keep_lines;
ALTER TABLE subscription.invoice_lines
  ALTER COLUMN subscription_id DROP NOT NULL,
  ALTER COLUMN period_index DROP NOT NULL,
  ALTER COLUMN phase_id DROP NOT NULL,
  ALTER COLUMN price_id DROP NOT NULL,
  ALTER COLUMN price_key DROP NOT NULL,
  ALTER COLUMN plan_id DROP NOT NULL,
  ALTER COLUMN plan_version DROP NOT NULL,
  ADD COLUMN account_id uuid,
  -- Further lines of one key: usage that was billed before the period's end or came after it.
  ADD COLUMN sequence integer NOT NULL DEFAULT 0,
  ADD COLUMN discount_minor numeric(60, 0) NOT NULL DEFAULT 0,
  ADD COLUMN discounts jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN tax_category text NOT NULL DEFAULT 'standard',
  ADD COLUMN tax_percent numeric,
  ADD COLUMN tax_minor numeric(60, 0) NOT NULL DEFAULT 0,
  DROP CONSTRAINT invoice_lines_kind_check,
  ADD CHECK (kind IN ('recurring', 'usage', 'adjustment', 'minimum', 'maximum', 'one_off')),
  DROP CONSTRAINT invoice_lines_subscription_id_period_index_phase_id_price_i_key,
  ADD CONSTRAINT invoice_lines_key UNIQUE (subscription_id, period_index, phase_id, price_id, kind, sequence);

-- Reads the invoices' rows as their owner too.
ALTER TABLE subscription.invoices NO FORCE ROW LEVEL SECURITY;
UPDATE subscription.invoice_lines l SET account_id = i.account_id FROM subscription.invoices i WHERE i.id = l.invoice_id;
ALTER TABLE subscription.invoices FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.invoice_lines ALTER COLUMN account_id SET NOT NULL;
ALTER TABLE subscription.invoice_lines ENABLE TRIGGER keep_lines;
ALTER TABLE subscription.invoice_lines FORCE ROW LEVEL SECURITY;

-- The ledger: every change of what is owed, append-only. Each posting adds up to zero; debits are positive.
CREATE TABLE subscription.ledger_entries (
  posting_id uuid NOT NULL,
  position smallint NOT NULL,
  tenant_id uuid NOT NULL,
  posted_at timestamptz NOT NULL,
  legal_entity_id uuid NOT NULL,
  account_id uuid NOT NULL,
  ledger_account text NOT NULL CHECK (ledger_account IN ('receivable', 'revenue', 'tax', 'cash', 'credits', 'write_offs', 'promotions')),
  currency text NOT NULL,
  amount_minor numeric(60, 0) NOT NULL,
  source_type text NOT NULL,
  source_id uuid NOT NULL,
  PRIMARY KEY (posting_id, position)
);
CALL plinth.protect_tenant_table('subscription.ledger_entries');
CREATE INDEX ledger_entries_account ON subscription.ledger_entries (tenant_id, account_id, posted_at);

CREATE FUNCTION subscription.keep_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_ledger BEFORE UPDATE OR DELETE ON subscription.ledger_entries FOR EACH ROW EXECUTE FUNCTION subscription.keep_ledger();

CREATE FUNCTION subscription.check_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM inserted GROUP BY posting_id, currency HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION 'a posting must add up to zero' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_postings AFTER INSERT ON subscription.ledger_entries
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION subscription.check_postings();
