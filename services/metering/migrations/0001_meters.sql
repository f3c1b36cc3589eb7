CREATE TABLE metering.meters (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  event_type text NOT NULL,
  aggregation text NOT NULL CHECK (aggregation IN ('count', 'sum', 'max', 'last', 'unique_count')),
  value_property text CHECK ((aggregation = 'count') = (value_property IS NULL)),
  unit text,
  archived boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, key)
);
CALL plinth.protect_tenant_table('metering.meters');
