#!/usr/bin/env bash
# Rendered by plinth from the platform description. Do not edit: change the description.
set -euo pipefail
base=$1
types='feat|fix|perf|refactor|docs|test|build|ci|chore|style|revert'
failed=0
while IFS= read -r subject; do
  if ! printf '%s\n' "$subject" | grep -Eq "^($types)(\([a-z0-9-]+\))?!?: [^ ](.*[^. ])?$"; then
    echo "Not \"type(scope): subject\" without a full stop: $subject" >&2
    failed=1
  elif [ "$(printf '%s' "$subject" | wc -m)" -gt 72 ]; then
    echo "Longer than 72 characters: $subject" >&2
    failed=1
  fi
done < <(git log --no-merges --format=%s "$base..HEAD")
exit "$failed"
