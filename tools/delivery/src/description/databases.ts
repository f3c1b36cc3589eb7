/** A database that somebody needs on the platform's PostgreSQL, with the role that owns it. */
export interface DatabaseRequest {
  readonly database: string;
  readonly role: string;
  /** Name of the platform's secret. */
  readonly passwordSecret: string;
  readonly attributes?: 'CREATEROLE';
  /** Further databases of the same role. */
  readonly also?: readonly string[];
  /** Roles that may connect and get their rights from migrations. */
  readonly guests?: readonly { readonly role: string; readonly passwordSecret: string }[];
}

/**
 * Script of the PostgreSQL image's own init directory: makes each role and database at the first start. Passwords
 * are read from the secrets' files by psql itself, so that they appear in no argument list.
 */
export function renderDatabasesScript(requests: readonly DatabaseRequest[]): string {
  const sorted = requests.toSorted((left, right) => (left.database < right.database ? -1 : 1));
  return `${[
    '#!/bin/sh',
    '# Roles and databases of the platform, made when the data directory is new.',
    'set -eu',
    '',
    'role() { # name, file of the password, attributes',
    '  PASSWORD_FILE="$2" psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=role="$1" \\',
    '    --set=attributes="${3:-NOCREATEROLE}" --username "$POSTGRES_USER" --dbname postgres <<\'SQL\'',
    '\\set password `cat "$PASSWORD_FILE"`',
    'CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB :attributes NOBYPASSRLS PASSWORD :\'password\';',
    'SQL',
    '}',
    '',
    'database() { # name, owner',
    '  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=database="$1" --set=owner="$2" \\',
    '    --username "$POSTGRES_USER" --dbname postgres <<\'SQL\'',
    'CREATE DATABASE :"database" OWNER :"owner";',
    'REVOKE ALL ON DATABASE :"database" FROM PUBLIC;',
    'SQL',
    '}',
    '',
    ...sorted.flatMap(scriptLines),
  ].join('\n')}\n`;
}

function scriptLines(request: DatabaseRequest): string[] {
  const { database, role, passwordSecret, attributes, also = [], guests = [] } = request;
  const sql = [
    ...guests.map((guest) => `GRANT CONNECT ON DATABASE "${database}" TO "${guest.role}";`),
    // A role with CREATEROLE may use the roles that it makes only when it grants them to itself (PostgreSQL 16).
    ...(attributes === 'CREATEROLE' ? [`ALTER ROLE "${role}" SET createrole_self_grant = 'set, inherit';`] : []),
    ...(attributes === 'CREATEROLE'
      ? guests.map((guest) => `GRANT "${guest.role}" TO "${role}" WITH ADMIN OPTION;`)
      : []),
  ];
  return [
    `role ${role} /run/secrets/${passwordSecret}${attributes === undefined ? '' : ` ${attributes}`}`,
    ...guests.map((guest) => `role ${guest.role} /run/secrets/${guest.passwordSecret}`),
    ...[database, ...also].map((name) => `database ${name} ${role}`),
    ...(sql.length === 0
      ? []
      : [
          `psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname ${database} <<'SQL'`,
          ...sql,
          'SQL',
        ]),
    '',
  ];
}

/** Secrets that the init script reads. */
export function databaseSecrets(requests: readonly DatabaseRequest[]): string[] {
  return requests
    .flatMap(({ passwordSecret, guests = [] }) => [passwordSecret, ...guests.map((guest) => guest.passwordSecret)])
    .toSorted();
}
