#!/usr/bin/env bash
# Rendered by plinth from the platform description. Do not edit: change the description.
set -euo pipefail
address=$1

# Roll-outs take their time: ten minutes in all.
for attempt in $(seq 1 60); do
  if curl --fail --silent --show-error --max-time 10 "$address/health/ready" >/dev/null; then
    break
  fi
  if [ "$attempt" -eq 60 ]; then
    echo "$address is not ready" >&2
    exit 1
  fi
  sleep 10
done

curl --fail --silent --show-error --max-time 10 "$address/openapi.json" | grep --quiet '"openapi"'
curl --fail --silent --show-error --max-time 10 "$address/services" >/dev/null

# Without a session a protected operation must be refused: an edge that lets everybody in is no success.
status=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 "$address/api/v1/users")
if [ "$status" != 401 ]; then
  echo "GET $address/api/v1/users answers $status instead of 401" >&2
  exit 1
fi
echo "$address answers."
