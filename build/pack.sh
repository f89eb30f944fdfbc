#!/usr/bin/env bash
# Makes the NuGet packages in artifacts/packages (or the folder given).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-$(pwd)/artifacts/packages}
mkdir -p "$out"
rm -f "$out"/IntegrationKit*.nupkg
for project in src/*/*.csproj; do
  dotnet pack "$project" --nologo -v q -clp:NoSummary -c Release -o "$out"
done
ls "$out"
