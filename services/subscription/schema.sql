-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE subscription.account_entitlements (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  entitlements jsonb NOT NULL,
  anchor date,
  period jsonb,
  changes_at timestamp with time zone,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.approval_requests (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  action text NOT NULL,
  account_id uuid NOT NULL,
  dispute_id uuid,
  currency text NOT NULL,
  amount_minor numeric(60,0),
  reason text NOT NULL,
  input jsonb NOT NULL,
  input_hash text NOT NULL,
  status text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  decided_by text,
  decided_at timestamp with time zone,
  decision_note text,
  attempts integer DEFAULT 0 NOT NULL,
  attempted_at timestamp with time zone,
  executed_at timestamp with time zone,
  result_type text,
  result_id uuid,
  failure_code text,
  failure_message text,
  version integer NOT NULL
);

CREATE TABLE subscription.approval_rules (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  action text NOT NULL,
  holder text NOT NULL,
  currency text NOT NULL,
  amount_minor numeric(60,0),
  day_minor numeric(60,0),
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.bank_transfers (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  bank_account text NOT NULL,
  bank_reference text NOT NULL,
  booked_on date NOT NULL,
  currency text NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  payer text,
  reference text NOT NULL,
  status text NOT NULL,
  mismatch text,
  payment_id uuid,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.billing_thresholds (
  subscription_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  amount numeric NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.chargebacks (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  gateway_account_id uuid NOT NULL,
  gateway_dispute_id text NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  reason text NOT NULL,
  status text NOT NULL,
  withdrawn boolean NOT NULL,
  taken jsonb DEFAULT '[]'::jsonb NOT NULL,
  evidence_due_by timestamp with time zone,
  told_at timestamp with time zone NOT NULL,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone
);

CREATE TABLE subscription.coupon_counters (
  tenant_id uuid NOT NULL,
  coupon_id uuid NOT NULL,
  redemptions integer NOT NULL
);

CREATE TABLE subscription.coupon_redemptions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  coupon_id uuid NOT NULL,
  coupon jsonb NOT NULL,
  account_id uuid NOT NULL,
  subscription_id uuid,
  once_per_account boolean NOT NULL,
  redeemed_at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone
);

CREATE TABLE subscription.coupon_uses (
  redemption_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  tenant_id uuid NOT NULL
);

CREATE TABLE subscription.credit_entries (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  wallet_id uuid NOT NULL,
  grant_id uuid NOT NULL,
  kind text NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  invoice_id uuid,
  reason text,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.credit_grants (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  wallet_id uuid NOT NULL,
  legal_entity_id uuid NOT NULL,
  kind text NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  remaining_minor numeric(60,0) NOT NULL,
  priority integer NOT NULL,
  expires_at timestamp with time zone,
  reason text NOT NULL,
  source_type text NOT NULL,
  source_id uuid NOT NULL,
  voided_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.credit_note_lines (
  credit_note_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  "position" integer NOT NULL,
  tenant_id uuid NOT NULL,
  description text NOT NULL,
  tax_category text NOT NULL,
  tax_percent numeric,
  net_minor numeric(60,0) NOT NULL,
  tax_minor numeric(60,0) NOT NULL
);

CREATE TABLE subscription.credit_notes (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid NOT NULL,
  legal_entity_version integer NOT NULL,
  number bigint NOT NULL,
  number_prefix text NOT NULL,
  invoice_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  reason text NOT NULL,
  net_minor numeric(60,0) NOT NULL,
  tax_minor numeric(60,0) NOT NULL,
  total_minor numeric(60,0) DEFAULT (net_minor + tax_minor) NOT NULL,
  settled_minor numeric(60,0) NOT NULL,
  refunded_minor numeric(60,0) DEFAULT 0 NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  version integer DEFAULT 1 NOT NULL
);

CREATE TABLE subscription.credit_purchases (
  payment_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  wallet_id uuid NOT NULL,
  terms jsonb NOT NULL,
  cause text NOT NULL,
  grant_id uuid,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.credit_wallets (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  balance_minor numeric(60,0) NOT NULL,
  low_balance_minor numeric(60,0),
  top_up_threshold_minor numeric(60,0),
  top_up_amount_minor numeric(60,0),
  top_up_expiry_days integer,
  top_up_not_before timestamp with time zone,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.dispute_events (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  dispute_id uuid NOT NULL,
  kind text NOT NULL,
  actor_id text NOT NULL,
  content jsonb NOT NULL,
  happened_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.dispute_evidence (
  dispute_id uuid NOT NULL,
  part text NOT NULL,
  page integer NOT NULL,
  tenant_id uuid NOT NULL,
  items jsonb NOT NULL,
  missing text,
  taken_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.dispute_invoices (
  dispute_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  positions integer[] NOT NULL,
  disputed_minor numeric(60,0) NOT NULL
);

CREATE TABLE subscription.disputes (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  reason text NOT NULL,
  description text NOT NULL,
  status text NOT NULL,
  assignee_id text,
  currency text NOT NULL,
  disputed_minor numeric(60,0) NOT NULL,
  evidence_from timestamp with time zone NOT NULL,
  evidence_to timestamp with time zone NOT NULL,
  chargeback_id uuid,
  outcome text,
  opened_by text NOT NULL,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone
);

CREATE TABLE subscription.dunning_policies (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid,
  steps jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.dunnings (
  invoice_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  reached text[] NOT NULL,
  paused text,
  last_step_at timestamp with time zone,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.ended_usage (
  subscription_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  due_at timestamp with time zone NOT NULL,
  came_after timestamp with time zone NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY NOT NULL
);

CREATE TABLE subscription.gateway_accounts (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  gateway text NOT NULL,
  name text NOT NULL,
  legal_entity_id uuid,
  publishable_key text,
  secret_key bytea NOT NULL,
  webhook_secret bytea,
  enabled boolean NOT NULL,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.gateway_customers (
  tenant_id uuid NOT NULL,
  gateway_account_id uuid NOT NULL,
  account_id uuid NOT NULL,
  gateway_customer_id text NOT NULL,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.gateway_events (
  gateway_account_id uuid NOT NULL,
  event_id text NOT NULL,
  tenant_id uuid NOT NULL,
  type text NOT NULL,
  outcome text NOT NULL,
  payload jsonb,
  happened_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE subscription.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE subscription.invoice_lines (
  tenant_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  "position" integer NOT NULL,
  kind text NOT NULL,
  subscription_id uuid,
  period_index integer,
  phase_id uuid,
  price_id uuid,
  price_key text,
  plan_id uuid,
  plan_version integer,
  meter text,
  description text NOT NULL,
  quantity_raw numeric NOT NULL,
  quantity_billed numeric NOT NULL,
  detail jsonb NOT NULL,
  amount_precise numeric NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  period_start timestamp with time zone NOT NULL,
  period_end timestamp with time zone NOT NULL,
  account_id uuid NOT NULL,
  sequence integer DEFAULT 0 NOT NULL,
  discount_minor numeric(60,0) DEFAULT 0 NOT NULL,
  discounts jsonb DEFAULT '[]'::jsonb NOT NULL,
  tax_category text DEFAULT 'standard'::text NOT NULL,
  tax_percent numeric,
  tax_minor numeric(60,0) DEFAULT 0 NOT NULL,
  tax_inclusive boolean DEFAULT false NOT NULL
);

CREATE TABLE subscription.invoice_numbers (
  tenant_id uuid NOT NULL,
  last_number bigint NOT NULL,
  legal_entity_id uuid NOT NULL,
  series text NOT NULL
);

CREATE TABLE subscription.invoices (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  number bigint,
  account_id uuid NOT NULL,
  subscription_id uuid,
  billed_at timestamp with time zone NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  status text NOT NULL,
  total_minor numeric(60,0) NOT NULL,
  line_count integer NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  finalized_at timestamp with time zone,
  paid_at timestamp with time zone,
  voided_at timestamp with time zone,
  legal_entity_id uuid NOT NULL,
  reason text DEFAULT 'period'::text NOT NULL,
  customer jsonb DEFAULT '{}'::jsonb NOT NULL,
  subtotal_minor numeric(60,0) DEFAULT 0 NOT NULL,
  discount_minor numeric(60,0) DEFAULT 0 NOT NULL,
  tax_minor numeric(60,0) DEFAULT 0 NOT NULL,
  taxes jsonb DEFAULT '[]'::jsonb NOT NULL,
  due_on date,
  review_until timestamp with time zone,
  credits_minor numeric(60,0) DEFAULT 0 NOT NULL,
  paid_minor numeric(60,0) DEFAULT 0 NOT NULL,
  credited_minor numeric(60,0) DEFAULT 0 NOT NULL,
  written_off_minor numeric(60,0) DEFAULT 0 NOT NULL,
  due_minor numeric(60,0) DEFAULT ((((total_minor - credits_minor) - paid_minor) - credited_minor) - written_off_minor) NOT NULL,
  number_prefix text DEFAULT 'INV-'::text NOT NULL,
  legal_entity_version integer DEFAULT 0 NOT NULL,
  calculation text DEFAULT 'done'::text NOT NULL,
  group_key text
);

CREATE TABLE subscription.kept_tenants (
  tenant_id uuid NOT NULL,
  since timestamp with time zone NOT NULL
);

CREATE TABLE subscription.kill_bill_accounts (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  external_key text NOT NULL,
  kill_bill_id uuid NOT NULL,
  read_at timestamp with time zone
);

CREATE TABLE subscription.kill_bill_connections (
  tenant_id uuid NOT NULL,
  base_url text NOT NULL,
  user_name text NOT NULL,
  password bytea NOT NULL,
  api_key text NOT NULL,
  api_secret bytea NOT NULL,
  enabled boolean NOT NULL,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  catalogue_digest text,
  catalogue_uploads integer DEFAULT 0 NOT NULL,
  mirrored_at timestamp with time zone,
  last_error text
);

CREATE TABLE subscription.kill_bill_invoice_items (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  kill_bill_subscription_id uuid,
  linked_item_id uuid,
  type text NOT NULL,
  plan_name text,
  usage_name text,
  starts_on date NOT NULL,
  ends_on date,
  currency text NOT NULL,
  amount_minor numeric(60,0) NOT NULL
);

CREATE TABLE subscription.kill_bill_invoices (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  number text NOT NULL,
  invoice_date date NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  read_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.kill_bill_subscriptions (
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  track text NOT NULL,
  account_id uuid NOT NULL,
  kill_bill_id uuid,
  told jsonb NOT NULL,
  next_step_at timestamp with time zone,
  seen_version integer NOT NULL,
  problem text
);

CREATE TABLE subscription.kill_bill_usages (
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  track text NOT NULL,
  meter text NOT NULL,
  part_from date NOT NULL,
  revision integer NOT NULL,
  day date NOT NULL,
  quantity numeric(30,0) NOT NULL,
  sent_at timestamp with time zone
);

CREATE TABLE subscription.late_usage (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  meter text NOT NULL,
  from_at timestamp with time zone NOT NULL,
  to_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.late_usage_positions (
  tenant_id uuid NOT NULL,
  sequence bigint NOT NULL,
  read_at timestamp with time zone
);

CREATE TABLE subscription.ledger_entries (
  posting_id uuid NOT NULL,
  "position" smallint NOT NULL,
  tenant_id uuid NOT NULL,
  posted_at timestamp with time zone NOT NULL,
  legal_entity_id uuid NOT NULL,
  account_id uuid NOT NULL,
  ledger_account text NOT NULL,
  currency text NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  source_type text NOT NULL,
  source_id uuid NOT NULL
);

CREATE TABLE subscription.legal_entities (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  details jsonb NOT NULL,
  invoice_prefix text NOT NULL,
  credit_note_prefix text NOT NULL,
  tax_rounding text NOT NULL,
  tax_provider text NOT NULL,
  payment_term_days integer NOT NULL,
  review_hours integer NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.legal_entity_versions (
  legal_entity_id uuid NOT NULL,
  version integer NOT NULL,
  tenant_id uuid NOT NULL,
  content jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.money_actions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  action text NOT NULL,
  account_id uuid NOT NULL,
  currency text,
  amount_minor numeric(60,0),
  reason text NOT NULL,
  result_type text NOT NULL,
  result_id text NOT NULL,
  dispute_id uuid,
  approval_request_id uuid,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  happened_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.notice_settings (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid,
  kinds text[] NOT NULL,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.notices (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  event_id uuid NOT NULL,
  kind text NOT NULL,
  account_id uuid NOT NULL,
  invoice_id uuid,
  facts jsonb NOT NULL,
  status text NOT NULL,
  reason text,
  recipient text,
  language text,
  subject text,
  attempts integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  sent_at timestamp with time zone
);

CREATE TABLE subscription.one_off_charges (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  description text NOT NULL,
  quantity numeric NOT NULL,
  unit_amount numeric NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  tax_category text NOT NULL,
  tax_inclusive boolean NOT NULL,
  invoice_id uuid,
  created_at timestamp with time zone NOT NULL,
  canceled_at timestamp with time zone
);

CREATE TABLE subscription.outbox (
  id uuid NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  tenant_id uuid,
  envelope json NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE subscription.payment_allocations (
  payment_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  amount_minor numeric(60,0) NOT NULL
);

CREATE TABLE subscription.payment_methods (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  gateway_account_id uuid NOT NULL,
  gateway_customer_id text NOT NULL,
  gateway_method_id text NOT NULL,
  type text NOT NULL,
  brand text,
  last4 text,
  expiry_month smallint,
  expiry_year smallint,
  is_default boolean NOT NULL,
  status text NOT NULL,
  decline_code text,
  expiry_notice_days smallint,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.payments (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid NOT NULL,
  account_id uuid NOT NULL,
  invoice_id uuid,
  gateway text NOT NULL,
  gateway_account_id uuid,
  payment_method_id uuid,
  currency text NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  applied_minor numeric(60,0) DEFAULT 0 NOT NULL,
  refunded_minor numeric(60,0) DEFAULT 0 NOT NULL,
  charged_back_minor numeric(60,0) DEFAULT 0 NOT NULL,
  status text NOT NULL,
  cause text NOT NULL,
  request_key text,
  gateway_payment_id text,
  failure text,
  failure_code text,
  failure_message text,
  next_action jsonb,
  reference text,
  note text,
  received_on date,
  check_at timestamp with time zone,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  succeeded_at timestamp with time zone,
  granted_minor numeric(60,0) DEFAULT 0 NOT NULL
);

CREATE TABLE subscription.phases (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  plan_version integer NOT NULL,
  quantity integer NOT NULL,
  from_date date NOT NULL,
  to_date date,
  track text DEFAULT 'base'::text NOT NULL,
  currency text NOT NULL,
  phase_key text DEFAULT 'evergreen'::text NOT NULL,
  phase_kind text DEFAULT 'evergreen'::text NOT NULL,
  paused boolean DEFAULT false NOT NULL,
  from_at timestamp with time zone,
  to_at timestamp with time zone
);

CREATE TABLE subscription.plan_versions (
  tenant_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  version integer NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  currency text NOT NULL,
  period_unit text NOT NULL,
  period_count integer NOT NULL,
  prices jsonb NOT NULL,
  terms jsonb
);

CREATE TABLE subscription.refunds (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  amount_minor numeric(60,0) NOT NULL,
  status text NOT NULL,
  reason text NOT NULL,
  note text,
  reference text,
  request_key text,
  gateway_account_id uuid,
  gateway_refund_id text,
  failure_code text,
  taken jsonb DEFAULT '[]'::jsonb NOT NULL,
  check_at timestamp with time zone,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE subscription.subscriptions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  anchor date NOT NULL,
  period_unit text NOT NULL,
  period_count integer NOT NULL,
  status text NOT NULL,
  ends_on date,
  ends_at timestamp with time zone,
  bill_next_index integer DEFAULT 0 NOT NULL,
  bill_next_at timestamp with time zone,
  changed_since_billing boolean DEFAULT false NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  starts_on date NOT NULL,
  proration_basis text DEFAULT 'day'::text NOT NULL,
  trial_skipped boolean DEFAULT false NOT NULL,
  commitment jsonb,
  billed_early boolean DEFAULT false NOT NULL,
  term jsonb,
  term_next_at timestamp with time zone
);

CREATE TABLE subscription.tax_rates (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid NOT NULL,
  category text NOT NULL,
  country text NOT NULL,
  region text NOT NULL,
  percent numeric NOT NULL,
  label text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE subscription.trials (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  subject text NOT NULL,
  subscription_id uuid NOT NULL,
  claimed_at timestamp with time zone NOT NULL
);

-- constraints

ALTER TABLE subscription.account_entitlements ADD CONSTRAINT account_entitlements_pkey PRIMARY KEY (tenant_id, account_id);

ALTER TABLE subscription.approval_requests ADD CONSTRAINT approval_requests_amount_minor_check CHECK ((amount_minor >= (0)::numeric));

ALTER TABLE subscription.approval_requests ADD CONSTRAINT approval_requests_check CHECK (((decided_by IS NULL) OR (decided_by <> requested_by) OR (status = 'canceled'::text)));

ALTER TABLE subscription.approval_requests ADD CONSTRAINT approval_requests_check1 CHECK (((status <> ALL (ARRAY['approved'::text, 'executed'::text, 'failed'::text, 'rejected'::text])) OR (decided_by IS NOT NULL)));

ALTER TABLE subscription.approval_requests ADD CONSTRAINT approval_requests_check2 CHECK (((status = 'executed'::text) = (executed_at IS NOT NULL)));

ALTER TABLE subscription.approval_requests ADD CONSTRAINT approval_requests_pkey PRIMARY KEY (id);

ALTER TABLE subscription.approval_requests ADD CONSTRAINT approval_requests_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'executed'::text, 'failed'::text, 'rejected'::text, 'canceled'::text, 'expired'::text])));

ALTER TABLE subscription.approval_rules ADD CONSTRAINT approval_rules_action_check CHECK ((action = ANY (ARRAY['refund'::text, 'credit_note'::text, 'write_off'::text, 'void'::text, 'adjustment'::text, 'credit'::text, 'coupon'::text, 'recorded_payment'::text])));

ALTER TABLE subscription.approval_rules ADD CONSTRAINT approval_rules_amount_minor_check CHECK ((amount_minor >= (0)::numeric));

ALTER TABLE subscription.approval_rules ADD CONSTRAINT approval_rules_day_minor_check CHECK ((day_minor >= (0)::numeric));

ALTER TABLE subscription.approval_rules ADD CONSTRAINT approval_rules_pkey PRIMARY KEY (id);

ALTER TABLE subscription.approval_rules ADD CONSTRAINT approval_rules_tenant_id_action_holder_currency_key UNIQUE (tenant_id, action, holder, currency);

ALTER TABLE subscription.bank_transfers ADD CONSTRAINT bank_transfers_amount_minor_check CHECK ((amount_minor > (0)::numeric));

ALTER TABLE subscription.bank_transfers ADD CONSTRAINT bank_transfers_check CHECK (((status = 'matched'::text) = (payment_id IS NOT NULL)));

ALTER TABLE subscription.bank_transfers ADD CONSTRAINT bank_transfers_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES subscription.payments(id);

ALTER TABLE subscription.bank_transfers ADD CONSTRAINT bank_transfers_pkey PRIMARY KEY (id);

ALTER TABLE subscription.bank_transfers ADD CONSTRAINT bank_transfers_status_check CHECK ((status = ANY (ARRAY['unmatched'::text, 'matched'::text, 'ignored'::text])));

ALTER TABLE subscription.bank_transfers ADD CONSTRAINT bank_transfers_tenant_id_bank_account_bank_reference_key UNIQUE (tenant_id, bank_account, bank_reference);

ALTER TABLE subscription.billing_thresholds ADD CONSTRAINT billing_thresholds_amount_check CHECK ((amount > (0)::numeric));

ALTER TABLE subscription.billing_thresholds ADD CONSTRAINT billing_thresholds_pkey PRIMARY KEY (subscription_id);

ALTER TABLE subscription.billing_thresholds ADD CONSTRAINT billing_thresholds_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription.subscriptions(id);

ALTER TABLE subscription.chargebacks ADD CONSTRAINT chargebacks_amount_minor_check CHECK ((amount_minor > (0)::numeric));

ALTER TABLE subscription.chargebacks ADD CONSTRAINT chargebacks_gateway_account_id_fkey FOREIGN KEY (gateway_account_id) REFERENCES subscription.gateway_accounts(id);

ALTER TABLE subscription.chargebacks ADD CONSTRAINT chargebacks_gateway_account_id_gateway_dispute_id_key UNIQUE (gateway_account_id, gateway_dispute_id);

ALTER TABLE subscription.chargebacks ADD CONSTRAINT chargebacks_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES subscription.payments(id);

ALTER TABLE subscription.chargebacks ADD CONSTRAINT chargebacks_pkey PRIMARY KEY (id);

ALTER TABLE subscription.chargebacks ADD CONSTRAINT chargebacks_status_check CHECK ((status = ANY (ARRAY['inquiry'::text, 'needs_response'::text, 'under_review'::text, 'won'::text, 'lost'::text])));

ALTER TABLE subscription.coupon_counters ADD CONSTRAINT coupon_counters_pkey PRIMARY KEY (tenant_id, coupon_id);

ALTER TABLE subscription.coupon_redemptions ADD CONSTRAINT coupon_redemptions_pkey PRIMARY KEY (id);

ALTER TABLE subscription.coupon_uses ADD CONSTRAINT coupon_uses_pkey PRIMARY KEY (redemption_id, invoice_id);

ALTER TABLE subscription.coupon_uses ADD CONSTRAINT coupon_uses_redemption_id_fkey FOREIGN KEY (redemption_id) REFERENCES subscription.coupon_redemptions(id);

ALTER TABLE subscription.credit_entries ADD CONSTRAINT credit_entries_amount_minor_check CHECK ((amount_minor <> (0)::numeric));

ALTER TABLE subscription.credit_entries ADD CONSTRAINT credit_entries_check CHECK (((kind = ANY (ARRAY['grant'::text, 'return'::text])) = (amount_minor > (0)::numeric)));

ALTER TABLE subscription.credit_entries ADD CONSTRAINT credit_entries_check1 CHECK (((kind = ANY (ARRAY['use'::text, 'return'::text])) = (invoice_id IS NOT NULL)));

ALTER TABLE subscription.credit_entries ADD CONSTRAINT credit_entries_kind_check CHECK ((kind = ANY (ARRAY['grant'::text, 'use'::text, 'return'::text, 'expiry'::text, 'void'::text, 'refund'::text])));

ALTER TABLE subscription.credit_entries ADD CONSTRAINT credit_entries_pkey PRIMARY KEY (id);

ALTER TABLE subscription.credit_grants ADD CONSTRAINT credit_grants_amount_minor_check CHECK ((amount_minor > (0)::numeric));

ALTER TABLE subscription.credit_grants ADD CONSTRAINT credit_grants_check CHECK (((remaining_minor >= (0)::numeric) AND (remaining_minor <= amount_minor)));

ALTER TABLE subscription.credit_grants ADD CONSTRAINT credit_grants_check1 CHECK (((kind = 'promotional'::text) = (source_type = 'promotion'::text)));

ALTER TABLE subscription.credit_grants ADD CONSTRAINT credit_grants_kind_check CHECK ((kind = ANY (ARRAY['paid'::text, 'promotional'::text])));

ALTER TABLE subscription.credit_grants ADD CONSTRAINT credit_grants_pkey PRIMARY KEY (id);

ALTER TABLE subscription.credit_grants ADD CONSTRAINT credit_grants_source_type_check CHECK ((source_type = ANY (ARRAY['promotion'::text, 'payment'::text, 'credit_note'::text])));

ALTER TABLE subscription.credit_grants ADD CONSTRAINT credit_grants_wallet_id_fkey FOREIGN KEY (wallet_id) REFERENCES subscription.credit_wallets(id);

ALTER TABLE subscription.credit_note_lines ADD CONSTRAINT credit_note_lines_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES subscription.credit_notes(id);

ALTER TABLE subscription.credit_note_lines ADD CONSTRAINT credit_note_lines_pkey PRIMARY KEY (credit_note_id, "position");

ALTER TABLE subscription.credit_notes ADD CONSTRAINT credit_notes_check CHECK (((net_minor + tax_minor) > (0)::numeric));

ALTER TABLE subscription.credit_notes ADD CONSTRAINT credit_notes_check1 CHECK (((settled_minor >= (0)::numeric) AND (settled_minor <= (net_minor + tax_minor))));

ALTER TABLE subscription.credit_notes ADD CONSTRAINT credit_notes_check2 CHECK (((refunded_minor >= (0)::numeric) AND (refunded_minor <= ((net_minor + tax_minor) - settled_minor))));

ALTER TABLE subscription.credit_notes ADD CONSTRAINT credit_notes_pkey PRIMARY KEY (id);

ALTER TABLE subscription.credit_notes ADD CONSTRAINT credit_notes_tenant_id_legal_entity_id_number_key UNIQUE (tenant_id, legal_entity_id, number);

ALTER TABLE subscription.credit_purchases ADD CONSTRAINT credit_purchases_cause_check CHECK ((cause = ANY (ARRAY['request'::text, 'top_up'::text])));

ALTER TABLE subscription.credit_purchases ADD CONSTRAINT credit_purchases_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES subscription.payments(id);

ALTER TABLE subscription.credit_purchases ADD CONSTRAINT credit_purchases_pkey PRIMARY KEY (payment_id);

ALTER TABLE subscription.credit_purchases ADD CONSTRAINT credit_purchases_wallet_id_fkey FOREIGN KEY (wallet_id) REFERENCES subscription.credit_wallets(id);

ALTER TABLE subscription.credit_wallets ADD CONSTRAINT credit_wallets_balance_minor_check CHECK ((balance_minor >= (0)::numeric));

ALTER TABLE subscription.credit_wallets ADD CONSTRAINT credit_wallets_check CHECK (((top_up_threshold_minor IS NULL) = (top_up_amount_minor IS NULL)));

ALTER TABLE subscription.credit_wallets ADD CONSTRAINT credit_wallets_low_balance_minor_check CHECK ((low_balance_minor > (0)::numeric));

ALTER TABLE subscription.credit_wallets ADD CONSTRAINT credit_wallets_pkey PRIMARY KEY (id);

ALTER TABLE subscription.credit_wallets ADD CONSTRAINT credit_wallets_tenant_id_account_id_currency_key UNIQUE (tenant_id, account_id, currency);

ALTER TABLE subscription.credit_wallets ADD CONSTRAINT credit_wallets_top_up_amount_minor_check CHECK ((top_up_amount_minor > (0)::numeric));

ALTER TABLE subscription.credit_wallets ADD CONSTRAINT credit_wallets_top_up_expiry_days_check CHECK ((top_up_expiry_days > 0));

ALTER TABLE subscription.credit_wallets ADD CONSTRAINT credit_wallets_top_up_threshold_minor_check CHECK ((top_up_threshold_minor > (0)::numeric));

ALTER TABLE subscription.dispute_events ADD CONSTRAINT dispute_events_dispute_id_fkey FOREIGN KEY (dispute_id) REFERENCES subscription.disputes(id);

ALTER TABLE subscription.dispute_events ADD CONSTRAINT dispute_events_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'note'::text, 'investigating'::text, 'assigned'::text, 'chargeback_linked'::text, 'resolved'::text, 'rejected'::text])));

ALTER TABLE subscription.dispute_events ADD CONSTRAINT dispute_events_pkey PRIMARY KEY (id);

ALTER TABLE subscription.dispute_evidence ADD CONSTRAINT dispute_evidence_dispute_id_fkey FOREIGN KEY (dispute_id) REFERENCES subscription.disputes(id);

ALTER TABLE subscription.dispute_evidence ADD CONSTRAINT dispute_evidence_pkey PRIMARY KEY (dispute_id, part, page);

ALTER TABLE subscription.dispute_invoices ADD CONSTRAINT dispute_invoices_dispute_id_fkey FOREIGN KEY (dispute_id) REFERENCES subscription.disputes(id);

ALTER TABLE subscription.dispute_invoices ADD CONSTRAINT dispute_invoices_pkey PRIMARY KEY (dispute_id, invoice_id);

ALTER TABLE subscription.disputes ADD CONSTRAINT disputes_chargeback_id_fkey FOREIGN KEY (chargeback_id) REFERENCES subscription.chargebacks(id);

ALTER TABLE subscription.disputes ADD CONSTRAINT disputes_check CHECK (((status = ANY (ARRAY['resolved'::text, 'rejected'::text])) = (closed_at IS NOT NULL)));

ALTER TABLE subscription.disputes ADD CONSTRAINT disputes_check1 CHECK (((closed_at IS NULL) = (outcome IS NULL)));

ALTER TABLE subscription.disputes ADD CONSTRAINT disputes_pkey PRIMARY KEY (id);

ALTER TABLE subscription.disputes ADD CONSTRAINT disputes_reason_check CHECK ((reason = ANY (ARRAY['service_not_received'::text, 'overcharged'::text, 'charged_after_cancellation'::text, 'duplicate'::text, 'other'::text])));

ALTER TABLE subscription.disputes ADD CONSTRAINT disputes_status_check CHECK ((status = ANY (ARRAY['open'::text, 'investigating'::text, 'resolved'::text, 'rejected'::text])));

ALTER TABLE subscription.dunning_policies ADD CONSTRAINT dunning_policies_pkey PRIMARY KEY (id);

ALTER TABLE subscription.dunning_policies ADD CONSTRAINT dunning_policies_tenant_id_legal_entity_id_key UNIQUE NULLS NOT DISTINCT (tenant_id, legal_entity_id);

ALTER TABLE subscription.dunnings ADD CONSTRAINT dunnings_paused_check CHECK ((paused = ANY (ARRAY['refund'::text, 'chargeback'::text, 'agent'::text, 'dispute'::text])));

ALTER TABLE subscription.dunnings ADD CONSTRAINT dunnings_pkey PRIMARY KEY (invoice_id);

ALTER TABLE subscription.ended_usage ADD CONSTRAINT ended_usage_pkey PRIMARY KEY (subscription_id);

ALTER TABLE subscription.gateway_accounts ADD CONSTRAINT gateway_accounts_gateway_check CHECK ((gateway = 'stripe'::text));

ALTER TABLE subscription.gateway_accounts ADD CONSTRAINT gateway_accounts_pkey PRIMARY KEY (id);

ALTER TABLE subscription.gateway_customers ADD CONSTRAINT gateway_customers_gateway_account_id_fkey FOREIGN KEY (gateway_account_id) REFERENCES subscription.gateway_accounts(id);

ALTER TABLE subscription.gateway_customers ADD CONSTRAINT gateway_customers_gateway_account_id_gateway_customer_id_key UNIQUE (gateway_account_id, gateway_customer_id);

ALTER TABLE subscription.gateway_customers ADD CONSTRAINT gateway_customers_pkey PRIMARY KEY (gateway_account_id, account_id);

ALTER TABLE subscription.gateway_events ADD CONSTRAINT gateway_events_gateway_account_id_fkey FOREIGN KEY (gateway_account_id) REFERENCES subscription.gateway_accounts(id);

ALTER TABLE subscription.gateway_events ADD CONSTRAINT gateway_events_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'unchanged'::text, 'ignored'::text])));

ALTER TABLE subscription.gateway_events ADD CONSTRAINT gateway_events_pkey PRIMARY KEY (gateway_account_id, event_id);

ALTER TABLE subscription.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE subscription.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE subscription.invoice_lines ADD CONSTRAINT invoice_lines_key UNIQUE (subscription_id, period_index, phase_id, price_id, kind, sequence);

ALTER TABLE subscription.invoice_lines ADD CONSTRAINT invoice_lines_kind_check CHECK ((kind = ANY (ARRAY['recurring'::text, 'usage'::text, 'adjustment'::text, 'minimum'::text, 'maximum'::text, 'one_off'::text])));

ALTER TABLE subscription.invoice_lines ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (invoice_id, "position");

ALTER TABLE subscription.invoice_numbers ADD CONSTRAINT invoice_numbers_pkey PRIMARY KEY (tenant_id, legal_entity_id, series);

ALTER TABLE subscription.invoice_numbers ADD CONSTRAINT invoice_numbers_series_check CHECK ((series = ANY (ARRAY['invoice'::text, 'credit_note'::text])));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_calculation_check CHECK ((calculation = ANY (ARRAY['pending'::text, 'untaxed'::text, 'done'::text])));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_check CHECK (((number IS NULL) = (finalized_at IS NULL)));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_check1 CHECK (((number IS NOT NULL) OR (status = ANY (ARRAY['draft'::text, 'void'::text]))));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_check2 CHECK (((calculation = 'done'::text) OR (status = ANY (ARRAY['draft'::text, 'void'::text]))));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_pkey PRIMARY KEY (id);

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_reason_check CHECK ((reason = ANY (ARRAY['period'::text, 'threshold'::text, 'one_off'::text])));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'finalized'::text, 'past_due'::text, 'paid'::text, 'void'::text, 'written_off'::text])));

ALTER TABLE subscription.invoices ADD CONSTRAINT invoices_tenant_id_legal_entity_id_number_key UNIQUE (tenant_id, legal_entity_id, number);

ALTER TABLE subscription.kept_tenants ADD CONSTRAINT kept_tenants_pkey PRIMARY KEY (tenant_id);

ALTER TABLE subscription.kill_bill_accounts ADD CONSTRAINT kill_bill_accounts_pkey PRIMARY KEY (tenant_id, external_key);

ALTER TABLE subscription.kill_bill_connections ADD CONSTRAINT kill_bill_connections_pkey PRIMARY KEY (tenant_id);

ALTER TABLE subscription.kill_bill_invoice_items ADD CONSTRAINT kill_bill_invoice_items_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE subscription.kill_bill_invoice_items ADD CONSTRAINT kill_bill_invoice_items_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES subscription.kill_bill_invoices(tenant_id, id);

ALTER TABLE subscription.kill_bill_invoices ADD CONSTRAINT kill_bill_invoices_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE subscription.kill_bill_subscriptions ADD CONSTRAINT kill_bill_subscriptions_pkey PRIMARY KEY (tenant_id, subscription_id, track);

ALTER TABLE subscription.kill_bill_usages ADD CONSTRAINT kill_bill_usages_pkey PRIMARY KEY (tenant_id, subscription_id, track, meter, part_from, revision);

ALTER TABLE subscription.late_usage ADD CONSTRAINT late_usage_pkey PRIMARY KEY (tenant_id, account_id, meter, from_at);

ALTER TABLE subscription.late_usage_positions ADD CONSTRAINT late_usage_positions_pkey PRIMARY KEY (tenant_id);

ALTER TABLE subscription.ledger_entries ADD CONSTRAINT ledger_entries_ledger_account_check CHECK ((ledger_account = ANY (ARRAY['receivable'::text, 'revenue'::text, 'tax'::text, 'cash'::text, 'credits'::text, 'write_offs'::text, 'promotions'::text])));

ALTER TABLE subscription.ledger_entries ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (posting_id, "position");

ALTER TABLE subscription.legal_entities ADD CONSTRAINT legal_entities_payment_term_days_check CHECK ((payment_term_days >= 0));

ALTER TABLE subscription.legal_entities ADD CONSTRAINT legal_entities_pkey PRIMARY KEY (id);

ALTER TABLE subscription.legal_entities ADD CONSTRAINT legal_entities_review_hours_check CHECK ((review_hours >= 0));

ALTER TABLE subscription.legal_entities ADD CONSTRAINT legal_entities_tax_rounding_check CHECK ((tax_rounding = ANY (ARRAY['line'::text, 'total'::text])));

ALTER TABLE subscription.legal_entities ADD CONSTRAINT legal_entities_tenant_id_key_key UNIQUE (tenant_id, key);

ALTER TABLE subscription.legal_entity_versions ADD CONSTRAINT legal_entity_versions_pkey PRIMARY KEY (legal_entity_id, version);

ALTER TABLE subscription.money_actions ADD CONSTRAINT money_actions_approval_request_id_key UNIQUE (approval_request_id);

ALTER TABLE subscription.money_actions ADD CONSTRAINT money_actions_check CHECK (((currency IS NULL) = (amount_minor IS NULL)));

ALTER TABLE subscription.money_actions ADD CONSTRAINT money_actions_pkey PRIMARY KEY (id);

ALTER TABLE subscription.notice_settings ADD CONSTRAINT notice_settings_pkey PRIMARY KEY (id);

ALTER TABLE subscription.notice_settings ADD CONSTRAINT notice_settings_tenant_id_legal_entity_id_key UNIQUE NULLS NOT DISTINCT (tenant_id, legal_entity_id);

ALTER TABLE subscription.notices ADD CONSTRAINT notices_check CHECK (((status = ANY (ARRAY['pending'::text, 'sending'::text])) = (next_attempt_at IS NOT NULL)));

ALTER TABLE subscription.notices ADD CONSTRAINT notices_check1 CHECK (((status = 'sent'::text) = (sent_at IS NOT NULL)));

ALTER TABLE subscription.notices ADD CONSTRAINT notices_event_id_key UNIQUE (event_id);

ALTER TABLE subscription.notices ADD CONSTRAINT notices_kind_check CHECK ((kind = ANY (ARRAY['invoice_issued'::text, 'payment_succeeded'::text, 'payment_failed'::text, 'dunning'::text, 'card_expiring'::text])));

ALTER TABLE subscription.notices ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE subscription.notices ADD CONSTRAINT notices_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'skipped'::text, 'refused'::text, 'unknown'::text])));

ALTER TABLE subscription.one_off_charges ADD CONSTRAINT one_off_charges_check CHECK (((invoice_id IS NULL) OR (canceled_at IS NULL)));

ALTER TABLE subscription.one_off_charges ADD CONSTRAINT one_off_charges_pkey PRIMARY KEY (id);

ALTER TABLE subscription.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE subscription.payment_allocations ADD CONSTRAINT payment_allocations_amount_minor_check CHECK ((amount_minor >= (0)::numeric));

ALTER TABLE subscription.payment_allocations ADD CONSTRAINT payment_allocations_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES subscription.payments(id);

ALTER TABLE subscription.payment_allocations ADD CONSTRAINT payment_allocations_pkey PRIMARY KEY (payment_id, invoice_id);

ALTER TABLE subscription.payment_methods ADD CONSTRAINT payment_methods_check CHECK (((NOT is_default) OR (status <> 'removed'::text)));

ALTER TABLE subscription.payment_methods ADD CONSTRAINT payment_methods_expiry_month_check CHECK (((expiry_month >= 1) AND (expiry_month <= 12)));

ALTER TABLE subscription.payment_methods ADD CONSTRAINT payment_methods_gateway_account_id_fkey FOREIGN KEY (gateway_account_id) REFERENCES subscription.gateway_accounts(id);

ALTER TABLE subscription.payment_methods ADD CONSTRAINT payment_methods_gateway_account_id_gateway_method_id_key UNIQUE (gateway_account_id, gateway_method_id);

ALTER TABLE subscription.payment_methods ADD CONSTRAINT payment_methods_pkey PRIMARY KEY (id);

ALTER TABLE subscription.payment_methods ADD CONSTRAINT payment_methods_status_check CHECK ((status = ANY (ARRAY['active'::text, 'declined'::text, 'removed'::text])));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_amount_minor_check CHECK ((amount_minor > (0)::numeric));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_applied_minor_check CHECK ((applied_minor >= (0)::numeric));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_cause_check CHECK ((cause = ANY (ARRAY['request'::text, 'automatic'::text, 'recorded'::text])));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_charged_back_minor_check CHECK ((charged_back_minor >= (0)::numeric));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_check CHECK ((((applied_minor + refunded_minor) + charged_back_minor) <= amount_minor));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_check1 CHECK (((status = 'succeeded'::text) OR (((applied_minor + refunded_minor) + charged_back_minor) = (0)::numeric)));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_check2 CHECK (((((applied_minor + refunded_minor) + charged_back_minor) + granted_minor) <= amount_minor));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_check3 CHECK (((status = 'succeeded'::text) OR (granted_minor = (0)::numeric)));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_failure_check CHECK ((failure = ANY (ARRAY['hard'::text, 'soft'::text, 'authentication'::text, 'temporary'::text, 'refused'::text, 'canceled'::text])));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_gateway_account_id_fkey FOREIGN KEY (gateway_account_id) REFERENCES subscription.gateway_accounts(id);

ALTER TABLE subscription.payments ADD CONSTRAINT payments_gateway_account_id_gateway_payment_id_key UNIQUE (gateway_account_id, gateway_payment_id);

ALTER TABLE subscription.payments ADD CONSTRAINT payments_gateway_check CHECK ((gateway = ANY (ARRAY['stripe'::text, 'manual'::text, 'bank_transfer'::text])));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_granted_minor_check CHECK ((granted_minor >= (0)::numeric));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_payment_method_id_fkey FOREIGN KEY (payment_method_id) REFERENCES subscription.payment_methods(id);

ALTER TABLE subscription.payments ADD CONSTRAINT payments_pkey PRIMARY KEY (id);

ALTER TABLE subscription.payments ADD CONSTRAINT payments_refunded_minor_check CHECK ((refunded_minor >= (0)::numeric));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'requires_action'::text, 'unknown'::text, 'succeeded'::text, 'failed'::text])));

ALTER TABLE subscription.payments ADD CONSTRAINT payments_tenant_id_request_key_key UNIQUE (tenant_id, request_key);

ALTER TABLE subscription.phases ADD CONSTRAINT phases_check CHECK ((to_date >= from_date));

ALTER TABLE subscription.phases ADD CONSTRAINT phases_phase_kind_check CHECK ((phase_kind = ANY (ARRAY['trial'::text, 'intro'::text, 'evergreen'::text])));

ALTER TABLE subscription.phases ADD CONSTRAINT phases_pkey PRIMARY KEY (id);

ALTER TABLE subscription.phases ADD CONSTRAINT phases_quantity_check CHECK ((quantity >= 0));

ALTER TABLE subscription.phases ADD CONSTRAINT phases_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription.subscriptions(id);

ALTER TABLE subscription.phases ADD CONSTRAINT phases_subscription_id_track_from_date_from_at_key UNIQUE NULLS NOT DISTINCT (subscription_id, track, from_date, from_at);

ALTER TABLE subscription.phases ADD CONSTRAINT phases_tenant_id_plan_id_plan_version_currency_fkey FOREIGN KEY (tenant_id, plan_id, plan_version, currency) REFERENCES subscription.plan_versions(tenant_id, plan_id, version, currency);

ALTER TABLE subscription.plan_versions ADD CONSTRAINT plan_versions_period_count_check CHECK ((period_count > 0));

ALTER TABLE subscription.plan_versions ADD CONSTRAINT plan_versions_period_unit_check CHECK ((period_unit = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'year'::text])));

ALTER TABLE subscription.plan_versions ADD CONSTRAINT plan_versions_pkey PRIMARY KEY (tenant_id, plan_id, version, currency);

ALTER TABLE subscription.refunds ADD CONSTRAINT refunds_amount_minor_check CHECK ((amount_minor > (0)::numeric));

ALTER TABLE subscription.refunds ADD CONSTRAINT refunds_gateway_account_id_gateway_refund_id_key UNIQUE (gateway_account_id, gateway_refund_id);

ALTER TABLE subscription.refunds ADD CONSTRAINT refunds_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES subscription.payments(id);

ALTER TABLE subscription.refunds ADD CONSTRAINT refunds_pkey PRIMARY KEY (id);

ALTER TABLE subscription.refunds ADD CONSTRAINT refunds_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'unknown'::text, 'succeeded'::text, 'failed'::text])));

ALTER TABLE subscription.refunds ADD CONSTRAINT refunds_tenant_id_request_key_key UNIQUE (tenant_id, request_key);

ALTER TABLE subscription.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_check CHECK ((((ends_on IS NULL) = (ends_at IS NULL)) AND (((status = 'active'::text) AND ((ends_on IS NULL) OR (term IS NOT NULL))) OR ((status = 'canceled'::text) AND (ends_on IS NOT NULL)))));

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_period_count_check CHECK ((period_count > 0));

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_period_unit_check CHECK ((period_unit = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'year'::text])));

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_proration_basis_check CHECK ((proration_basis = ANY (ARRAY['day'::text, 'second'::text])));

ALTER TABLE subscription.subscriptions ADD CONSTRAINT subscriptions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'canceled'::text])));

ALTER TABLE subscription.tax_rates ADD CONSTRAINT tax_rates_check CHECK ((valid_to > valid_from));

ALTER TABLE subscription.tax_rates ADD CONSTRAINT tax_rates_percent_check CHECK (((percent >= (0)::numeric) AND (percent <= (100)::numeric)));

ALTER TABLE subscription.tax_rates ADD CONSTRAINT tax_rates_pkey PRIMARY KEY (id);

ALTER TABLE subscription.tax_rates ADD CONSTRAINT tax_rates_tenant_id_legal_entity_id_category_country_region_key UNIQUE (tenant_id, legal_entity_id, category, country, region, valid_from);

ALTER TABLE subscription.trials ADD CONSTRAINT trials_pkey PRIMARY KEY (tenant_id, account_id, subject);

-- indexes

CREATE INDEX account_entitlements_due ON subscription.account_entitlements USING btree (changes_at) WHERE (changes_at IS NOT NULL);

CREATE INDEX approval_requests_dispute ON subscription.approval_requests USING btree (dispute_id, id) WHERE (dispute_id IS NOT NULL);

CREATE INDEX approval_requests_newest ON subscription.approval_requests USING btree (tenant_id, id);

CREATE INDEX approval_requests_open ON subscription.approval_requests USING btree (tenant_id, status, id) WHERE (status = ANY (ARRAY['pending'::text, 'approved'::text]));

CREATE UNIQUE INDEX approval_requests_pending ON subscription.approval_requests USING btree (tenant_id, requested_by, input_hash) WHERE (status = 'pending'::text);

CREATE INDEX bank_transfers_newest ON subscription.bank_transfers USING btree (tenant_id, id);

CREATE INDEX chargebacks_newest ON subscription.chargebacks USING btree (tenant_id, id);

CREATE INDEX chargebacks_payment ON subscription.chargebacks USING btree (payment_id);

CREATE INDEX coupon_redemptions_account ON subscription.coupon_redemptions USING btree (tenant_id, account_id);

CREATE UNIQUE INDEX coupon_redemptions_once ON subscription.coupon_redemptions USING btree (tenant_id, coupon_id, account_id) WHERE once_per_account;

CREATE INDEX coupon_redemptions_subscription ON subscription.coupon_redemptions USING btree (tenant_id, subscription_id);

CREATE INDEX coupon_uses_invoice ON subscription.coupon_uses USING btree (invoice_id);

CREATE INDEX credit_entries_grant ON subscription.credit_entries USING btree (grant_id, id);

CREATE INDEX credit_entries_invoice ON subscription.credit_entries USING btree (invoice_id) WHERE (invoice_id IS NOT NULL);

CREATE INDEX credit_entries_wallet ON subscription.credit_entries USING btree (wallet_id, id);

CREATE INDEX credit_grants_expiring ON subscription.credit_grants USING btree (tenant_id, expires_at, id) WHERE ((remaining_minor > (0)::numeric) AND (expires_at IS NOT NULL));

CREATE INDEX credit_grants_source ON subscription.credit_grants USING btree (source_id);

CREATE INDEX credit_grants_usable ON subscription.credit_grants USING btree (wallet_id) WHERE (remaining_minor > (0)::numeric);

CREATE INDEX credit_grants_wallet ON subscription.credit_grants USING btree (wallet_id, id);

CREATE INDEX credit_note_lines_invoice ON subscription.credit_note_lines USING btree (invoice_id, "position");

CREATE INDEX credit_notes_invoice ON subscription.credit_notes USING btree (invoice_id, id);

CREATE INDEX credit_notes_newest ON subscription.credit_notes USING btree (tenant_id, id);

CREATE INDEX credit_purchases_wallet ON subscription.credit_purchases USING btree (wallet_id, payment_id);

CREATE INDEX credit_wallets_top_up ON subscription.credit_wallets USING btree (tenant_id, id) WHERE ((top_up_threshold_minor IS NOT NULL) AND (balance_minor < top_up_threshold_minor));

CREATE INDEX dispute_events_dispute ON subscription.dispute_events USING btree (dispute_id, id);

CREATE INDEX dispute_invoices_invoice ON subscription.dispute_invoices USING btree (invoice_id);

CREATE INDEX disputes_account ON subscription.disputes USING btree (tenant_id, account_id, id);

CREATE INDEX disputes_newest ON subscription.disputes USING btree (tenant_id, id);

CREATE INDEX ended_usage_due ON subscription.ended_usage USING btree (tenant_id, subscription_id);

CREATE INDEX gateway_events_kept ON subscription.gateway_events USING btree (received_at) WHERE (payload IS NOT NULL);

CREATE INDEX gateway_events_newest ON subscription.gateway_events USING btree (tenant_id, received_at, event_id);

CREATE INDEX idempotency_keys_created_at ON subscription.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_handled_at ON subscription.inbox USING brin (handled_at);

CREATE UNIQUE INDEX invoice_lines_limit_key ON subscription.invoice_lines USING btree (subscription_id, period_index, phase_id, price_key, kind, sequence) WHERE ((price_id IS NULL) AND (subscription_id IS NOT NULL));

CREATE INDEX invoices_account ON subscription.invoices USING btree (tenant_id, account_id, billed_at, id);

CREATE UNIQUE INDEX invoices_group ON subscription.invoices USING btree (tenant_id, group_key) WHERE ((group_key IS NOT NULL) AND (status = 'draft'::text));

CREATE INDEX invoices_largest ON subscription.invoices USING btree (tenant_id, total_minor, id);

CREATE INDEX invoices_newest ON subscription.invoices USING btree (tenant_id, billed_at, id);

CREATE INDEX invoices_open ON subscription.invoices USING btree (tenant_id, due_on, id) WHERE (status = ANY (ARRAY['finalized'::text, 'past_due'::text]));

CREATE INDEX invoices_review ON subscription.invoices USING btree (tenant_id, review_until, id) WHERE ((status = 'draft'::text) AND (review_until IS NOT NULL));

CREATE INDEX invoices_subscription ON subscription.invoices USING btree (tenant_id, subscription_id, billed_at, id) WHERE (subscription_id IS NOT NULL);

CREATE INDEX invoices_uncalculated ON subscription.invoices USING btree (tenant_id, id) WHERE ((status = 'draft'::text) AND (calculation <> 'done'::text));

CREATE INDEX kill_bill_accounts_account ON subscription.kill_bill_accounts USING btree (tenant_id, account_id);

CREATE INDEX kill_bill_invoice_items_invoice ON subscription.kill_bill_invoice_items USING btree (tenant_id, invoice_id);

CREATE INDEX kill_bill_invoices_account ON subscription.kill_bill_invoices USING btree (tenant_id, account_id);

CREATE INDEX kill_bill_subscriptions_account ON subscription.kill_bill_subscriptions USING btree (tenant_id, account_id);

CREATE INDEX ledger_entries_account ON subscription.ledger_entries USING btree (tenant_id, account_id, posted_at);

CREATE INDEX money_actions_actor ON subscription.money_actions USING btree (tenant_id, actor_id, action, currency, happened_at);

CREATE INDEX money_actions_dispute ON subscription.money_actions USING btree (dispute_id, id) WHERE (dispute_id IS NOT NULL);

CREATE INDEX notices_account ON subscription.notices USING btree (tenant_id, account_id, id);

CREATE INDEX notices_due ON subscription.notices USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);

CREATE INDEX notices_invoice ON subscription.notices USING btree (invoice_id, id) WHERE (invoice_id IS NOT NULL);

CREATE INDEX notices_newest ON subscription.notices USING btree (tenant_id, id);

CREATE INDEX one_off_charges_newest ON subscription.one_off_charges USING btree (tenant_id, id);

CREATE INDEX one_off_charges_pending ON subscription.one_off_charges USING btree (tenant_id, account_id) WHERE ((invoice_id IS NULL) AND (canceled_at IS NULL));

CREATE INDEX outbox_order ON subscription.outbox USING btree (transaction_id, sequence);

CREATE INDEX payment_allocations_invoice ON subscription.payment_allocations USING btree (invoice_id);

CREATE INDEX payment_methods_account ON subscription.payment_methods USING btree (tenant_id, account_id, id);

CREATE UNIQUE INDEX payment_methods_default ON subscription.payment_methods USING btree (tenant_id, account_id) WHERE is_default;

CREATE INDEX payment_methods_expiry ON subscription.payment_methods USING btree (tenant_id, expiry_year, expiry_month) WHERE ((status = 'active'::text) AND (expiry_year IS NOT NULL));

CREATE INDEX payments_account ON subscription.payments USING btree (tenant_id, account_id, id);

CREATE INDEX payments_invoice ON subscription.payments USING btree (invoice_id, id) WHERE (invoice_id IS NOT NULL);

CREATE INDEX payments_newest ON subscription.payments USING btree (tenant_id, id);

CREATE UNIQUE INDEX payments_running ON subscription.payments USING btree (invoice_id) WHERE (status = ANY (ARRAY['pending'::text, 'requires_action'::text, 'unknown'::text]));

CREATE INDEX payments_succeeded ON subscription.payments USING btree (tenant_id, succeeded_at) WHERE (succeeded_at IS NOT NULL);

CREATE INDEX payments_unresolved ON subscription.payments USING btree (tenant_id, check_at) WHERE (check_at IS NOT NULL);

CREATE INDEX phases_plan ON subscription.phases USING btree (tenant_id, plan_id, plan_version);

CREATE INDEX refunds_newest ON subscription.refunds USING btree (tenant_id, id);

CREATE INDEX refunds_payment ON subscription.refunds USING btree (payment_id, id);

CREATE INDEX refunds_unresolved ON subscription.refunds USING btree (tenant_id, check_at) WHERE (check_at IS NOT NULL);

CREATE INDEX subscriptions_account ON subscription.subscriptions USING btree (tenant_id, account_id, id);

CREATE INDEX subscriptions_due ON subscription.subscriptions USING btree (tenant_id, bill_next_at, id) WHERE (bill_next_at IS NOT NULL);

CREATE INDEX subscriptions_newest ON subscription.subscriptions USING btree (tenant_id, id);

CREATE INDEX subscriptions_term_next ON subscription.subscriptions USING btree (tenant_id, term_next_at, id) WHERE (term_next_at IS NOT NULL);

-- row-level security

ALTER TABLE subscription.account_entitlements FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.approval_requests FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.approval_rules FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.bank_transfers FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.billing_thresholds FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.chargebacks FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.coupon_counters FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.coupon_redemptions FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.coupon_uses FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.credit_entries FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.credit_grants FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.credit_note_lines FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.credit_notes FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.credit_purchases FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.credit_wallets FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.dispute_events FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.dispute_evidence FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.dispute_invoices FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.disputes FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.dunning_policies FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.dunnings FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.ended_usage FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.gateway_accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.gateway_customers FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.gateway_events FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.invoice_lines FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.invoice_numbers FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.invoices FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.kept_tenants FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.kill_bill_accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.kill_bill_connections FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.kill_bill_invoice_items FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.kill_bill_invoices FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.kill_bill_subscriptions FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.kill_bill_usages FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.late_usage FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.late_usage_positions FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.ledger_entries FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.legal_entities FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.legal_entity_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.money_actions FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.notice_settings FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.notices FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.one_off_charges FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.payment_allocations FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.payment_methods FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.payments FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.phases FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.plan_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.refunds FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.subscriptions FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.tax_rates FORCE ROW LEVEL SECURITY;

ALTER TABLE subscription.trials FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY platform_scope ON subscription.account_entitlements FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON subscription.account_entitlements FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.approval_requests FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.approval_rules FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.bank_transfers FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.billing_thresholds FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.chargebacks FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.coupon_counters FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.coupon_redemptions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.coupon_uses FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.credit_entries FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.credit_grants FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.credit_note_lines FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.credit_notes FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.credit_purchases FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.credit_wallets FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.dispute_events FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.dispute_evidence FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.dispute_invoices FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.disputes FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.dunning_policies FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.dunnings FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.ended_usage FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON subscription.gateway_accounts FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON subscription.gateway_accounts FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.gateway_customers FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON subscription.gateway_events FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON subscription.gateway_events FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON subscription.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY tenant_isolation ON subscription.invoice_lines FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.invoice_numbers FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.invoices FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON subscription.kept_tenants FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON subscription.kept_tenants FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.kill_bill_accounts FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON subscription.kill_bill_connections FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON subscription.kill_bill_connections FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.kill_bill_invoice_items FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.kill_bill_invoices FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.kill_bill_subscriptions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.kill_bill_usages FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.late_usage FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.late_usage_positions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.ledger_entries FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.legal_entities FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.legal_entity_versions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.money_actions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.notice_settings FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON subscription.notices FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON subscription.notices FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.one_off_charges FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.payment_allocations FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.payment_methods FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.payments FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.phases FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.plan_versions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.refunds FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.subscriptions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.tax_rates FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON subscription.trials FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

-- functions

CREATE OR REPLACE FUNCTION subscription.check_new_lines()
 RETURNS trigger
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT invoice_id FROM inserted) line LEFT JOIN subscription.invoices i ON i.id = line.invoice_id
    WHERE i.id IS NULL OR (i.status <> 'draft' AND i.xmin <> pg_current_xact_id()::xid)
  ) THEN
    RAISE EXCEPTION 'lines need an invoice that is not final' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION subscription.check_postings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (SELECT FROM inserted GROUP BY posting_id, currency HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION 'a posting must add up to zero' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION subscription.keep_credit_entries()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'entries of credits are append-only' USING ERRCODE = 'restrict_violation';
END $function$
;

CREATE OR REPLACE FUNCTION subscription.keep_credit_note()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$
;

CREATE OR REPLACE FUNCTION subscription.keep_dispute_record()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'what was recorded of disputes and of money given away never changes' USING ERRCODE = 'restrict_violation';
END $function$
;

CREATE OR REPLACE FUNCTION subscription.keep_final_invoice()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$
;

CREATE OR REPLACE FUNCTION subscription.keep_ledger()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $function$
;

CREATE OR REPLACE FUNCTION subscription.keep_lines()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$
;

-- triggers

CREATE TRIGGER keep_credit_entries BEFORE DELETE OR UPDATE ON subscription.credit_entries FOR EACH ROW EXECUTE FUNCTION subscription.keep_credit_entries();

CREATE TRIGGER keep_credit_note_lines BEFORE DELETE OR UPDATE ON subscription.credit_note_lines FOR EACH ROW EXECUTE FUNCTION subscription.keep_credit_note();

CREATE TRIGGER keep_credit_note BEFORE DELETE OR UPDATE ON subscription.credit_notes FOR EACH ROW EXECUTE FUNCTION subscription.keep_credit_note();

CREATE TRIGGER keep_dispute_events BEFORE DELETE OR UPDATE ON subscription.dispute_events FOR EACH ROW EXECUTE FUNCTION subscription.keep_dispute_record();

CREATE TRIGGER keep_dispute_evidence BEFORE DELETE OR UPDATE ON subscription.dispute_evidence FOR EACH ROW EXECUTE FUNCTION subscription.keep_dispute_record();

CREATE TRIGGER check_new_lines AFTER INSERT ON subscription.invoice_lines REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION subscription.check_new_lines();

CREATE TRIGGER keep_lines BEFORE DELETE OR UPDATE ON subscription.invoice_lines FOR EACH ROW EXECUTE FUNCTION subscription.keep_lines();

CREATE TRIGGER keep_final_invoice BEFORE DELETE OR UPDATE ON subscription.invoices FOR EACH ROW WHEN ((old.status <> 'draft'::text)) EXECUTE FUNCTION subscription.keep_final_invoice();

CREATE TRIGGER check_postings AFTER INSERT ON subscription.ledger_entries REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION subscription.check_postings();

CREATE TRIGGER keep_ledger BEFORE DELETE OR UPDATE ON subscription.ledger_entries FOR EACH ROW EXECUTE FUNCTION subscription.keep_ledger();

CREATE TRIGGER keep_money_actions BEFORE DELETE OR UPDATE ON subscription.money_actions FOR EACH ROW EXECUTE FUNCTION subscription.keep_dispute_record();
