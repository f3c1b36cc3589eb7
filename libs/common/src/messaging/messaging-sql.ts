/** Tables of the PostgreSQL event driver, in the schema `messaging`. */
export const messagingMigrations: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: '0001_log.sql',
    sql: `
-- Every event once, in the order in which it was relayed. Kept seven days.
CREATE TABLE messaging.log (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id uuid NOT NULL UNIQUE,
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  envelope jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX log_type_position ON messaging.log (type, position);
CREATE INDEX log_created_at ON messaging.log (created_at);

-- How far each consumer has read.
CREATE TABLE messaging.cursors (
  consumer text PRIMARY KEY,
  position bigint NOT NULL DEFAULT 0
);

-- Events that failed, and the later ones with the same key that wait behind them.
CREATE TABLE messaging.retries (
  consumer text NOT NULL,
  position bigint NOT NULL,
  key text NOT NULL,
  topic text NOT NULL,
  envelope jsonb NOT NULL,
  attempts integer NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  last_error text,
  PRIMARY KEY (consumer, position)
);
CREATE INDEX retries_key ON messaging.retries (consumer, key, position);

-- Events that failed for good, with the reason.
CREATE TABLE messaging.dead_letters (
  id uuid PRIMARY KEY,
  consumer text NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  envelope jsonb NOT NULL,
  attempts integer NOT NULL,
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX dead_letters_created_at ON messaging.dead_letters (created_at);
`,
  },
  {
    name: '0002_cheaper.sql',
    sql: `
-- Rows come in the order of their time, which only the clearing of old ones asks for.
DROP INDEX messaging.log_created_at;
CREATE INDEX log_created_at ON messaging.log USING brin (created_at);
ALTER TABLE messaging.log ALTER COLUMN envelope TYPE json USING envelope::json;
ALTER TABLE messaging.retries ALTER COLUMN envelope TYPE json USING envelope::json;
ALTER TABLE messaging.dead_letters ALTER COLUMN envelope TYPE json USING envelope::json;
`,
  },
];
