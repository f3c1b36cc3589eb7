import type { TemplateFile } from '../source.ts';
import type { ServiceRequest } from './service-request.ts';

/** The first migration, and the schema that it and the tables of all services lead to. */
export function renderDatabaseFiles(request: ServiceRequest): TemplateFile[] {
  return [
    { path: `migrations/0001_${request.feature.many.snake}.sql`, content: renderMigration(request) },
    { path: 'schema.sql', content: renderSchema(request) },
  ];
}

function renderMigration({ service, feature: { many } }: ServiceRequest): string {
  const table = `${service.snake}.${many.snake}`;
  return `CREATE TABLE ${table} (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (tenant_id, name)
);
-- Row-level security, forced, and what the service's role may do with the table.
CALL plinth.protect_tenant_table('${table}');
`;
}

interface TableText {
  readonly name: string;
  readonly columns: readonly string[];
  readonly constraints: readonly string[];
  readonly indexes?: readonly string[];
  readonly policy?: string;
}

/** The tables of messaging and migrations, which every service has, and the own one. */
function listTables({ feature: { many } }: ServiceRequest): TableText[] {
  const isTenant = '(tenant_id = ( SELECT plinth.current_tenant() AS current_tenant))';
  const isCaller = "(scope = ( SELECT current_setting('plinth.idempotency_scope'::text, true) AS current_setting))";
  const isPlatform = "(( SELECT current_setting('plinth.scope'::text, true) AS current_setting) = 'platform'::text)";
  const tables: TableText[] = [
    {
      name: 'idempotency_keys',
      columns: [
        'scope text NOT NULL',
        'key text NOT NULL',
        'operation text NOT NULL',
        'request_hash text NOT NULL',
        'status integer NOT NULL',
        'response jsonb',
        'created_at timestamp with time zone DEFAULT now() NOT NULL',
      ],
      constraints: ['pkey PRIMARY KEY (scope, key)'],
      indexes: ['created_at ON %.idempotency_keys USING btree (created_at)'],
      policy: `caller_scope ON %.idempotency_keys FOR ALL USING ((${isCaller} OR ${isPlatform})) WITH CHECK (${isCaller})`,
    },
    {
      name: 'inbox',
      columns: [
        'consumer text NOT NULL',
        'event_id uuid NOT NULL',
        'handled_at timestamp with time zone DEFAULT now() NOT NULL',
      ],
      constraints: ['pkey PRIMARY KEY (consumer, event_id)'],
      indexes: ['handled_at ON %.inbox USING brin (handled_at)'],
    },
    {
      name: 'outbox',
      columns: [
        'id uuid NOT NULL',
        'sequence bigint GENERATED ALWAYS AS IDENTITY NOT NULL',
        'transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL',
        'topic text NOT NULL',
        'key text NOT NULL',
        'type text NOT NULL',
        'tenant_id uuid',
        'envelope json NOT NULL',
        'created_at timestamp with time zone DEFAULT now() NOT NULL',
      ],
      constraints: ['pkey PRIMARY KEY (id)'],
      indexes: ['order ON %.outbox USING btree (transaction_id, sequence)'],
    },
    {
      name: many.snake,
      columns: [
        'id uuid NOT NULL',
        'tenant_id uuid NOT NULL',
        'name text NOT NULL',
        'version integer DEFAULT 1 NOT NULL',
        'created_at timestamp with time zone NOT NULL',
        'updated_at timestamp with time zone NOT NULL',
      ],
      constraints: ['pkey PRIMARY KEY (id)', 'tenant_id_name_key UNIQUE (tenant_id, name)'],
      policy: `tenant_isolation ON %.${many.snake} FOR ALL USING (${isTenant}) WITH CHECK (${isTenant})`,
    },
    {
      name: 'schema_migrations',
      columns: [
        'name text NOT NULL',
        'checksum text NOT NULL',
        'applied_at timestamp with time zone DEFAULT now() NOT NULL',
      ],
      constraints: ['pkey PRIMARY KEY (name)'],
    },
  ];
  return tables.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function renderSchema(request: ServiceRequest): string {
  const schema = request.service.snake;
  const tables = listTables(request);
  const each = (lines: (table: TableText) => readonly string[]) => tables.flatMap(lines);
  const parts = [
    '-- What the migrations lead to. Made by a test; do not edit.',
    '-- tables',
    ...each(({ name, columns }) => [
      `CREATE TABLE ${schema}.${name} (\n${columns.map((column) => `  ${column}`).join(',\n')}\n);`,
    ]),
    '-- constraints',
    ...each(({ name, constraints }) =>
      constraints.map((text) => `ALTER TABLE ${schema}.${name} ADD CONSTRAINT ${name}_${text};`),
    ),
    '-- indexes',
    ...each(({ name, indexes = [] }) => indexes.map((text) => `CREATE INDEX ${name}_${text.replace('%', schema)};`)),
    '-- row-level security',
    ...each(({ name, policy }) =>
      policy === undefined ? [] : [`ALTER TABLE ${schema}.${name} FORCE ROW LEVEL SECURITY;`],
    ),
    '-- policies',
    ...each(({ policy }) => (policy === undefined ? [] : [`CREATE POLICY ${policy.replace('%', schema)};`])),
  ];
  return `${parts.join('\n\n')}\n`;
}
