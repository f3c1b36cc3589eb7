CREATE TABLE sample.notes (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, text text NOT NULL);
CALL plinth.protect_tenant_table('sample.notes');
