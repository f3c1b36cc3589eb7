-- A legal entity as it was when an invoice was issued; version 0 is the default one before anything was said of it.
CREATE TABLE subscription.legal_entity_versions (
  legal_entity_id uuid NOT NULL,
  version integer NOT NULL,
  tenant_id uuid NOT NULL,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (legal_entity_id, version)
);
CALL plinth.protect_tenant_table('subscription.legal_entity_versions');

ALTER TABLE subscription.invoices
  ADD COLUMN number_prefix text NOT NULL DEFAULT 'INV-',
  ADD COLUMN legal_entity_version integer NOT NULL DEFAULT 0,
  -- How far a draft is worked out: discounts and tax are missing, tax is missing, all is there.
  ADD COLUMN calculation text NOT NULL DEFAULT 'done' CHECK (calculation IN ('pending', 'untaxed', 'done')),
  -- Billings with the same key go on one draft.
  ADD COLUMN group_key text,
  ADD CHECK (calculation = 'done' OR status IN ('draft', 'void'));
CREATE UNIQUE INDEX invoices_group ON subscription.invoices (tenant_id, group_key) WHERE group_key IS NOT NULL AND status = 'draft';
CREATE INDEX invoices_review ON subscription.invoices (tenant_id, review_until, id) WHERE status = 'draft' AND review_until IS NOT NULL;
CREATE INDEX invoices_uncalculated ON subscription.invoices (tenant_id, id) WHERE status = 'draft' AND calculation <> 'done';

ALTER TABLE subscription.invoice_lines ADD COLUMN tax_inclusive boolean NOT NULL DEFAULT false;

-- Lines of a draft may change until it is final.
CREATE OR REPLACE FUNCTION subscription.keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  IF EXISTS (SELECT FROM subscription.invoices WHERE id = OLD.invoice_id AND status <> 'draft')
    OR (TG_OP = 'UPDATE' AND NEW.invoice_id <> OLD.invoice_id) THEN
    RAISE EXCEPTION 'lines of invoice % cannot change', OLD.invoice_id USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    RETURN NEW;
  END IF;
  RETURN OLD;
END $$;

CREATE TABLE subscription.tax_rates (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid NOT NULL,
  category text NOT NULL,
  country text NOT NULL,
  -- Empty: the whole country.
  region text NOT NULL,
  percent numeric NOT NULL CHECK (percent >= 0 AND percent <= 100),
  label text NOT NULL,
  valid_from date NOT NULL,
  -- The first date on which it no longer applies.
  valid_to date CHECK (valid_to > valid_from),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, legal_entity_id, category, country, region, valid_from)
);
CALL plinth.protect_tenant_table('subscription.tax_rates');

-- Coupons as they were redeemed, for one subscription or for all that an account pays.
CREATE TABLE subscription.coupon_redemptions (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  coupon_id uuid NOT NULL,
  coupon jsonb NOT NULL,
  account_id uuid NOT NULL,
  subscription_id uuid,
  once_per_account boolean NOT NULL,
  redeemed_at timestamptz NOT NULL,
  removed_at timestamptz
);
CALL plinth.protect_tenant_table('subscription.coupon_redemptions');
CREATE UNIQUE INDEX coupon_redemptions_once ON subscription.coupon_redemptions (tenant_id, coupon_id, account_id) WHERE once_per_account;
CREATE INDEX coupon_redemptions_subscription ON subscription.coupon_redemptions (tenant_id, subscription_id) WHERE removed_at IS NULL;
CREATE INDEX coupon_redemptions_account ON subscription.coupon_redemptions (tenant_id, account_id) WHERE removed_at IS NULL;

CREATE TABLE subscription.coupon_counters (
  tenant_id uuid NOT NULL,
  coupon_id uuid NOT NULL,
  redemptions integer NOT NULL,
  PRIMARY KEY (tenant_id, coupon_id)
);
CALL plinth.protect_tenant_table('subscription.coupon_counters');

-- The invoices that a redeemed coupon lowers, each counted once.
CREATE TABLE subscription.coupon_uses (
  redemption_id uuid NOT NULL REFERENCES subscription.coupon_redemptions,
  invoice_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  PRIMARY KEY (redemption_id, invoice_id)
);
CALL plinth.protect_tenant_table('subscription.coupon_uses');
CREATE INDEX coupon_uses_invoice ON subscription.coupon_uses (invoice_id);

-- What is charged once, on the account's next invoice.
CREATE TABLE subscription.one_off_charges (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  description text NOT NULL,
  quantity numeric NOT NULL,
  unit_amount numeric NOT NULL,
  amount_minor numeric(60, 0) NOT NULL,
  tax_category text NOT NULL,
  tax_inclusive boolean NOT NULL,
  invoice_id uuid,
  created_at timestamptz NOT NULL,
  canceled_at timestamptz,
  CHECK (invoice_id IS NULL OR canceled_at IS NULL)
);
CALL plinth.protect_tenant_table('subscription.one_off_charges');
CREATE INDEX one_off_charges_pending ON subscription.one_off_charges (tenant_id, account_id) WHERE invoice_id IS NULL AND canceled_at IS NULL;
CREATE INDEX one_off_charges_newest ON subscription.one_off_charges (tenant_id, id);

CREATE TABLE subscription.credit_notes (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid NOT NULL,
  legal_entity_version integer NOT NULL,
  number bigint NOT NULL,
  number_prefix text NOT NULL,
  invoice_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  reason text NOT NULL,
  net_minor numeric(60, 0) NOT NULL,
  tax_minor numeric(60, 0) NOT NULL,
  total_minor numeric(60, 0) NOT NULL GENERATED ALWAYS AS (net_minor + tax_minor) STORED,
  -- What lowered the invoice's open amount; the rest was paid already and can be given back.
  settled_minor numeric(60, 0) NOT NULL,
  refunded_minor numeric(60, 0) NOT NULL DEFAULT 0,
  issued_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CHECK (net_minor + tax_minor > 0),
  CHECK (settled_minor >= 0 AND settled_minor <= net_minor + tax_minor),
  CHECK (refunded_minor >= 0 AND refunded_minor <= net_minor + tax_minor - settled_minor),
  UNIQUE (tenant_id, legal_entity_id, number)
);
CALL plinth.protect_tenant_table('subscription.credit_notes');
CREATE INDEX credit_notes_invoice ON subscription.credit_notes (invoice_id, id);
CREATE INDEX credit_notes_newest ON subscription.credit_notes (tenant_id, id);

CREATE TABLE subscription.credit_note_lines (
  credit_note_id uuid NOT NULL REFERENCES subscription.credit_notes,
  invoice_id uuid NOT NULL,
  position integer NOT NULL,
  tenant_id uuid NOT NULL,
  description text NOT NULL,
  tax_category text NOT NULL,
  tax_percent numeric,
  net_minor numeric(60, 0) NOT NULL,
  tax_minor numeric(60, 0) NOT NULL,
  PRIMARY KEY (credit_note_id, position)
);
CALL plinth.protect_tenant_table('subscription.credit_note_lines');
CREATE INDEX credit_note_lines_invoice ON subscription.credit_note_lines (invoice_id, position);

-- An issued credit note never changes but for what was given back of it.
CREATE FUNCTION subscription.keep_credit_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changing CONSTANT text[] := '{refunded_minor,version,total_minor}';
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'credit_notes' AND to_jsonb(NEW) - changing = to_jsonb(OLD) - changing THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an issued credit note cannot change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_credit_note BEFORE UPDATE OR DELETE ON subscription.credit_notes
  FOR EACH ROW EXECUTE FUNCTION subscription.keep_credit_note();
CREATE TRIGGER keep_credit_note_lines BEFORE UPDATE OR DELETE ON subscription.credit_note_lines
  FOR EACH ROW EXECUTE FUNCTION subscription.keep_credit_note();
