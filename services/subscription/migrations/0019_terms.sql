-- How long a subscription is bound, and whether it goes on then: length, first period, renewal, notice, and the newest
-- term that was opened. Null: it goes on from period to period. When its next announcement or renewal falls due.
ALTER TABLE subscription.subscriptions
  ADD COLUMN term jsonb,
  ADD COLUMN term_next_at timestamptz;
CREATE INDEX subscriptions_term_next ON subscription.subscriptions (tenant_id, term_next_at, id)
  WHERE term_next_at IS NOT NULL;

-- A subscription that does not renew has an end, and is none the less active until then.
ALTER TABLE subscription.subscriptions
  DROP CONSTRAINT subscriptions_check,
  ADD CHECK ((ends_on IS NULL) = (ends_at IS NULL)
    AND (status = 'active' AND (ends_on IS NULL OR term IS NOT NULL) OR status = 'canceled' AND ends_on IS NOT NULL));
