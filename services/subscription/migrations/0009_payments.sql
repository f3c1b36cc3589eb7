-- Accounts of a tenant at payment gateways. Keys are encrypted, each bound to its row.
CREATE TABLE subscription.gateway_accounts (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  gateway text NOT NULL CHECK (gateway IN ('stripe')),
  name text NOT NULL,
  -- Null: for what every legal entity bills.
  legal_entity_id uuid,
  publishable_key text,
  secret_key bytea NOT NULL,
  webhook_secret bytea,
  enabled boolean NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('subscription.gateway_accounts');
-- A webhook names its gateway account before its tenant is known.
CALL plinth.open_to_platform('subscription.gateway_accounts');

-- What an account is called at a gateway.
CREATE TABLE subscription.gateway_customers (
  tenant_id uuid NOT NULL,
  gateway_account_id uuid NOT NULL REFERENCES subscription.gateway_accounts,
  account_id uuid NOT NULL,
  gateway_customer_id text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (gateway_account_id, account_id),
  UNIQUE (gateway_account_id, gateway_customer_id)
);
CALL plinth.protect_tenant_table('subscription.gateway_customers');

-- Names of what the gateway keeps: no number of a card is ever here.
CREATE TABLE subscription.payment_methods (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  gateway_account_id uuid NOT NULL REFERENCES subscription.gateway_accounts,
  gateway_customer_id text NOT NULL,
  gateway_method_id text NOT NULL,
  type text NOT NULL,
  brand text,
  last4 text,
  expiry_month smallint CHECK (expiry_month BETWEEN 1 AND 12),
  expiry_year smallint,
  is_default boolean NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'declined', 'removed')),
  -- Why it is not charged by itself any more.
  decline_code text,
  -- The last notice before the expiry: this many days before it.
  expiry_notice_days smallint,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (gateway_account_id, gateway_method_id),
  CHECK (NOT is_default OR status <> 'removed')
);
CALL plinth.protect_tenant_table('subscription.payment_methods');
CREATE UNIQUE INDEX payment_methods_default ON subscription.payment_methods (tenant_id, account_id) WHERE is_default;
CREATE INDEX payment_methods_account ON subscription.payment_methods (tenant_id, account_id, id);
CREATE INDEX payment_methods_expiry ON subscription.payment_methods (tenant_id, expiry_year, expiry_month) WHERE status = 'active' AND expiry_year IS NOT NULL;

-- Attempts to receive money. The row is there before the gateway is asked.
CREATE TABLE subscription.payments (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid NOT NULL,
  account_id uuid NOT NULL,
  -- What it was made for; null for money that came without an invoice.
  invoice_id uuid,
  gateway text NOT NULL CHECK (gateway IN ('stripe', 'manual', 'bank_transfer')),
  gateway_account_id uuid REFERENCES subscription.gateway_accounts,
  payment_method_id uuid REFERENCES subscription.payment_methods,
  currency text NOT NULL,
  amount_minor numeric(60, 0) NOT NULL CHECK (amount_minor > 0),
  -- What of it settles invoices, and what was given or taken back; the rest is unapplied.
  applied_minor numeric(60, 0) NOT NULL DEFAULT 0 CHECK (applied_minor >= 0),
  refunded_minor numeric(60, 0) NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
  charged_back_minor numeric(60, 0) NOT NULL DEFAULT 0 CHECK (charged_back_minor >= 0),
  status text NOT NULL CHECK (status IN ('pending', 'requires_action', 'unknown', 'succeeded', 'failed')),
  cause text NOT NULL CHECK (cause IN ('request', 'automatic', 'recorded')),
  -- The caller's Idempotency-Key, so that a repeated request finds this attempt.
  request_key text,
  gateway_payment_id text,
  failure text CHECK (failure IN ('hard', 'soft', 'authentication', 'temporary', 'refused', 'canceled')),
  failure_code text,
  failure_message text,
  next_action jsonb,
  -- Number of a cheque, name of a transfer.
  reference text,
  note text,
  received_on date,
  -- When the gateway is asked what became of it.
  check_at timestamptz,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  succeeded_at timestamptz,
  UNIQUE (tenant_id, request_key),
  UNIQUE (gateway_account_id, gateway_payment_id),
  CHECK (applied_minor + refunded_minor + charged_back_minor <= amount_minor),
  CHECK (status = 'succeeded' OR applied_minor + refunded_minor + charged_back_minor = 0)
);
CALL plinth.protect_tenant_table('subscription.payments');
-- One attempt at a time for each invoice: nothing is charged twice.
CREATE UNIQUE INDEX payments_running ON subscription.payments (invoice_id) WHERE status IN ('pending', 'requires_action', 'unknown');
CREATE INDEX payments_unresolved ON subscription.payments (tenant_id, check_at) WHERE check_at IS NOT NULL;
CREATE INDEX payments_newest ON subscription.payments (tenant_id, id);
CREATE INDEX payments_account ON subscription.payments (tenant_id, account_id, id);
CREATE INDEX payments_invoice ON subscription.payments (invoice_id, id) WHERE invoice_id IS NOT NULL;
CREATE INDEX payments_succeeded ON subscription.payments (tenant_id, succeeded_at) WHERE succeeded_at IS NOT NULL;

CREATE TABLE subscription.payment_allocations (
  payment_id uuid NOT NULL REFERENCES subscription.payments,
  invoice_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  amount_minor numeric(60, 0) NOT NULL CHECK (amount_minor >= 0),
  PRIMARY KEY (payment_id, invoice_id)
);
CALL plinth.protect_tenant_table('subscription.payment_allocations');
CREATE INDEX payment_allocations_invoice ON subscription.payment_allocations (invoice_id);

CREATE TABLE subscription.refunds (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  payment_id uuid NOT NULL REFERENCES subscription.payments,
  amount_minor numeric(60, 0) NOT NULL CHECK (amount_minor > 0),
  status text NOT NULL CHECK (status IN ('pending', 'unknown', 'succeeded', 'failed')),
  reason text NOT NULL,
  note text,
  reference text,
  request_key text,
  gateway_account_id uuid,
  gateway_refund_id text,
  failure_code text,
  -- Where the money was taken from: the invoices that it had settled; null: the unapplied rest.
  taken jsonb NOT NULL DEFAULT '[]',
  check_at timestamptz,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, request_key),
  UNIQUE (gateway_account_id, gateway_refund_id)
);
CALL plinth.protect_tenant_table('subscription.refunds');
CREATE INDEX refunds_payment ON subscription.refunds (payment_id, id);
CREATE INDEX refunds_newest ON subscription.refunds (tenant_id, id);
CREATE INDEX refunds_unresolved ON subscription.refunds (tenant_id, check_at) WHERE check_at IS NOT NULL;

CREATE TABLE subscription.chargebacks (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  payment_id uuid NOT NULL REFERENCES subscription.payments,
  gateway_account_id uuid NOT NULL REFERENCES subscription.gateway_accounts,
  gateway_dispute_id text NOT NULL,
  amount_minor numeric(60, 0) NOT NULL CHECK (amount_minor > 0),
  reason text NOT NULL,
  status text NOT NULL CHECK (status IN ('inquiry', 'needs_response', 'under_review', 'won', 'lost')),
  -- Whether the money is with the customer at the moment.
  withdrawn boolean NOT NULL,
  taken jsonb NOT NULL DEFAULT '[]',
  evidence_due_by timestamptz,
  -- Time of the gateway's newest message about it: older ones come too late.
  told_at timestamptz NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  closed_at timestamptz,
  UNIQUE (gateway_account_id, gateway_dispute_id)
);
CALL plinth.protect_tenant_table('subscription.chargebacks');
CREATE INDEX chargebacks_newest ON subscription.chargebacks (tenant_id, id);
CREATE INDEX chargebacks_payment ON subscription.chargebacks (payment_id);

-- What gateways have told us, also what we did not act on.
CREATE TABLE subscription.gateway_events (
  gateway_account_id uuid NOT NULL REFERENCES subscription.gateway_accounts,
  event_id text NOT NULL,
  tenant_id uuid NOT NULL,
  type text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('applied', 'unchanged', 'ignored')),
  payload jsonb NOT NULL,
  happened_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (gateway_account_id, event_id)
);
CALL plinth.protect_tenant_table('subscription.gateway_events');
CREATE INDEX gateway_events_newest ON subscription.gateway_events (tenant_id, received_at, event_id);

-- Lines of bank statements: transfers that came in.
CREATE TABLE subscription.bank_transfers (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  -- What the bank calls it in the account; the same line of another file is the same transfer.
  bank_account text NOT NULL,
  bank_reference text NOT NULL,
  booked_on date NOT NULL,
  currency text NOT NULL,
  amount_minor numeric(60, 0) NOT NULL CHECK (amount_minor > 0),
  payer text,
  reference text NOT NULL,
  status text NOT NULL CHECK (status IN ('unmatched', 'matched', 'ignored')),
  -- Why it was not matched by itself.
  mismatch text,
  payment_id uuid REFERENCES subscription.payments,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, bank_account, bank_reference),
  CHECK ((status = 'matched') = (payment_id IS NOT NULL))
);
CALL plinth.protect_tenant_table('subscription.bank_transfers');
CREATE INDEX bank_transfers_newest ON subscription.bank_transfers (tenant_id, id);

-- What happens to invoices that are not paid. The one without a legal entity holds for all others.
CREATE TABLE subscription.dunning_policies (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid,
  steps jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (tenant_id, legal_entity_id)
);
CALL plinth.protect_tenant_table('subscription.dunning_policies');

CREATE TABLE subscription.dunnings (
  invoice_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  -- Keys of the steps that were reached.
  reached text[] NOT NULL,
  -- Nothing is charged nor asked for meanwhile.
  paused text CHECK (paused IN ('refund', 'chargeback', 'agent')),
  last_step_at timestamptz,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('subscription.dunnings');
