#!/usr/bin/env bash
# Rendered by plinth from the platform description. Do not edit: change the description.
set -euo pipefail
folder=$1
kubeconform=ghcr.io/yannh/kubeconform:v0.8.0
looked=0

conform() {
  docker run --rm --interactive "$kubeconform" -strict -ignore-missing-schemas -summary
}

# Nothing is found below a target that the platform does not have.
list() {
  if [ -d "$folder/$1" ]; then find "$folder/$1" "$2" "$3" "$4" "$5" -name "$6" | sort; fi
}

while IFS= read -r base; do
  echo "compose: $base"
  set --
  for layer in compose.yaml compose.dev.yaml compose.monitoring.yaml; do
    if [ -f "$(dirname "$base")/$layer" ]; then set -- "$@" --file "$(dirname "$base")/$layer"; fi
  done
  docker compose "$@" config --quiet
  looked=$((looked + 1))
done < <(list compose -mindepth 2 -maxdepth 2 compose.yaml)

while IFS= read -r file; do
  chart=$(dirname "$file")
  echo "helm: $chart"
  # Charts of others are fetched for this; what they are like inside is not ours to judge.
  if grep --quiet --extended-regexp "repository: .?(https|oci)://" "$file"; then
    helm dependency update "$chart"
    helm lint "$chart"
  else
    helm lint --strict "$chart"
  fi
  for values in "$chart"/values-*.yaml; do
    [ -f "$values" ] || continue
    environment=$(basename "$values" .yaml | sed 's/^values-//')
    helm template release "$chart" --values "$values" --values "$folder/helm/images/$environment.yaml" | conform
  done
  looked=$((looked + 1))
done < <(list helm/charts -mindepth 2 -maxdepth 2 Chart.yaml)

while IFS= read -r file; do
  echo "kustomize: $(dirname "$file")"
  kubectl kustomize "$(dirname "$file")" | conform
  looked=$((looked + 1))
done < <(list kustomize/overlays -mindepth 2 -maxdepth 2 kustomization.yaml)

if [ -d "$folder/ci" ]; then
  while IFS= read -r file; do
    echo "pipeline: $file"
    diff --unified "$folder/ci/$file" "$file"
    looked=$((looked + 1))
  done < <(cd "$folder/ci" && find .ci .github -type f | sort)
fi

if [ "$looked" -eq 0 ]; then
  echo "$folder holds nothing to validate" >&2
  exit 1
fi
echo "$looked trees and files are as they must be."
