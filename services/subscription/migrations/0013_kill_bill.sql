-- Where a tenant's Kill Bill is, and how far the mirror has come. The password and the API secret are encrypted.
CREATE TABLE subscription.kill_bill_connections (
  tenant_id uuid PRIMARY KEY,
  base_url text NOT NULL,
  user_name text NOT NULL,
  password bytea NOT NULL,
  api_key text NOT NULL,
  api_secret bytea NOT NULL,
  enabled boolean NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- Of the catalogue that was uploaded last, and how many were.
  catalogue_digest text,
  catalogue_uploads integer NOT NULL DEFAULT 0,
  mirrored_at timestamptz,
  last_error text
);
CALL plinth.protect_tenant_table('subscription.kill_bill_connections');
CALL plinth.open_to_platform('subscription.kill_bill_connections');

-- An account of ours has one account there for each currency, zone and billing day of its subscriptions.
CREATE TABLE subscription.kill_bill_accounts (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  external_key text NOT NULL,
  kill_bill_id uuid NOT NULL,
  -- When its invoices were read; null: never.
  read_at timestamptz,
  PRIMARY KEY (tenant_id, external_key)
);
CALL plinth.protect_tenant_table('subscription.kill_bill_accounts');
CREATE INDEX kill_bill_accounts_account ON subscription.kill_bill_accounts (tenant_id, account_id);

-- The plan of a subscription and each of its add-ons is one subscription there.
CREATE TABLE subscription.kill_bill_subscriptions (
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  track text NOT NULL,
  account_id uuid NOT NULL,
  -- Null until it was made there.
  kill_bill_id uuid,
  -- What was told: creation, changes, cancellation, as they were then.
  told jsonb NOT NULL,
  -- When there is more to tell; null: never, as known now.
  next_step_at timestamptz,
  -- The version of our subscription that was last looked at.
  seen_version integer NOT NULL,
  -- Why it is not mirrored, or no more.
  problem text,
  PRIMARY KEY (tenant_id, subscription_id, track)
);
CALL plinth.protect_tenant_table('subscription.kill_bill_subscriptions');
CREATE INDEX kill_bill_subscriptions_account ON subscription.kill_bill_subscriptions (tenant_id, account_id);

-- What was added to the usage of a part of a period; written before it is sent, so that a repetition is the same.
CREATE TABLE subscription.kill_bill_usages (
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  track text NOT NULL,
  meter text NOT NULL,
  part_from date NOT NULL,
  revision integer NOT NULL,
  day date NOT NULL,
  quantity numeric(30, 0) NOT NULL,
  sent_at timestamptz,
  PRIMARY KEY (tenant_id, subscription_id, track, meter, part_from, revision)
);
CALL plinth.protect_tenant_table('subscription.kill_bill_usages');

-- Invoices as they were read there.
CREATE TABLE subscription.kill_bill_invoices (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  number text NOT NULL,
  invoice_date date NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  amount_minor numeric(60, 0) NOT NULL,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CALL plinth.protect_tenant_table('subscription.kill_bill_invoices');
CREATE INDEX kill_bill_invoices_account ON subscription.kill_bill_invoices (tenant_id, account_id);

CREATE TABLE subscription.kill_bill_invoice_items (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  -- Of Kill Bill's subscription; null for what concerns the account.
  kill_bill_subscription_id uuid,
  -- What it gives back or corrects, which is what it is for; null of a charge.
  linked_item_id uuid,
  type text NOT NULL,
  plan_name text,
  usage_name text,
  starts_on date NOT NULL,
  ends_on date,
  currency text NOT NULL,
  amount_minor numeric(60, 0) NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES subscription.kill_bill_invoices
);
CALL plinth.protect_tenant_table('subscription.kill_bill_invoice_items');
CREATE INDEX kill_bill_invoice_items_invoice ON subscription.kill_bill_invoice_items (tenant_id, invoice_id);
