#!/bin/sh
# As documented for the official image: options and subcommands are Traefik's, everything else is a program.
set -e
if [ "${1#-}" != "$1" ]; then
  set -- traefik "$@"
elif [ "$1" != traefik ] && traefik "$1" --help >/dev/null 2>&1; then
  set -- traefik "$@"
fi
exec "$@"
