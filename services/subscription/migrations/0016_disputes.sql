-- How much of a customer's money somebody may give away by their own word. Amounts in the smallest unit; null: no limit.
CREATE TABLE subscription.approval_rules (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  action text NOT NULL CHECK (action IN ('refund', 'credit_note', 'write_off', 'void', 'adjustment', 'credit')),
  -- A built-in role, or a permission (it has a colon) by which roles of the tenant's own are told apart.
  holder text NOT NULL,
  currency text NOT NULL,
  amount_minor numeric(60, 0) CHECK (amount_minor >= 0),
  day_minor numeric(60, 0) CHECK (day_minor >= 0),
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, action, holder, currency)
);
CALL plinth.protect_tenant_table('subscription.approval_rules');

-- What somebody wanted to do that was above their limit. Done once at most: its status changes with what it does.
CREATE TABLE subscription.approval_requests (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  action text NOT NULL,
  account_id uuid NOT NULL,
  dispute_id uuid,
  currency text NOT NULL,
  amount_minor numeric(60, 0) NOT NULL CHECK (amount_minor >= 0),
  reason text NOT NULL,
  -- With which it is done, once it is approved.
  input jsonb NOT NULL,
  input_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'approved', 'executed', 'failed', 'rejected', 'canceled', 'expired')),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  attempts integer NOT NULL DEFAULT 0,
  attempted_at timestamptz,
  executed_at timestamptz,
  result_type text,
  result_id uuid,
  failure_code text,
  failure_message text,
  version integer NOT NULL,
  CHECK (decided_by IS NULL OR decided_by <> requested_by OR status = 'canceled'),
  CHECK (status NOT IN ('approved', 'executed', 'failed', 'rejected') OR decided_by IS NOT NULL),
  CHECK ((status = 'executed') = (executed_at IS NOT NULL))
);
CALL plinth.protect_tenant_table('subscription.approval_requests');
-- Asked for again, it is the same request.
CREATE UNIQUE INDEX approval_requests_pending ON subscription.approval_requests (tenant_id, requested_by, input_hash) WHERE status = 'pending';
CREATE INDEX approval_requests_newest ON subscription.approval_requests (tenant_id, id);
CREATE INDEX approval_requests_open ON subscription.approval_requests (tenant_id, status, id) WHERE status IN ('pending', 'approved');
CREATE INDEX approval_requests_dispute ON subscription.approval_requests (dispute_id, id) WHERE dispute_id IS NOT NULL;

-- Every action that gives a customer's money away, with who answers for it: whom limits count it for.
CREATE TABLE subscription.money_actions (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  action text NOT NULL,
  account_id uuid NOT NULL,
  -- Null: an action without an amount, such as a usage correction.
  currency text,
  amount_minor numeric(60, 0),
  reason text NOT NULL,
  -- What came of it.
  result_type text NOT NULL,
  result_id text NOT NULL,
  dispute_id uuid,
  approval_request_id uuid UNIQUE,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  happened_at timestamptz NOT NULL,
  CHECK ((currency IS NULL) = (amount_minor IS NULL))
);
CALL plinth.protect_tenant_table('subscription.money_actions');
CREATE INDEX money_actions_actor ON subscription.money_actions (tenant_id, actor_id, action, currency, happened_at);
CREATE INDEX money_actions_dispute ON subscription.money_actions (dispute_id, id) WHERE dispute_id IS NOT NULL;

CREATE TABLE subscription.disputes (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason IN ('service_not_received', 'overcharged', 'charged_after_cancellation', 'duplicate', 'other')),
  description text NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'investigating', 'resolved', 'rejected')),
  assignee_id text,
  currency text NOT NULL,
  disputed_minor numeric(60, 0) NOT NULL,
  -- The time that the evidence was taken of.
  evidence_from timestamptz NOT NULL,
  evidence_to timestamptz NOT NULL,
  chargeback_id uuid REFERENCES subscription.chargebacks,
  outcome text,
  opened_by text NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  closed_at timestamptz,
  CHECK ((status IN ('resolved', 'rejected')) = (closed_at IS NOT NULL)),
  CHECK ((closed_at IS NULL) = (outcome IS NULL))
);
CALL plinth.protect_tenant_table('subscription.disputes');
CREATE INDEX disputes_newest ON subscription.disputes (tenant_id, id);
CREATE INDEX disputes_account ON subscription.disputes (tenant_id, account_id, id);

-- The invoices that a dispute is about; positions: lines of them, empty for the whole invoice.
CREATE TABLE subscription.dispute_invoices (
  dispute_id uuid NOT NULL REFERENCES subscription.disputes,
  invoice_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  positions integer[] NOT NULL,
  disputed_minor numeric(60, 0) NOT NULL,
  PRIMARY KEY (dispute_id, invoice_id)
);
CALL plinth.protect_tenant_table('subscription.dispute_invoices');
CREATE INDEX dispute_invoices_invoice ON subscription.dispute_invoices (invoice_id);

-- What happened to a dispute, notes too. Never changed.
CREATE TABLE subscription.dispute_events (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  dispute_id uuid NOT NULL REFERENCES subscription.disputes,
  kind text NOT NULL CHECK (kind IN ('opened', 'note', 'investigating', 'assigned', 'chargeback_linked', 'resolved', 'rejected')),
  actor_id text NOT NULL,
  content jsonb NOT NULL,
  happened_at timestamptz NOT NULL
);
CALL plinth.protect_tenant_table('subscription.dispute_events');
CREATE INDEX dispute_events_dispute ON subscription.dispute_events (dispute_id, id);

-- What was known when a dispute was opened, in pages. Never changed.
CREATE TABLE subscription.dispute_evidence (
  dispute_id uuid NOT NULL REFERENCES subscription.disputes,
  part text NOT NULL,
  page integer NOT NULL,
  tenant_id uuid NOT NULL,
  items jsonb NOT NULL,
  -- Null: all of the part is here, or the next page goes on; otherwise why something is missing.
  missing text,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (dispute_id, part, page)
);
CALL plinth.protect_tenant_table('subscription.dispute_evidence');

CREATE FUNCTION subscription.keep_dispute_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.tenant_id::text = current_setting('plinth.deleting_tenant', true) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'what was recorded of disputes and of money given away never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_dispute_events BEFORE UPDATE OR DELETE ON subscription.dispute_events
  FOR EACH ROW EXECUTE FUNCTION subscription.keep_dispute_record();
CREATE TRIGGER keep_dispute_evidence BEFORE UPDATE OR DELETE ON subscription.dispute_evidence
  FOR EACH ROW EXECUTE FUNCTION subscription.keep_dispute_record();
CREATE TRIGGER keep_money_actions BEFORE UPDATE OR DELETE ON subscription.money_actions
  FOR EACH ROW EXECUTE FUNCTION subscription.keep_dispute_record();

ALTER TABLE subscription.dunnings DROP CONSTRAINT dunnings_paused_check,
  ADD CONSTRAINT dunnings_paused_check CHECK (paused IN ('refund', 'chargeback', 'agent', 'dispute'));
