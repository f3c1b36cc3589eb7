/**
 * `sh build-images.sh affected.txt <tag>`: builds and pushes what `affected-images.mjs` found, with BuildKit alone, for
 * servers without actions. REGISTRY, REGISTRY_USERNAME and REGISTRY_PASSWORD: where to and as whom.
 */
export const buildImagesScript = String.raw`
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
`.trimStart();

/** `node list-affected.mjs affected.txt`: the repositories in that list, one on a line. */
export const listAffectedScript = String.raw`
import { readFileSync } from 'node:fs';

const list = /^images=(.*)$/m.exec(readFileSync(process.argv[2], 'utf8'));
for (const { repository } of JSON.parse(list[1])) console.log(repository);
`.trimStart();
