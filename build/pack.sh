#!/usr/bin/env bash
# Makes the NuGet packages in artifacts/packages (or the folder given).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-$(pwd)/artifacts/packages}
mkdir -p "$out"
rm -f "$out"/IntegrationKit*.nupkg
for project in src/*/*.csproj; do
  # One compiler process for all projects; what it says goes to the log, so that it cannot hold this script's output open.
  dotnet pack "$project" --nologo -v q -clp:NoSummary -c Release -o "$out" -p:UseSharedCompilation=true >"$out/pack.log" 2>&1 \
    || { cat "$out/pack.log" >&2; exit 1; }
done
rm -f "$out/pack.log"
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
ls "$out"
