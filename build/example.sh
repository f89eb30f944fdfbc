#!/usr/bin/env bash
# Runs the integration tests of the Shop example against a real database and prints where their report is.
set -euo pipefail
cd "$(dirname "$0")/.."
. build/postgres.sh
need_dotnet
need_postgres
project=examples/Shop.IntegrationTests
report=$(pwd)/$project/TestResults/integration
dotnet build "$project" --nologo -v q -clp:NoSummary
INTEGRATIONKIT_REPORT=$report dotnet run --project "$project" --no-build
echo "report: $report"
