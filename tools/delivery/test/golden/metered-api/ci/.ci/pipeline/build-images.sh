#!/usr/bin/env sh
# Rendered by plinth from the platform description. Do not edit: change the description.
set -eu
list=$1
tag=$2

mkdir -p "$HOME/.docker"
authorization=$(printf '%s:%s' "$REGISTRY_USERNAME" "$REGISTRY_PASSWORD" | base64 | tr -d '\n')
printf '{"auths":{"%s":{"auth":"%s"}}}' "$REGISTRY" "$authorization" >"$HOME/.docker/config.json"

# One image on a line: the JSON holds no spaces and no nested objects.
sed -n 's/^images=\[\(.*\)\]$/\1/p' "$list" | sed 's/},{/}\n{/g' | while IFS= read -r image; do
  [ -n "$image" ] || continue
  repository=$(printf '%s' "$image" | sed 's/.*"repository":"\([^"]*\)".*/\1/')
  dockerfile=$(printf '%s' "$image" | sed 's/.*"dockerfile":"\([^"]*\)".*/\1/')
  buildctl-daemonless.sh build \
    --frontend dockerfile.v0 \
    --local context=. \
    --local dockerfile="$(dirname "$dockerfile")" \
    --opt filename="$(basename "$dockerfile")" \
    --opt attest:sbom= \
    --opt attest:provenance=mode=max \
    --import-cache "type=registry,ref=$repository:build-cache" \
    --export-cache "type=registry,ref=$repository:build-cache,mode=max" \
    --output "type=image,name=$repository:$tag,push=true"
done
