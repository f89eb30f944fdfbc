#!/usr/bin/env bash
# usage: build/test.sh [--style]. Runs every test of the repository. Does its own set-up. Last line: N passed, N failed,
# N skipped. With --style, what 'dotnet format' says of the order of imports and the like counts, too (a minute more).
set -uo pipefail
cd "$(dirname "$0")/.."
. build/postgres.sh
. build/docker.sh
. build/chromium.sh
need_dotnet
need_postgres
mkdir -p artifacts/logs
need_chromium # before Docker: two installations at once would be in each other's way
prepare_docker
fail() { echo "$1" >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

dotnet restore IntegrationKit.sln --nologo -v q || fail "restore failed"
dotnet format whitespace IntegrationKit.sln --verify-no-changes --no-restore || fail "dotnet format would change files: run 'dotnet format IntegrationKit.sln'"
if [ "${1:-}" = --style ]; then
  dotnet format style IntegrationKit.sln --verify-no-changes --no-restore --severity error || fail "run 'dotnet format IntegrationKit.sln'"
fi
# One compiler process for all projects; it writes to the log, so that it cannot hold this script's output open.
dotnet build IntegrationKit.sln --nologo --no-restore -v q -clp:NoSummary -p:UseSharedCompilation=true >artifacts/logs/build.log 2>&1 \
  || { grep -E 'error' artifacts/logs/build.log | sort -u | head -40; fail "build failed, whole output: artifacts/logs/build.log"; }
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1

passed=0 failed=0 skipped=0
run() { # project
  local name log status summary total errors failures skips notrun
  name=$(basename "$1"); log=artifacts/logs/$name.log
  # Tests that are about build machines set CI themselves.
  env -u CI dotnet run --project "$1" --no-build -- -noColor -trait- Kind=Specimen >"$log" 2>&1; status=$?
  summary=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+' "$log" | tail -1)
  read -r total errors failures skips notrun <<<"$(tr -c '0-9' ' ' <<<"$summary")"
  if [ -z "${total:-}" ]; then total=1 errors=0 failures=1 skips=0 notrun=0; fi
  failures=$((failures + errors))
  if [ "$status" != 0 ] && [ "$failures" = 0 ]; then failures=1 total=$((total + 1)); fi
  passed=$((passed + total - failures + errors - skips - notrun)); failed=$((failed + failures)); skipped=$((skipped + skips + notrun))
  printf '%-44s %s\n' "$name" "${summary:-no summary} (exit $status)"
  [ "$failures" = 0 ] || { grep -aE '\[FAIL\]' -A8 "$log" | head -150; echo "whole output: $log"; }
  grep -aE '\[SKIP\]' -A1 "$log" | grep -v '^--' | head -40 || true
}

need_docker
for project in tests/*.Tests examples/*.IntegrationTests; do run "$project"; done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
