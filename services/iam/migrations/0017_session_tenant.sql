-- The tenant that a session works in where a request names none: its user chose it.
ALTER TABLE auth.sessions ADD COLUMN chosen_tenant_id uuid;
