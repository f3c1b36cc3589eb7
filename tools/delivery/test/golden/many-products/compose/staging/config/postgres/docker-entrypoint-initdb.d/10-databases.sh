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

role auth /run/secrets/auth-database-password
database auth auth

role cards_api /run/secrets/cards-api-database-password
database cards_api cards_api

role chat_api /run/secrets/chat-api-database-password
database chat_api chat_api

role food_api /run/secrets/food-api-database-password
database food_api food_api

role links_api /run/secrets/links-api-database-password
database links_api links_api

role news_api /run/secrets/news-api-database-password
database news_api news_api

role picture_api /run/secrets/picture-api-database-password
database picture_api picture_api

role story_api /run/secrets/story-api-database-password
database story_api story_api

