#!/usr/bin/env bash
# Rendered by plinth from the platform description. Do not edit: change the description.
set -euo pipefail
address=$1

# Roll-outs take their time: ten minutes in all.
for attempt in $(seq 1 60); do
  if curl --fail --silent --show-error --max-time 10 "$address/" >/dev/null; then
    break
  fi
  if [ "$attempt" -eq 60 ]; then
    echo "$address is not ready" >&2
    exit 1
  fi
  sleep 10
done
echo "$address answers."
