#!/usr/bin/env bash
# Makes the NuGet packages in artifacts/packages (or the folder given), compiled ahead when the compiler can be restored.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-$(pwd)/artifacts/packages}
mkdir -p "$out"
rm -f "$out"/IntegrationKit*.nupkg
ahead=true
if ! dotnet restore build/Compiler.proj --nologo -v q >"$out/pack.log" 2>&1; then
  ahead=false
  echo "PACKED PLAIN, nothing compiled ahead: $(grep -m1 -oE 'error .*' "$out/pack.log" || echo "the compiler cannot be restored")" >&2
fi
for project in src/*/*.csproj; do
  # One compiler process for all projects; what it says goes to the log, so that it cannot hold this script's output open.
  dotnet pack "$project" --nologo -v q -clp:NoSummary -c Release -o "$out" -p:UseSharedCompilation=true -p:CompileAhead=$ahead >"$out/pack.log" 2>&1 \
    || { cat "$out/pack.log" >&2; exit 1; }
done
rm -f "$out/pack.log"
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
ls "$out"
