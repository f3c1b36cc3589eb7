/**
 * What every database of the platform has: how a table becomes a tenant's. A migration calls
 * `plinth.protect_tenant_table('schema.table')` right after it created a table with a `tenant_id` column.
 */
export const platformSql = `
CREATE SCHEMA IF NOT EXISTS plinth;
GRANT USAGE ON SCHEMA plinth TO PUBLIC;

CREATE OR REPLACE FUNCTION plinth.current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('plinth.tenant_id', true), '')::uuid;

-- Rows of the tenant that the transaction set; none when it set none. The scalar sub-select is evaluated once.
CREATE OR REPLACE PROCEDURE plinth.protect_tenant_table(target regclass, tenant_column text DEFAULT 'tenant_id') LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY tenant_isolation ON %s USING (%I = (SELECT plinth.current_tenant())) WITH CHECK (%I = (SELECT plinth.current_tenant()))', target, tenant_column, tenant_column);
END $$;

-- Lets the service's own platform transactions (Database.platformTransaction) see all rows of a protected table.
CREATE OR REPLACE PROCEDURE plinth.open_to_platform(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($policy$CREATE POLICY platform_scope ON %s USING ((SELECT current_setting('plinth.scope', true)) = 'platform') WITH CHECK ((SELECT current_setting('plinth.scope', true)) = 'platform')$policy$, target);
END $$;
`;

/** Outbox, inbox and idempotency keys of one service (migration 0000 of each). */
export function messagingTablesSql(schema: string): string {
  return `
-- Events that were committed and wait for the relay. Not a tenant table: no request reads it.
CREATE TABLE ${schema}.outbox (
  id uuid PRIMARY KEY,
  sequence bigint GENERATED ALWAYS AS IDENTITY,
  -- The relay reads below the oldest running transaction, so that no event is skipped.
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  tenant_id uuid,
  envelope jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_order ON ${schema}.outbox (transaction_id, sequence);

-- Events that a consumer of this service has handled, written with the handler's own changes.
CREATE TABLE ${schema}.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_handled_at ON ${schema}.inbox (handled_at);

-- Answers to requests with an Idempotency-Key, written with the request's own changes.
CREATE TABLE ${schema}.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_created_at ON ${schema}.idempotency_keys (created_at);
ALTER TABLE ${schema}.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${schema}.idempotency_keys FORCE ROW LEVEL SECURITY;
-- The scope names tenant and caller; a caller sees the answers of their own tenant only.
CREATE POLICY caller_scope ON ${schema}.idempotency_keys
  USING (scope = (SELECT current_setting('plinth.idempotency_scope', true))
    -- The platform removes old ones.
    OR (SELECT current_setting('plinth.scope', true)) = 'platform')
  WITH CHECK (scope = (SELECT current_setting('plinth.idempotency_scope', true)));
`;
}

/**
 * Events cost less to pass on: envelopes are kept as they were written, because nothing asks for a part of one; and what
 * only the clearing of old rows looks up, in the order in which they came, has an index by ranges of pages.
 */
export function cheaperMessagingSql(schema: string): string {
  return `
ALTER TABLE ${schema}.outbox ALTER COLUMN envelope TYPE json USING envelope::json;
DROP INDEX ${schema}.inbox_handled_at;
CREATE INDEX inbox_handled_at ON ${schema}.inbox USING brin (handled_at);
`;
}
