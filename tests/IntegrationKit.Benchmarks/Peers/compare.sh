#!/usr/bin/env bash
# usage: compare.sh [ROUNDS]   Interleaves the Shop suite on IntegrationKit and hand-wired; prints medians of whole
# processes. The hand-wired one gets a server that is started and stopped for each round, as its container would be.
set -euo pipefail
cd "$(dirname "$0")/../../.."
rounds=${1:-5}
port=54871
folder=$(mktemp -d)
trap 'tests/IntegrationKit.Benchmarks/Peers/server.sh stop "$folder/pg" 2>/dev/null || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
dotnet build examples/Shop.IntegrationTests -v q --nologo >/dev/null
dotnet build tests/IntegrationKit.Benchmarks/Peers/HandWired -v q --nologo >/dev/null
ours() { dotnet artifacts/bin/Shop.IntegrationTests/debug/Shop.IntegrationTests.dll -class- "Shop.IntegrationTests.Background.ExpiryTests" -class- "Shop.IntegrationTests.Background.HealthTests"; }
wired() {
  HANDWIRED_POSTGRES=$(tests/IntegrationKit.Benchmarks/Peers/server.sh start "$folder/pg" $port)
  export HANDWIRED_POSTGRES
  dotnet artifacts/bin/HandWired/debug/HandWired.dll || true
  tests/IntegrationKit.Benchmarks/Peers/server.sh stop "$folder/pg"
}
TIMEFORMAT='%R %U %S'
for round in $(seq "$rounds"); do
  for who in ours wired; do
    { time $who >"$folder/$who.log" 2>&1; } 2>"$folder/time"
    echo "$who $(tail -1 "$folder/time") $(grep -o 'Total: [0-9]*.*Failed: [0-9]*' "$folder/$who.log" | tail -1)" | tee -a "$folder/rows"
  done
done
for who in ours wired; do
  for column in 2 3; do
    grep "^$who" "$folder/rows" | cut -d' ' -f$column | sort -n | sed -n "$(((rounds + 1) / 2))p" | sed "s/^/$who median $([ $column = 2 ] && echo wall || echo user) /"
  done
done
