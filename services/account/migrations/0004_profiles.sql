-- One profile for each person, who may act in several tenants or in none.
CREATE TABLE account.profiles (
  user_id text PRIMARY KEY CHECK (user_id <> ''),
  id uuid NOT NULL UNIQUE,
  email text NOT NULL,
  display_name text NOT NULL,
  locale text NOT NULL,
  time_zone text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
-- A transaction sees the profile of the person whom it named, and no other one.
ALTER TABLE account.profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE account.profiles FORCE ROW LEVEL SECURITY;
CREATE POLICY own_profile ON account.profiles
  USING (user_id = (SELECT current_setting('plinth.user_id', true)))
  WITH CHECK (user_id = (SELECT current_setting('plinth.user_id', true)));
