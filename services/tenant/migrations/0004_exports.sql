-- Archives of everything that is held about a tenant, made in steps that can go on after a crash.
CREATE TABLE tenant.exports (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  requested_by text NOT NULL,
  status text NOT NULL CHECK (status IN ('waiting', 'running', 'ready', 'failed')),
  -- Where the next step goes on.
  progress jsonb,
  size_bytes bigint NOT NULL DEFAULT 0,
  rows bigint NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  expires_at timestamptz NOT NULL,
  leased_until timestamptz NOT NULL
);
-- One at a time for each tenant.
CREATE UNIQUE INDEX exports_unfinished ON tenant.exports (tenant_id) WHERE status IN ('waiting', 'running');
CREATE INDEX exports_by_tenant ON tenant.exports (tenant_id, id);
CREATE INDEX exports_by_end ON tenant.exports (expires_at);
CALL plinth.protect_tenant_table('tenant.exports');
CALL plinth.open_to_platform('tenant.exports');

-- The archive in pieces, each a gzip member of its own.
CREATE TABLE tenant.export_chunks (
  export_id uuid NOT NULL REFERENCES tenant.exports (id) ON DELETE CASCADE,
  position integer NOT NULL,
  tenant_id uuid NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (export_id, position)
);
-- Compressed already.
ALTER TABLE tenant.export_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX export_chunks_by_tenant ON tenant.export_chunks (tenant_id);
CALL plinth.protect_tenant_table('tenant.export_chunks');
