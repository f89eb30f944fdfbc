#!/usr/bin/env bash
# usage: build/bench.sh NAME [arguments]; without a name: the list. One JSON row per figure; exit 1 when a budget is not kept.
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-} in start | suite)
  . build/docker.sh
  prepare_docker
esac
dotnet build tests/IntegrationKit.Benchmarks -c Release -v q --nologo -clp:NoSummary >&2
case ${1:-} in
  start) need_docker ;;
  suite)
    need_docker
    if [ "$(cat "$docker_state")" = ready ]; then
      # Testcontainers speaks one version, which an older engine does not know, and fetches its reaper from a registry.
      DOCKER_API_VERSION=$(docker version --format '{{.Server.APIVersion}}')
      export DOCKER_API_VERSION HANDWIRED_IMAGE=${HANDWIRED_IMAGE-integrationkit-test/postgres} TESTCONTAINERS_RYUK_DISABLED=true
    fi ;;
esac
dotnet artifacts/bin/IntegrationKit.Benchmarks/release/IntegrationKit.Benchmarks.dll "$@"
