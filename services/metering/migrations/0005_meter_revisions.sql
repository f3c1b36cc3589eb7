-- How a meter counts is its revision; a change is a new revision, which is made of the stored events while the one
-- before still answers. The first revision has the meter's own id.
CREATE TABLE metering.meter_revisions (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  meter_id uuid NOT NULL,
  number integer NOT NULL,
  aggregation text NOT NULL CHECK (aggregation IN ('count', 'sum', 'max', 'min', 'last', 'unique_count', 'weighted_sum', 'percentile')),
  value_property text CHECK ((aggregation = 'count') = (value_property IS NULL)),
  percentile numeric CHECK ((aggregation = 'percentile') = (percentile IS NOT NULL)) CHECK (percentile > 0 AND percentile <= 100),
  filters jsonb NOT NULL DEFAULT '[]',
  dimensions text[] NOT NULL DEFAULT '{}',
  status text NOT NULL CHECK (status IN ('building', 'active', 'superseded', 'removed')),
  -- Events of this generation and later ones are counted as they come, those before by the re-aggregation.
  generation integer NOT NULL,
  -- The last event that the re-aggregation has counted or left out, in the order account, time, hash.
  position_account uuid,
  position_time timestamptz,
  position_hash uuid,
  counted_events bigint NOT NULL DEFAULT 0,
  skipped_events bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  completed_at timestamptz,
  superseded_at timestamptz,
  UNIQUE (tenant_id, meter_id, number)
);
CREATE UNIQUE INDEX meter_revisions_building ON metering.meter_revisions (tenant_id, meter_id) WHERE status = 'building';
CREATE INDEX meter_revisions_unfinished ON metering.meter_revisions (tenant_id) WHERE status IN ('building', 'superseded');
CALL plinth.protect_tenant_table('metering.meter_revisions');
CALL plinth.open_to_platform('metering.meter_revisions');
INSERT INTO metering.meter_revisions (id, tenant_id, meter_id, number, aggregation, value_property, status, generation, created_at, completed_at)
SELECT id, tenant_id, id, 1, aggregation, value_property, 'active', 0, created_at, created_at FROM metering.meters;

ALTER TABLE metering.meters
  ADD COLUMN revision_id uuid,
  -- Generations of which the meter counts events: from its creation or, with a back-fill, from the first one; without
  -- those in which it was archived.
  ADD COLUMN counted_generations int4multirange NOT NULL DEFAULT '{[0,)}';
UPDATE metering.meters SET revision_id = id;
ALTER TABLE metering.meters ALTER COLUMN revision_id SET NOT NULL, DROP COLUMN aggregation, DROP COLUMN value_property;

-- Each change of what a tenant's meters count begins a generation. Events know theirs.
CREATE TABLE metering.generations (
  tenant_id uuid PRIMARY KEY,
  generation integer NOT NULL
);
CALL plinth.protect_tenant_table('metering.generations');
ALTER TABLE metering.events
  ADD COLUMN generation integer NOT NULL DEFAULT 0,
  ADD COLUMN retracted boolean NOT NULL DEFAULT false;

-- The tenant's generation, which does not end before the caller's transaction does: who begins one takes the lock alone.
-- The query has a snapshot of its own, taken when the lock is there.
CREATE FUNCTION metering.join_generation(tenant uuid) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('metering.generations/' || tenant::text, 0));
  RETURN coalesce((SELECT g.generation FROM metering.generations g WHERE g.tenant_id = tenant), 0);
END $$;

CREATE FUNCTION metering.begin_generation(tenant uuid) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE begun integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('metering.generations/' || tenant::text, 0));
  INSERT INTO metering.generations AS g (tenant_id, generation) VALUES (tenant, 1)
    ON CONFLICT (tenant_id) DO UPDATE SET generation = g.generation + 1 RETURNING g.generation INTO begun;
  RETURN begun;
END $$;
