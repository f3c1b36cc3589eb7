#!/bin/sh
# As documented for the official image: templates become configuration, then /docker-entrypoint.d runs in order.
set -e
if [ "$1" = nginx ]; then
  if [ -d /etc/nginx/templates ] && [ -w /etc/nginx/conf.d ]; then
    # Only variables that are set: a template also contains nginx's own, such as $host.
    names=$(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/${\1}/p' | tr '\n' ' ')
    for template in /etc/nginx/templates/*.template; do
      [ -f "$template" ] || continue
      envsubst "$names" <"$template" >"/etc/nginx/conf.d/$(basename "$template" .template)"
    done
  fi
  for script in /docker-entrypoint.d/*.sh; do
    [ -x "$script" ] && "$script"
  done
fi
exec "$@"
