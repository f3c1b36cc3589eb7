import pg from 'pg';

const queries: readonly (readonly [string, string])[] = [
  [
    'tables',
    `SELECT format(E'CREATE TABLE %I.%I (\\n%s\\n)%s;', n.nspname, c.relname,
       (SELECT string_agg(format('  %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attidentity <> '' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE '' END,
          CASE WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END,
          CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END), E',\\n' ORDER BY a.attnum)
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
       CASE WHEN c.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END) AS line
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY n.nspname, c.relname`,
  ],
  [
    'constraints',
    `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s;', conrelid::regclass, conname, pg_get_constraintdef(co.oid)) AS line
     FROM pg_constraint co JOIN pg_class c ON c.oid = conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND NOT c.relispartition AND contype <> 'n' ORDER BY conrelid::regclass::text, conname`,
  ],
  [
    'indexes',
    `SELECT pg_get_indexdef(i.indexrelid) || ';' AS line
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND NOT c.relispartition AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
     ORDER BY i.indexrelid::regclass::text`,
  ],
  [
    'row-level security',
    `SELECT format('ALTER TABLE %s %s ROW LEVEL SECURITY;', c.oid::regclass, CASE WHEN c.relforcerowsecurity THEN 'FORCE' ELSE 'ENABLE' END) AS line
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relrowsecurity AND NOT c.relispartition ORDER BY c.oid::regclass::text`,
  ],
  [
    'policies',
    `SELECT format('CREATE POLICY %I ON %I.%I FOR %s USING (%s)%s;', policyname, schemaname, tablename, cmd, coalesce(qual, 'true'),
       CASE WHEN with_check IS NULL THEN '' ELSE ' WITH CHECK (' || with_check || ')' END) AS line
     FROM pg_policies WHERE schemaname = ANY($1) ORDER BY schemaname, tablename, policyname`,
  ],
  [
    'functions',
    `SELECT pg_get_functiondef(p.oid) || ';' AS line FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = ANY($1) AND p.prokind IN ('f', 'p') ORDER BY p.oid::regprocedure::text`,
  ],
  [
    'triggers',
    `SELECT pg_get_triggerdef(t.oid) || ';' AS line FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND NOT t.tgisinternal AND NOT c.relispartition ORDER BY t.tgrelid::regclass::text, t.tgname`,
  ],
];

/** The schema of a service as SQL, sorted: what its migrations lead to. The tables that all services have are in it too. */
export async function dumpSchema(url: string, schemas: readonly string[]): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET search_path = ''`);
    const parts: string[] = ['-- What the migrations lead to. Made by a test; do not edit.'];
    for (const [title, sql] of queries) {
      const { rows } = await client.query<{ line: string }>(sql, [schemas]);
      if (rows.length > 0) parts.push(`-- ${title}`, ...rows.map((row) => row.line));
    }
    return `${parts.join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}

/** Tables with a tenant_id that row-level security does not protect or does not force. */
export async function listUnprotectedTables(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT (c.relrowsecurity AND c.relforcerowsecurity) AND c.relname <> 'outbox'
         AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') ORDER BY 1`,
    );
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}
