-- What the migrations lead to. Made by a test; do not edit.

-- tables

CREATE TABLE auth.artifacts (
  kind text NOT NULL,
  id_hash bytea NOT NULL,
  grant_hash bytea,
  client_id text,
  user_code_hash bytea,
  scope text,
  payload bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  consumed_at timestamp with time zone,
  expires_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.authenticators (
  user_id uuid NOT NULL,
  secret bytea NOT NULL,
  last_step bigint,
  created_at timestamp with time zone NOT NULL,
  confirmed_at timestamp with time zone
);

CREATE TABLE auth.client_secrets (
  id uuid NOT NULL,
  client_id text NOT NULL,
  hash bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone
);

CREATE TABLE auth.client_sessions (
  id uuid NOT NULL,
  client_id text NOT NULL,
  session_id uuid,
  sid uuid NOT NULL,
  user_id uuid NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.clients (
  id text NOT NULL,
  origin text NOT NULL,
  name text NOT NULL,
  confidential boolean NOT NULL,
  native boolean DEFAULT false NOT NULL,
  first_party boolean DEFAULT false NOT NULL,
  acts_as_user boolean DEFAULT false NOT NULL,
  grant_types text[] NOT NULL,
  redirect_uris text[] DEFAULT '{}'::text[] NOT NULL,
  post_logout_redirect_uris text[] DEFAULT '{}'::text[] NOT NULL,
  backchannel_logout_uri text,
  permissions text[] DEFAULT '{}'::text[] NOT NULL,
  logo_uri text,
  home_uri text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.consents (
  user_id uuid NOT NULL,
  client_id text NOT NULL,
  scopes text[] NOT NULL,
  granted_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.failures (
  target_hash bytea NOT NULL,
  failures integer NOT NULL,
  last_failure_at timestamp with time zone NOT NULL,
  wait_until timestamp with time zone
);

CREATE TABLE auth.federation_answers (
  hash bytea NOT NULL,
  expires_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.grants (
  id_hash bytea NOT NULL,
  client_id text NOT NULL,
  session_id uuid NOT NULL,
  payload bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.identities (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  email text,
  created_at timestamp with time zone NOT NULL,
  last_used_at timestamp with time zone,
  provider_id text,
  tokens_after timestamp with time zone
);

CREATE TABLE auth.mail_requests (
  target_hash bytea NOT NULL,
  requests integer NOT NULL,
  first_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.mails (
  id uuid NOT NULL,
  content bytea NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL,
  last_error text
);

CREATE TABLE auth.one_time_tokens (
  id uuid NOT NULL,
  purpose text NOT NULL,
  user_id uuid,
  email text,
  token_hash bytea NOT NULL,
  data jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  code_hash bytea,
  attempts integer DEFAULT 0 NOT NULL
);

CREATE TABLE auth.passkeys (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  credential_id bytea NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  backed_up boolean NOT NULL,
  created_at timestamp with time zone NOT NULL,
  last_used_at timestamp with time zone
);

CREATE TABLE auth.passwords (
  user_id uuid NOT NULL,
  hash text NOT NULL,
  changed_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.recovery_codes (
  user_id uuid NOT NULL,
  code_hash bytea NOT NULL,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.removed_identities (
  issuer text NOT NULL,
  subject text NOT NULL,
  removed_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.sessions (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  methods text[] NOT NULL,
  strong boolean DEFAULT false NOT NULL,
  pending boolean DEFAULT false NOT NULL,
  ip text,
  user_agent text,
  name text,
  actor_id uuid,
  created_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  chosen_tenant_id uuid
);

CREATE TABLE auth.signing_keys (
  id uuid NOT NULL,
  algorithm text NOT NULL,
  public_key jsonb NOT NULL,
  private_key bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  retires_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL
);

CREATE TABLE auth.users (
  id uuid NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  email_verified_at timestamp with time zone,
  locale text,
  disabled_at timestamp with time zone,
  second_factor boolean DEFAULT false NOT NULL
);

CREATE TABLE iam.api_keys (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  name text NOT NULL,
  prefix text NOT NULL,
  hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  rate_limit integer,
  rotated_at timestamp with time zone,
  previous_hash bytea,
  previous_until timestamp with time zone
);

CREATE TABLE iam.decisions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  "time" timestamp with time zone NOT NULL,
  source text NOT NULL,
  asked_by text NOT NULL,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  permission text NOT NULL,
  resource_type text NOT NULL,
  resource_id text,
  allowed boolean NOT NULL,
  reason jsonb NOT NULL
);

CREATE TABLE iam.domain_claims (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  domain text NOT NULL,
  verification_token text NOT NULL,
  auto_join_role text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE iam.email_domains (
  domain text NOT NULL,
  tenant_id uuid NOT NULL,
  verified_at timestamp with time zone NOT NULL
);

CREATE TABLE iam.group_members (
  tenant_id uuid NOT NULL,
  group_id uuid NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE iam.groups (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  description text,
  source text DEFAULT 'local'::text NOT NULL,
  external_id text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE iam.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  response jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.identity_providers (
  id text NOT NULL,
  tenant_id uuid,
  organization_id uuid,
  origin text NOT NULL,
  title text NOT NULL,
  enabled boolean NOT NULL,
  settings jsonb NOT NULL,
  secret bytea,
  sign_up text NOT NULL,
  allowed_domains text[] NOT NULL,
  home_realm boolean NOT NULL,
  trust_email boolean NOT NULL,
  trust_multi_factor boolean NOT NULL,
  join_role text,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE iam.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.invitations (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  organization_name text,
  email text NOT NULL,
  roles text[] NOT NULL,
  locale text,
  token_hash bytea NOT NULL,
  invited_by uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  sent_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  accepted_by uuid,
  revoked_at timestamp with time zone
);

CREATE TABLE iam.outbox (
  id uuid NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  tenant_id uuid,
  envelope json NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.permissions (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  description text,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE iam.platform_setup (
  singleton boolean DEFAULT true NOT NULL,
  administrator_id uuid NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.policy_entities (
  tenant_id uuid NOT NULL,
  type text NOT NULL,
  id text NOT NULL,
  user_id uuid,
  properties jsonb DEFAULT '{}'::jsonb NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE iam.role_assignments (
  id uuid NOT NULL,
  tenant_id uuid,
  organization_id uuid,
  user_id uuid,
  role text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  group_id uuid,
  service_account_id uuid,
  role_id uuid,
  scope_organization_id uuid,
  scope_division_id uuid
);

CREATE TABLE iam.roles (
  id uuid NOT NULL,
  tenant_id uuid,
  name text NOT NULL,
  title text NOT NULL,
  description text,
  permissions text[] NOT NULL,
  conditional jsonb DEFAULT '[]'::jsonb NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE iam.schema_migrations (
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE iam.scim_users (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  user_name text NOT NULL,
  external_id text,
  active boolean NOT NULL,
  document jsonb NOT NULL,
  made_account boolean NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  deleted_at timestamp with time zone
);

CREATE TABLE iam.service_account_secrets (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  service_account_id uuid NOT NULL,
  prefix text NOT NULL,
  hash bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone
);

CREATE TABLE iam.service_accounts (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  organization_id uuid,
  name text NOT NULL,
  description text,
  public_keys jsonb,
  created_by uuid,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  disabled_at timestamp with time zone,
  last_used_at timestamp with time zone,
  version integer DEFAULT 1 NOT NULL
);

CREATE TABLE iam.sign_in_policies (
  tenant_id uuid NOT NULL,
  second_factor_required boolean DEFAULT false NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  methods text[] DEFAULT '{password,email,passkey,federated}'::text[] NOT NULL
);

CREATE TABLE iam.webhook_deliveries (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  event_id uuid NOT NULL,
  event_type text NOT NULL,
  body text NOT NULL,
  status text NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  next_attempt_at timestamp with time zone,
  last_attempt_at timestamp with time zone,
  last_status integer,
  last_response text,
  last_error text
);

CREATE TABLE iam.webhook_endpoints (
  id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  url text NOT NULL,
  description text,
  event_types text[] NOT NULL,
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_until timestamp with time zone,
  created_by uuid,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  disabled_at timestamp with time zone,
  disabled_because text,
  paused_until timestamp with time zone,
  last_success_at timestamp with time zone,
  version integer DEFAULT 1 NOT NULL
);

-- constraints

ALTER TABLE auth.artifacts ADD CONSTRAINT artifacts_grant_hash_fkey FOREIGN KEY (grant_hash) REFERENCES auth.grants(id_hash) ON DELETE CASCADE;

ALTER TABLE auth.artifacts ADD CONSTRAINT artifacts_id_hash_check CHECK ((octet_length(id_hash) = 32));

ALTER TABLE auth.artifacts ADD CONSTRAINT artifacts_pkey PRIMARY KEY (kind, id_hash);

ALTER TABLE auth.artifacts ADD CONSTRAINT artifacts_user_code_hash_check CHECK ((octet_length(user_code_hash) = 32));

ALTER TABLE auth.authenticators ADD CONSTRAINT authenticators_pkey PRIMARY KEY (user_id);

ALTER TABLE auth.authenticators ADD CONSTRAINT authenticators_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.client_secrets ADD CONSTRAINT client_secrets_client_id_fkey FOREIGN KEY (client_id) REFERENCES auth.clients(id) ON DELETE CASCADE;

ALTER TABLE auth.client_secrets ADD CONSTRAINT client_secrets_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE auth.client_secrets ADD CONSTRAINT client_secrets_once UNIQUE (client_id, hash);

ALTER TABLE auth.client_secrets ADD CONSTRAINT client_secrets_pkey PRIMARY KEY (id);

ALTER TABLE auth.client_sessions ADD CONSTRAINT client_sessions_client_id_fkey FOREIGN KEY (client_id) REFERENCES auth.clients(id) ON DELETE CASCADE;

ALTER TABLE auth.client_sessions ADD CONSTRAINT client_sessions_once UNIQUE (client_id, sid);

ALTER TABLE auth.client_sessions ADD CONSTRAINT client_sessions_pkey PRIMARY KEY (id);

ALTER TABLE auth.client_sessions ADD CONSTRAINT client_sessions_session_id_fkey FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE SET NULL;

ALTER TABLE auth.clients ADD CONSTRAINT clients_origin_check CHECK ((origin = ANY (ARRAY['built-in'::text, 'declared'::text, 'administered'::text])));

ALTER TABLE auth.clients ADD CONSTRAINT clients_pkey PRIMARY KEY (id);

ALTER TABLE auth.consents ADD CONSTRAINT consents_client_id_fkey FOREIGN KEY (client_id) REFERENCES auth.clients(id) ON DELETE CASCADE;

ALTER TABLE auth.consents ADD CONSTRAINT consents_pkey PRIMARY KEY (user_id, client_id);

ALTER TABLE auth.consents ADD CONSTRAINT consents_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.failures ADD CONSTRAINT failures_pkey PRIMARY KEY (target_hash);

ALTER TABLE auth.federation_answers ADD CONSTRAINT federation_answers_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE auth.federation_answers ADD CONSTRAINT federation_answers_pkey PRIMARY KEY (hash);

ALTER TABLE auth.grants ADD CONSTRAINT grants_client_id_fkey FOREIGN KEY (client_id) REFERENCES auth.clients(id) ON DELETE CASCADE;

ALTER TABLE auth.grants ADD CONSTRAINT grants_id_hash_check CHECK ((octet_length(id_hash) = 32));

ALTER TABLE auth.grants ADD CONSTRAINT grants_pkey PRIMARY KEY (id_hash);

ALTER TABLE auth.grants ADD CONSTRAINT grants_session_id_fkey FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE;

ALTER TABLE auth.identities ADD CONSTRAINT identities_once UNIQUE (issuer, subject);

ALTER TABLE auth.identities ADD CONSTRAINT identities_pkey PRIMARY KEY (id);

ALTER TABLE auth.identities ADD CONSTRAINT identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.mail_requests ADD CONSTRAINT mail_requests_pkey PRIMARY KEY (target_hash);

ALTER TABLE auth.mail_requests ADD CONSTRAINT mail_requests_target_hash_check CHECK ((octet_length(target_hash) = 32));

ALTER TABLE auth.mails ADD CONSTRAINT mails_pkey PRIMARY KEY (id);

ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_code_hash_check CHECK ((octet_length(code_hash) = 32));

ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (id);

ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32));

ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.passkeys ADD CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id);

ALTER TABLE auth.passkeys ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);

ALTER TABLE auth.passkeys ADD CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.passwords ADD CONSTRAINT passwords_pkey PRIMARY KEY (user_id);

ALTER TABLE auth.passwords ADD CONSTRAINT passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.recovery_codes ADD CONSTRAINT recovery_codes_code_hash_check CHECK ((octet_length(code_hash) = 32));

ALTER TABLE auth.recovery_codes ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash);

ALTER TABLE auth.recovery_codes ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.removed_identities ADD CONSTRAINT removed_identities_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE auth.sessions ADD CONSTRAINT sessions_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE auth.sessions ADD CONSTRAINT sessions_token_hash_check CHECK ((octet_length(token_hash) = 32));

ALTER TABLE auth.sessions ADD CONSTRAINT sessions_token_hash_key UNIQUE (token_hash);

ALTER TABLE auth.sessions ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE auth.signing_keys ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (id);

ALTER TABLE auth.users ADD CONSTRAINT user_email_check CHECK ((email = lower(email)));

ALTER TABLE auth.users ADD CONSTRAINT user_email_key UNIQUE (email);

ALTER TABLE auth.users ADD CONSTRAINT user_pkey PRIMARY KEY (id);

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_hash_key UNIQUE (hash);

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_previous CHECK (((previous_hash IS NULL) = (previous_until IS NULL)));

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_previous_hash_check CHECK ((octet_length(previous_hash) = 32));

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_previous_hash_key UNIQUE (previous_hash);

ALTER TABLE iam.api_keys ADD CONSTRAINT api_keys_rate_limit_check CHECK ((rate_limit > 0));

ALTER TABLE iam.decisions ADD CONSTRAINT decisions_pkey PRIMARY KEY (id);

ALTER TABLE iam.decisions ADD CONSTRAINT decisions_source_check CHECK ((source = ANY (ARRAY['authzen'::text, 'explain'::text, 'check'::text])));

ALTER TABLE iam.domain_claims ADD CONSTRAINT domain_claims_once UNIQUE (tenant_id, domain);

ALTER TABLE iam.domain_claims ADD CONSTRAINT domain_claims_pkey PRIMARY KEY (id);

ALTER TABLE iam.email_domains ADD CONSTRAINT email_domains_domain_check CHECK ((domain = lower(domain)));

ALTER TABLE iam.email_domains ADD CONSTRAINT email_domains_pkey PRIMARY KEY (domain);

ALTER TABLE iam.group_members ADD CONSTRAINT group_members_group FOREIGN KEY (tenant_id, group_id) REFERENCES iam.groups(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE iam.group_members ADD CONSTRAINT group_members_pkey PRIMARY KEY (group_id, user_id);

ALTER TABLE iam.group_members ADD CONSTRAINT group_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE iam.groups ADD CONSTRAINT groups_in_tenant UNIQUE (tenant_id, id);

ALTER TABLE iam.groups ADD CONSTRAINT groups_name UNIQUE (tenant_id, name);

ALTER TABLE iam.groups ADD CONSTRAINT groups_pkey PRIMARY KEY (id);

ALTER TABLE iam.groups ADD CONSTRAINT groups_source_check CHECK ((source = ANY (ARRAY['local'::text, 'scim'::text])));

ALTER TABLE iam.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE iam.identity_providers ADD CONSTRAINT identity_providers_declared CHECK (((origin = 'administered'::text) OR (tenant_id IS NULL)));

ALTER TABLE iam.identity_providers ADD CONSTRAINT identity_providers_id_check CHECK ((id ~ '^[a-z0-9][a-z0-9-]{0,63}$'::text));

ALTER TABLE iam.identity_providers ADD CONSTRAINT identity_providers_origin_check CHECK ((origin = ANY (ARRAY['administered'::text, 'declared'::text])));

ALTER TABLE iam.identity_providers ADD CONSTRAINT identity_providers_pkey PRIMARY KEY (id);

ALTER TABLE iam.identity_providers ADD CONSTRAINT identity_providers_sign_up_check CHECK ((sign_up = ANY (ARRAY['never'::text, 'platform'::text, 'always'::text])));

ALTER TABLE iam.identity_providers ADD CONSTRAINT identity_providers_tenant CHECK (((tenant_id IS NOT NULL) OR ((join_role IS NULL) AND (NOT home_realm))));

ALTER TABLE iam.inbox ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);

ALTER TABLE iam.invitations ADD CONSTRAINT invitations_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE iam.invitations ADD CONSTRAINT invitations_email_check CHECK ((email = lower(email)));

ALTER TABLE iam.invitations ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE iam.invitations ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

ALTER TABLE iam.invitations ADD CONSTRAINT invitations_roles_check CHECK ((cardinality(roles) > 0));

ALTER TABLE iam.invitations ADD CONSTRAINT invitations_token_hash_check CHECK ((octet_length(token_hash) = 32));

ALTER TABLE iam.invitations ADD CONSTRAINT invitations_token_hash_key UNIQUE (token_hash);

ALTER TABLE iam.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE iam.permissions ADD CONSTRAINT permissions_name UNIQUE (tenant_id, name);

ALTER TABLE iam.permissions ADD CONSTRAINT permissions_pkey PRIMARY KEY (id);

ALTER TABLE iam.platform_setup ADD CONSTRAINT platform_setup_pkey PRIMARY KEY (singleton);

ALTER TABLE iam.platform_setup ADD CONSTRAINT platform_setup_singleton_check CHECK (singleton);

ALTER TABLE iam.policy_entities ADD CONSTRAINT policy_entities_pkey PRIMARY KEY (tenant_id, type, id);

ALTER TABLE iam.policy_entities ADD CONSTRAINT policy_entities_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_group FOREIGN KEY (tenant_id, group_id) REFERENCES iam.groups(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_once UNIQUE NULLS NOT DISTINCT (user_id, group_id, service_account_id, tenant_id, role, role_id, scope_organization_id, scope_division_id);

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_one_holder CHECK ((num_nonnulls(user_id, group_id, service_account_id) = 1));

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_one_role CHECK ((num_nonnulls(role, role_id) = 1));

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_one_scope CHECK ((num_nonnulls(scope_organization_id, scope_division_id) <= 1));

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_pkey PRIMARY KEY (id);

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_platform CHECK (
CASE
    WHEN (tenant_id IS NULL) THEN ((user_id IS NOT NULL) AND ((role = 'platform_admin'::text) OR (role_id IS NOT NULL)) AND (num_nonnulls(scope_organization_id, scope_division_id) = 0))
    ELSE (role IS DISTINCT FROM 'platform_admin'::text)
END);

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_role FOREIGN KEY (tenant_id, role_id) REFERENCES iam.roles(tenant_id, id);

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_role_check CHECK ((role = ANY (ARRAY['platform_admin'::text, 'org_admin'::text, 'org_member'::text])));

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_role_id_fkey FOREIGN KEY (role_id) REFERENCES iam.roles(id);

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_service_account FOREIGN KEY (tenant_id, service_account_id) REFERENCES iam.service_accounts(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE iam.role_assignments ADD CONSTRAINT role_assignments_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE iam.roles ADD CONSTRAINT roles_in_tenant UNIQUE (tenant_id, id);

ALTER TABLE iam.roles ADD CONSTRAINT roles_name UNIQUE NULLS NOT DISTINCT (tenant_id, name);

ALTER TABLE iam.roles ADD CONSTRAINT roles_name_check CHECK ((name <> ALL (ARRAY['platform_admin'::text, 'org_admin'::text, 'org_member'::text])));

ALTER TABLE iam.roles ADD CONSTRAINT roles_pkey PRIMARY KEY (id);

ALTER TABLE iam.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE iam.scim_users ADD CONSTRAINT scim_users_pkey PRIMARY KEY (tenant_id, user_id);

ALTER TABLE iam.scim_users ADD CONSTRAINT scim_users_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE iam.service_account_secrets ADD CONSTRAINT service_account_secrets_account FOREIGN KEY (tenant_id, service_account_id) REFERENCES iam.service_accounts(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE iam.service_account_secrets ADD CONSTRAINT service_account_secrets_hash_check CHECK ((octet_length(hash) = 32));

ALTER TABLE iam.service_account_secrets ADD CONSTRAINT service_account_secrets_hash_key UNIQUE (hash);

ALTER TABLE iam.service_account_secrets ADD CONSTRAINT service_account_secrets_pkey PRIMARY KEY (id);

ALTER TABLE iam.service_accounts ADD CONSTRAINT service_accounts_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE iam.service_accounts ADD CONSTRAINT service_accounts_in_tenant UNIQUE (tenant_id, id);

ALTER TABLE iam.service_accounts ADD CONSTRAINT service_accounts_name UNIQUE (tenant_id, name);

ALTER TABLE iam.service_accounts ADD CONSTRAINT service_accounts_pkey PRIMARY KEY (id);

ALTER TABLE iam.sign_in_policies ADD CONSTRAINT sign_in_policies_methods_check CHECK ((cardinality(methods) > 0));

ALTER TABLE iam.sign_in_policies ADD CONSTRAINT sign_in_policies_pkey PRIMARY KEY (tenant_id);

ALTER TABLE iam.webhook_deliveries ADD CONSTRAINT webhook_deliveries_due CHECK (((status = 'waiting'::text) = (next_attempt_at IS NOT NULL)));

ALTER TABLE iam.webhook_deliveries ADD CONSTRAINT webhook_deliveries_endpoint FOREIGN KEY (tenant_id, endpoint_id) REFERENCES iam.webhook_endpoints(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE iam.webhook_deliveries ADD CONSTRAINT webhook_deliveries_once UNIQUE (endpoint_id, event_id);

ALTER TABLE iam.webhook_deliveries ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id);

ALTER TABLE iam.webhook_deliveries ADD CONSTRAINT webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])));

ALTER TABLE iam.webhook_endpoints ADD CONSTRAINT webhook_endpoints_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE iam.webhook_endpoints ADD CONSTRAINT webhook_endpoints_disabled_because_check CHECK ((disabled_because = ANY (ARRAY['owner'::text, 'failing'::text])));

ALTER TABLE iam.webhook_endpoints ADD CONSTRAINT webhook_endpoints_event_types_check CHECK ((cardinality(event_types) > 0));

ALTER TABLE iam.webhook_endpoints ADD CONSTRAINT webhook_endpoints_in_tenant UNIQUE (tenant_id, id);

ALTER TABLE iam.webhook_endpoints ADD CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id);

-- indexes

CREATE INDEX artifacts_by_end ON auth.artifacts USING btree (expires_at);

CREATE INDEX artifacts_by_grant ON auth.artifacts USING btree (grant_hash) WHERE (grant_hash IS NOT NULL);

CREATE UNIQUE INDEX artifacts_by_user_code ON auth.artifacts USING btree (user_code_hash) WHERE (user_code_hash IS NOT NULL);

CREATE INDEX client_sessions_by_attempt ON auth.client_sessions USING btree (next_attempt_at) WHERE (session_id IS NULL);

CREATE INDEX client_sessions_by_session ON auth.client_sessions USING btree (session_id) WHERE (session_id IS NOT NULL);

CREATE INDEX consents_by_client ON auth.consents USING btree (client_id);

CREATE INDEX failures_by_age ON auth.failures USING btree (last_failure_at);

CREATE INDEX federation_answers_by_end ON auth.federation_answers USING btree (expires_at);

CREATE INDEX grants_by_client ON auth.grants USING btree (client_id);

CREATE INDEX grants_by_end ON auth.grants USING btree (expires_at);

CREATE INDEX grants_by_session ON auth.grants USING btree (session_id);

CREATE INDEX identities_by_provider ON auth.identities USING btree (provider_id) WHERE (provider_id IS NOT NULL);

CREATE INDEX identities_by_user ON auth.identities USING btree (user_id);

CREATE INDEX mail_requests_by_age ON auth.mail_requests USING btree (first_at);

CREATE INDEX mails_by_attempt ON auth.mails USING btree (next_attempt_at);

CREATE INDEX one_time_tokens_by_email ON auth.one_time_tokens USING btree (email, purpose);

CREATE INDEX one_time_tokens_by_end ON auth.one_time_tokens USING btree (expires_at);

CREATE INDEX passkeys_by_user ON auth.passkeys USING btree (user_id);

CREATE INDEX sessions_by_actor ON auth.sessions USING btree (actor_id) WHERE (actor_id IS NOT NULL);

CREATE INDEX sessions_by_end ON auth.sessions USING btree (expires_at);

CREATE INDEX sessions_by_user ON auth.sessions USING btree (user_id);

CREATE INDEX api_keys_by_tenant ON iam.api_keys USING btree (tenant_id, id);

CREATE INDEX decisions_by_age ON iam.decisions USING btree ("time");

CREATE INDEX decisions_by_subject ON iam.decisions USING btree (tenant_id, subject_id, id);

CREATE INDEX decisions_by_tenant ON iam.decisions USING btree (tenant_id, id);

CREATE INDEX domain_claims_by_domain ON iam.domain_claims USING btree (domain);

CREATE INDEX email_domains_by_tenant ON iam.email_domains USING btree (tenant_id);

CREATE INDEX group_members_by_user ON iam.group_members USING btree (user_id);

CREATE INDEX groups_by_external_id ON iam.groups USING btree (tenant_id, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX idempotency_keys_created_at ON iam.idempotency_keys USING btree (created_at);

CREATE INDEX identity_providers_by_tenant ON iam.identity_providers USING btree (tenant_id, id);

CREATE INDEX inbox_handled_at ON iam.inbox USING brin (handled_at);

CREATE INDEX invitations_by_inviter ON iam.invitations USING btree (tenant_id, invited_by);

CREATE INDEX invitations_by_tenant ON iam.invitations USING btree (tenant_id, id);

CREATE UNIQUE INDEX invitations_open ON iam.invitations USING btree (tenant_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX outbox_order ON iam.outbox USING btree (transaction_id, sequence);

CREATE INDEX policy_entities_by_user ON iam.policy_entities USING btree (tenant_id, user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX role_assignments_by_group ON iam.role_assignments USING btree (group_id) WHERE (group_id IS NOT NULL);

CREATE INDEX role_assignments_by_role ON iam.role_assignments USING btree (role_id) WHERE (role_id IS NOT NULL);

CREATE INDEX role_assignments_by_service_account ON iam.role_assignments USING btree (service_account_id) WHERE (service_account_id IS NOT NULL);

CREATE INDEX role_assignments_by_tenant ON iam.role_assignments USING btree (tenant_id, id);

CREATE INDEX scim_users_by_external_id ON iam.scim_users USING btree (tenant_id, external_id) WHERE (deleted_at IS NULL);

CREATE INDEX scim_users_inactive ON iam.scim_users USING btree (user_id, tenant_id) WHERE ((NOT active) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX scim_users_name ON iam.scim_users USING btree (tenant_id, user_name) WHERE (deleted_at IS NULL);

CREATE INDEX service_account_secrets_by_account ON iam.service_account_secrets USING btree (tenant_id, service_account_id);

CREATE INDEX webhook_deliveries_by_age ON iam.webhook_deliveries USING btree (created_at);

CREATE INDEX webhook_deliveries_by_endpoint ON iam.webhook_deliveries USING btree (tenant_id, endpoint_id, id);

CREATE INDEX webhook_deliveries_due ON iam.webhook_deliveries USING btree (next_attempt_at) WHERE (status = 'waiting'::text);

-- row-level security

ALTER TABLE iam.api_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.decisions FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.domain_claims FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.email_domains FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.group_members FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.groups FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.identity_providers FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.invitations FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.permissions FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.policy_entities FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.role_assignments FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.roles FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.scim_users FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.service_account_secrets FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.service_accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.sign_in_policies FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.webhook_deliveries FORCE ROW LEVEL SECURITY;

ALTER TABLE iam.webhook_endpoints FORCE ROW LEVEL SECURITY;

-- policies

CREATE POLICY platform_scope ON iam.api_keys FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.api_keys FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.decisions FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.decisions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.domain_claims FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.domain_claims FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.email_domains FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.email_domains FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.group_members FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.group_members FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.groups FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.groups FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY caller_scope ON iam.idempotency_keys FOR ALL USING (((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)) OR (( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text))) WITH CHECK ((scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting)));

CREATE POLICY platform_scope ON iam.identity_providers FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.identity_providers FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.invitations FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.invitations FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON iam.permissions FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY tenant_isolation ON iam.policy_entities FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.role_assignments FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.role_assignments FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.roles FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.roles FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.scim_users FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.scim_users FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.service_account_secrets FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.service_account_secrets FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.service_accounts FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.service_accounts FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.sign_in_policies FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.sign_in_policies FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.webhook_deliveries FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.webhook_deliveries FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));

CREATE POLICY platform_scope ON iam.webhook_endpoints FOR ALL USING ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)) WITH CHECK ((( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text));

CREATE POLICY tenant_isolation ON iam.webhook_endpoints FOR ALL USING ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))) WITH CHECK ((tenant_id = ( SELECT plinth.current_tenant() AS current_tenant)));
