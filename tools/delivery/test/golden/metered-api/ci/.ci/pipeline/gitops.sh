#!/usr/bin/env bash
# Rendered by plinth from the platform description. Do not edit: change the description.
set -euo pipefail
scripts=$(cd "$(dirname "$0")" && pwd)
: "$GITOPS_REPOSITORY" "$GITOPS_BRANCH"

# The token goes through the environment: the command line of a process can be read by others.
if [ -n "$GITOPS_TOKEN" ]; then
  GIT_CONFIG_COUNT=1
  GIT_CONFIG_KEY_0=http.extraHeader
  GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'x-access-token:%s' "$GITOPS_TOKEN" | base64 | tr -d '\n')"
  export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
fi

clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
git clone --quiet --depth 1 --branch "$GITOPS_BRANCH" "$GITOPS_REPOSITORY" "$clone"
cd "$clone"

if [ "$1" = revision ]; then
  # A file that is not there yet means that nothing was deployed: everything is new.
  [ ! -f "$2" ] || node "$scripts/image-tags.mjs" "$@"
  exit 0
fi
if [ "$1" = tag ]; then
  node "$scripts/image-tags.mjs" "$@"
  exit 0
fi

git config user.name 'plinth pipeline'
git config user.email 'pipeline@plinth.invalid'
for attempt in 1 2 3 4 5 6 7 8; do
  node "$scripts/image-tags.mjs" "$@"
  if git diff --quiet; then
    echo 'The environment has these images already.'
    exit 0
  fi
  git commit --quiet --all --message "deploy: $(git diff --name-only | tr '\n' ' ')"
  if git push --quiet origin "HEAD:$GITOPS_BRANCH"; then
    git show --stat --oneline HEAD
    exit 0
  fi
  echo "Somebody pushed in between; attempt $attempt failed." >&2
  git fetch --quiet --depth 1 origin "$GITOPS_BRANCH"
  git reset --quiet --hard FETCH_HEAD
done
echo 'The images could not be written: every push was refused.' >&2
exit 1
