-- One row for each write in the platform. The entry's content and the hash of the entry before it make its hash.
CREATE TABLE audit.entries (
  tenant_id uuid NOT NULL,
  sequence bigint NOT NULL CHECK (sequence > 0),
  event_id uuid NOT NULL UNIQUE,
  occurred_at timestamptz NOT NULL,
  action text NOT NULL,
  resource_type text NOT NULL,
  resource_id text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_email text,
  service text NOT NULL,
  context jsonb,
  before jsonb,
  after jsonb,
  previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id, sequence)
);
CALL plinth.protect_tenant_table('audit.entries');
-- The operator verifies the chains of all tenants.
CALL plinth.open_to_platform('audit.entries');
CREATE INDEX entries_resource ON audit.entries (tenant_id, resource_type, resource_id, sequence);
CREATE INDEX entries_actor ON audit.entries (tenant_id, actor_id, sequence);
CREATE INDEX entries_action ON audit.entries (tenant_id, action, sequence);
CREATE INDEX entries_occurred_at ON audit.entries (tenant_id, occurred_at);

-- The last entry of each chain: its lock makes sequences gapless, its hash shows that a tail is missing.
CREATE TABLE audit.chains (
  tenant_id uuid PRIMARY KEY,
  sequence bigint NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);
CALL plinth.protect_tenant_table('audit.chains');
CALL plinth.open_to_platform('audit.chains');

-- Privileges are granted on whole schemas after each migration, so triggers refuse what nobody may do.
CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of %.% is refused: the audit trail is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON audit.chains
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER forward_only BEFORE UPDATE ON audit.chains
  FOR EACH ROW WHEN (NEW.tenant_id <> OLD.tenant_id OR NEW.sequence <= OLD.sequence)
  EXECUTE FUNCTION audit.refuse_change();
