-- Whether the period that the last billing closed was billed so soon after its end that usage of it may have been on
-- its way: the next billing then compares what was billed with what was used.
ALTER TABLE subscription.subscriptions ADD COLUMN billed_early boolean NOT NULL DEFAULT false;
