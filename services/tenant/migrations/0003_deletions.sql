-- The deletion of a tenant, from the request for it on. It stays when the tenant is gone.
CREATE TABLE tenant.deletions (
  tenant_id uuid PRIMARY KEY REFERENCES tenant.tenants (id),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  -- What the tenant is again when the request is taken back.
  previous_status text NOT NULL CHECK (previous_status IN ('active', 'suspended')),
  due_at timestamptz NOT NULL,
  -- From then on it cannot be taken back.
  started_at timestamptz,
  -- [{service, rows by table}]: what was there when it started.
  found jsonb,
  completed_at timestamptz,
  -- Whose run it is; free again when that run has died.
  leased_until timestamptz NOT NULL,
  last_error text
);
CREATE INDEX deletions_due ON tenant.deletions (due_at) WHERE completed_at IS NULL;
CALL plinth.protect_tenant_table('tenant.deletions');
CALL plinth.open_to_platform('tenant.deletions');

CREATE TABLE tenant.certificates (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL UNIQUE REFERENCES tenant.tenants (id),
  issued_at timestamptz NOT NULL,
  -- JWS in compact form; the document is its payload.
  jws text NOT NULL
);
CALL plinth.protect_tenant_table('tenant.certificates');
CALL plinth.open_to_platform('tenant.certificates');
