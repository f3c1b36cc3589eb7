-- Ended subscriptions of whose last period usage came, or may have come, after their last invoice. The invoice run
-- looks at these alone.
CREATE TABLE subscription.ended_usage (
  -- No foreign key: it would lock what the invoice run holds.
  subscription_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  -- From then on it is looked at.
  due_at timestamptz NOT NULL,
  -- When nothing of it was known yet.
  came_after timestamptz NOT NULL,
  -- Another one for each reason to look, so that whoever read the usage before it does not put an end to it.
  sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY
);
CALL plinth.protect_tenant_table('subscription.ended_usage');
CREATE INDEX ended_usage_due ON subscription.ended_usage (tenant_id, subscription_id);

-- When the list was last read to its end.
ALTER TABLE subscription.late_usage_positions ADD COLUMN read_at timestamptz;
