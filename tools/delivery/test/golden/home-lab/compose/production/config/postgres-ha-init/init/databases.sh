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

role airflow /run/secrets/airflow-database-password
database airflow airflow

role gitea /run/secrets/gitea-database-password
database gitea gitea

role hasura /run/secrets/hasura-database-password
database hasura hasura

role keycloak /run/secrets/keycloak-database-password
database keycloak keycloak

role n8n /run/secrets/n8n-database-password
database n8n n8n

role sonarqube /run/secrets/sonarqube-database-password
database sonarqube sonarqube

role woodpecker /run/secrets/woodpecker-database-password
database woodpecker woodpecker

