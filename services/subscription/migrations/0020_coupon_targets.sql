-- Whether there ever was a coupon is asked of each batch of an invoice run, so the indexes hold removed redemptions too.
DROP INDEX subscription.coupon_redemptions_subscription;
DROP INDEX subscription.coupon_redemptions_account;
CREATE INDEX coupon_redemptions_subscription ON subscription.coupon_redemptions (tenant_id, subscription_id);
CREATE INDEX coupon_redemptions_account ON subscription.coupon_redemptions (tenant_id, account_id);
