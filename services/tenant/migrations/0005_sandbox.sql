-- A sandbox is there to try things out: it may stop its own time and move it forward.
ALTER TABLE tenant.tenants
  ADD COLUMN sandbox boolean NOT NULL DEFAULT false,
  ADD COLUMN test_clock timestamptz,
  ADD CHECK (test_clock IS NULL OR sandbox);
