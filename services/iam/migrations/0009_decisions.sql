-- What was decided about access, and why. Kept for thirty days.
CREATE TABLE iam.decisions (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  time timestamptz NOT NULL,
  -- authzen: asked by a policy enforcement point; explain: asked for an explanation; check: the caller about themselves
  source text NOT NULL CHECK (source IN ('authzen', 'explain', 'check')),
  asked_by text NOT NULL,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  permission text NOT NULL,
  resource_type text NOT NULL,
  resource_id text,
  allowed boolean NOT NULL,
  -- The assignment or scope that allowed it, or what is missing.
  reason jsonb NOT NULL
);
CREATE INDEX decisions_by_tenant ON iam.decisions (tenant_id, id);
CREATE INDEX decisions_by_subject ON iam.decisions (tenant_id, subject_id, id);
CREATE INDEX decisions_by_age ON iam.decisions (time);
CALL plinth.protect_tenant_table('iam.decisions');
-- The platform removes old ones.
CALL plinth.open_to_platform('iam.decisions');

-- What policy enforcement points ask about and we do not keep otherwise: their resources, and their own names and
-- properties of our users.
CREATE TABLE iam.policy_entities (
  tenant_id uuid NOT NULL,
  type text NOT NULL,
  id text NOT NULL,
  -- Who a subject is here.
  user_id uuid REFERENCES auth.users (id) ON DELETE CASCADE,
  properties jsonb NOT NULL DEFAULT '{}',
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, type, id)
);
CREATE INDEX policy_entities_by_user ON iam.policy_entities (tenant_id, user_id) WHERE user_id IS NOT NULL;
CALL plinth.protect_tenant_table('iam.policy_entities');
