#!/bin/sh
# Roles and databases of the platform, made when the data directory is new.
set -eu

role() { # name, file of the password, attributes
  PASSWORD_FILE="$2" psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=role="$1" \
    --set=attributes="${3:-NOCREATEROLE}" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set password `cat "$PASSWORD_FILE"`
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB :attributes NOBYPASSRLS PASSWORD :'password';
SQL
}

database() { # name, owner
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=database="$1" --set=owner="$2" \
    --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE DATABASE :"database" OWNER :"owner";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
}

role api /run/secrets/api-database-password
database api api

role plinth_owner /run/secrets/plinth-owner-password CREATEROLE
role plinth_app /run/secrets/plinth-app-password
database plinth plinth_owner
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname plinth <<'SQL'
GRANT CONNECT ON DATABASE "plinth" TO "plinth_app";
ALTER ROLE "plinth_owner" SET createrole_self_grant = 'set, inherit';
GRANT "plinth_app" TO "plinth_owner" WITH ADMIN OPTION;
SQL

