-- Prepaid credit: what an account has paid or was given ahead, in one currency.
CREATE TABLE subscription.credit_wallets (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  -- The sum of what remains of its grants, and of its entries.
  balance_minor numeric(60, 0) NOT NULL CHECK (balance_minor >= 0),
  -- Below it an alert is told; null: none is.
  low_balance_minor numeric(60, 0) CHECK (low_balance_minor > 0),
  -- Below the threshold the amount is charged; both null: nothing is.
  top_up_threshold_minor numeric(60, 0) CHECK (top_up_threshold_minor > 0),
  top_up_amount_minor numeric(60, 0) CHECK (top_up_amount_minor > 0),
  -- Days after which what was topped up expires.
  top_up_expiry_days integer CHECK (top_up_expiry_days > 0),
  -- Not tried again before this, after a charge that failed.
  top_up_not_before timestamptz,
  -- Of the settings; the balance changes without it.
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, account_id, currency),
  CHECK ((top_up_threshold_minor IS NULL) = (top_up_amount_minor IS NULL))
);
CALL plinth.protect_tenant_table('subscription.credit_wallets');
CREATE INDEX credit_wallets_top_up ON subscription.credit_wallets (tenant_id, id)
  WHERE top_up_threshold_minor IS NOT NULL AND balance_minor < top_up_threshold_minor;

CREATE TABLE subscription.credit_grants (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  wallet_id uuid NOT NULL REFERENCES subscription.credit_wallets,
  -- Whose invoices it pays: the money was received by it.
  legal_entity_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('paid', 'promotional')),
  amount_minor numeric(60, 0) NOT NULL CHECK (amount_minor > 0),
  remaining_minor numeric(60, 0) NOT NULL,
  -- The lowest is used first.
  priority integer NOT NULL,
  expires_at timestamptz,
  reason text NOT NULL,
  source_type text NOT NULL CHECK (source_type IN ('promotion', 'payment', 'credit_note')),
  -- The payment or the credit note; the grant's own id for a promotion.
  source_id uuid NOT NULL,
  voided_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK (remaining_minor >= 0 AND remaining_minor <= amount_minor),
  CHECK ((kind = 'promotional') = (source_type = 'promotion'))
);
CALL plinth.protect_tenant_table('subscription.credit_grants');
CREATE INDEX credit_grants_usable ON subscription.credit_grants (wallet_id) WHERE remaining_minor > 0;
CREATE INDEX credit_grants_wallet ON subscription.credit_grants (wallet_id, id);
CREATE INDEX credit_grants_source ON subscription.credit_grants (source_id);
CREATE INDEX credit_grants_expiring ON subscription.credit_grants (tenant_id, expires_at, id) WHERE remaining_minor > 0 AND expires_at IS NOT NULL;

-- Every change of what remains of a grant. Without foreign keys, because the invoice run writes it.
CREATE TABLE subscription.credit_entries (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  wallet_id uuid NOT NULL,
  grant_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('grant', 'use', 'return', 'expiry', 'void', 'refund')),
  amount_minor numeric(60, 0) NOT NULL CHECK (amount_minor <> 0),
  -- What a use paid, and what a return came from.
  invoice_id uuid,
  reason text,
  created_at timestamptz NOT NULL,
  CHECK ((kind IN ('grant', 'return')) = (amount_minor > 0)),
  CHECK ((kind IN ('use', 'return')) = (invoice_id IS NOT NULL))
);
CALL plinth.protect_tenant_table('subscription.credit_entries');
CREATE INDEX credit_entries_wallet ON subscription.credit_entries (wallet_id, id);
CREATE INDEX credit_entries_grant ON subscription.credit_entries (grant_id, id);
CREATE INDEX credit_entries_invoice ON subscription.credit_entries (invoice_id) WHERE invoice_id IS NOT NULL;

CREATE FUNCTION subscription.keep_credit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'entries of credits are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_credit_entries BEFORE UPDATE OR DELETE ON subscription.credit_entries
  FOR EACH ROW EXECUTE FUNCTION subscription.keep_credit_entries();

-- Payments that were made for credit, with what is granted once the money is there.
CREATE TABLE subscription.credit_purchases (
  payment_id uuid PRIMARY KEY REFERENCES subscription.payments,
  tenant_id uuid NOT NULL,
  wallet_id uuid NOT NULL REFERENCES subscription.credit_wallets,
  terms jsonb NOT NULL,
  cause text NOT NULL CHECK (cause IN ('request', 'top_up')),
  grant_id uuid,
  created_at timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('subscription.credit_purchases');
CREATE INDEX credit_purchases_wallet ON subscription.credit_purchases (wallet_id, payment_id);

-- What of a payment was turned into credit.
ALTER TABLE subscription.payments
  ADD COLUMN granted_minor numeric(60, 0) NOT NULL DEFAULT 0 CHECK (granted_minor >= 0),
  ADD CHECK (applied_minor + refunded_minor + charged_back_minor + granted_minor <= amount_minor),
  ADD CHECK (status = 'succeeded' OR granted_minor = 0);
