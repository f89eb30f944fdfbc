#!/usr/bin/env bash
# usage: build/bench.sh NAME [arguments]; without a name: the list. One JSON row per figure; exit 1 when a budget is not kept.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${1:-}" = start ]; then
  . build/docker.sh
  prepare_docker
fi
dotnet build tests/IntegrationKit.Benchmarks -c Release -v q --nologo -clp:NoSummary >&2
[ "${1:-}" != start ] || need_docker
dotnet artifacts/bin/IntegrationKit.Benchmarks/release/IntegrationKit.Benchmarks.dll "$@"
