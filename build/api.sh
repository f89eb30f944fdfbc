#!/usr/bin/env bash
# Brings the checked-in public API files up to date with the code: new members are added, vanished ones removed.
# Review the diff: every line is a promise to users.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in ${*:-src/*/}; do
  project=${project%/}
  file=$project/PublicAPI.Unshipped.txt
  log=$(dotnet build "$project" --no-incremental -p:TreatWarningsAsErrors=false -p:RunAnalyzersDuringBuild=true 2>&1 | grep "/$(basename "$project").csproj\]" || true)
  removed=$(printf '%s\n' "$log" | sed -nE "s/.*RS0017: Symbol '(.*)' is part of the declared API.*/\1/p" | sort -u)
  added=$(printf '%s\n' "$log" | sed -nE "s/.*RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p" | sort -u)
  { printf '#nullable enable\n'
    { grep -v '^#nullable' "$file" || true; printf '%s\n' "$added"; } | grep -vxF -e "${removed:-//}" | grep -v '^$' | LC_ALL=C sort -u || true
  } > "$file.new"
  mv "$file.new" "$file"
  echo "$file: $(($(wc -l < "$file") - 1)) members"
done
