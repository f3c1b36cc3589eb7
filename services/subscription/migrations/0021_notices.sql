-- Which mails customers get of a legal entity. The one without a legal entity holds for all others.
CREATE TABLE subscription.notice_settings (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  legal_entity_id uuid,
  kinds text[] NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (tenant_id, legal_entity_id)
);
CALL plinth.protect_tenant_table('subscription.notice_settings');

-- Mails to customers: one for an event at most, and who got what when.
CREATE TABLE subscription.notices (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  event_id uuid NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('invoice_issued', 'payment_succeeded', 'payment_failed', 'dunning', 'card_expiring')),
  account_id uuid NOT NULL,
  invoice_id uuid,
  -- What the event said.
  facts jsonb NOT NULL,
  -- sending: handed over right now; found so later, nobody knows whether it went out, and it is not sent again.
  status text NOT NULL CHECK (status IN ('pending', 'sending', 'sent', 'skipped', 'refused', 'unknown')),
  -- Why it was not sent.
  reason text,
  recipient text,
  language text,
  subject text,
  attempts integer NOT NULL DEFAULT 0,
  -- Null: it is over.
  next_attempt_at timestamptz,
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  CHECK ((status IN ('pending', 'sending')) = (next_attempt_at IS NOT NULL)),
  CHECK ((status = 'sent') = (sent_at IS NOT NULL))
);
CALL plinth.protect_tenant_table('subscription.notices');
CALL plinth.open_to_platform('subscription.notices');
CREATE INDEX notices_due ON subscription.notices (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX notices_newest ON subscription.notices (tenant_id, id);
CREATE INDEX notices_account ON subscription.notices (tenant_id, account_id, id);
CREATE INDEX notices_invoice ON subscription.notices (invoice_id, id) WHERE invoice_id IS NOT NULL;

-- What a gateway said goes after a time; its id stays, so that nothing is taken twice.
ALTER TABLE subscription.gateway_events ALTER COLUMN payload DROP NOT NULL;
CALL plinth.open_to_platform('subscription.gateway_events');
CREATE INDEX gateway_events_kept ON subscription.gateway_events (received_at) WHERE payload IS NOT NULL;

-- coupon: one that an agent redeems; recorded_payment: money that somebody says has come.
ALTER TABLE subscription.approval_rules DROP CONSTRAINT approval_rules_action_check,
  ADD CONSTRAINT approval_rules_action_check
    CHECK (action IN ('refund', 'credit_note', 'write_off', 'void', 'adjustment', 'credit', 'coupon', 'recorded_payment'));
-- Null: what it comes to is not known beforehand, such as a percentage.
ALTER TABLE subscription.approval_requests ALTER COLUMN amount_minor DROP NOT NULL;
