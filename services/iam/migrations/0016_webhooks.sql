-- Where a tenant wants to be told of identity events (Standard Webhooks 1.0).
CREATE TABLE iam.webhook_endpoints (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  url text NOT NULL,
  description text,
  event_types text[] NOT NULL CHECK (cardinality(event_types) > 0),
  -- Encrypted: messages are signed with it.
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_until timestamptz,
  created_by uuid REFERENCES auth.users (id) ON DELETE SET NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  disabled_at timestamptz,
  -- Why: its owners did it, or it failed for days.
  disabled_because text CHECK (disabled_because IN ('owner', 'failing')),
  -- After a failure nothing is sent there before this time: one that is gone must not hold up the others.
  paused_until timestamptz,
  last_success_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT webhook_endpoints_in_tenant UNIQUE (tenant_id, id)
);
CALL plinth.protect_tenant_table('iam.webhook_endpoints');
CALL plinth.open_to_platform('iam.webhook_endpoints');

-- Messages to them; kept for a month.
CREATE TABLE iam.webhook_deliveries (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  event_id uuid NOT NULL,
  event_type text NOT NULL,
  body text NOT NULL,
  status text NOT NULL CHECK (status IN ('waiting', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  next_attempt_at timestamptz,
  last_attempt_at timestamptz,
  last_status integer,
  last_response text,
  last_error text,
  CONSTRAINT webhook_deliveries_once UNIQUE (endpoint_id, event_id),
  CONSTRAINT webhook_deliveries_due CHECK ((status = 'waiting') = (next_attempt_at IS NOT NULL)),
  CONSTRAINT webhook_deliveries_endpoint FOREIGN KEY (tenant_id, endpoint_id)
    REFERENCES iam.webhook_endpoints (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_due ON iam.webhook_deliveries (next_attempt_at) WHERE status = 'waiting';
CREATE INDEX webhook_deliveries_by_endpoint ON iam.webhook_deliveries (tenant_id, endpoint_id, id);
CREATE INDEX webhook_deliveries_by_age ON iam.webhook_deliveries (created_at);
CALL plinth.protect_tenant_table('iam.webhook_deliveries');
CALL plinth.open_to_platform('iam.webhook_deliveries');
