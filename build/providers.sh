#!/usr/bin/env bash
# Runs the tests of the Shop example, unchanged, on a PostgreSQL of each provider: local programs, a container, a server
# named by its connection string, a delegate in code. Needs Docker; last line: how many of the runs passed.
set -uo pipefail
cd "$(dirname "$0")/.."
. build/postgres.sh
. build/docker.sh
need_dotnet
need_postgres
prepare_docker
root=$(pwd) work=$(mktemp -d) image=integrationkit-test/postgres server='' runs=0 passed=0
unset INTEGRATIONKIT_POSTGRES INTEGRATIONKIT_POSTGRES_PROVIDER INTEGRATIONKIT_POSTGRES_IMAGE
finish() { [ -z "$server" ] || docker rm -f -v "$server" >/dev/null; rm -rf "$work"; docker_stop; }
trap finish EXIT

build() { dotnet build "$@" --nologo -v q >"$work/build.log" || { cat "$work/build.log" >&2; exit 1; }; }

run() { # name project
  local summary
  runs=$((runs + 1))
  summary=$(INTEGRATIONKIT_REPORT=$work/$1 dotnet run --no-build --project "$2" -- -noColor 2>&1 | grep -oE 'Total: .*')
  printf '%-10s %s  %s\n' "$1" "${summary:-no summary}" "$(grep -oE '"reason":"[^"]*(PostgreSQL|postgres|set in|delegate)[^"]*"' "$work/$1/report.json" | head -1)"
  grep -q 'Errors: 0, Failed: 0' <<<"$summary" && passed=$((passed + 1))
}

delegate() { # a copy whose fixture gets one word more: the server is started by the user's own code
  local copy=$work/source
  cp -R examples/Shop.IntegrationTests "$copy"
  mv "$copy"/*.csproj "$copy/Shop.OnDelegate.csproj" # a name, and so a folder for its output, of its own
  sed -i "s#\.\./\.\./src/#$root/src/#; s#\.\./Shop/#$root/examples/Shop/#" "$copy"/*.csproj
  echo "<Project><Import Project=\"$root/build/Examples.props\" /></Project>" >"$copy/Directory.Build.props"
  sed -i 's/UsePostgres("shop", o => o$/UsePostgres("shop", o => o.Start(OwnServer.StartAsync)/' "$copy/ShopFixture.cs"
  grep -q OwnServer "$copy/ShopFixture.cs" || { echo "ShopFixture.cs has changed; adapt $0" >&2; return 1; }
  cat >"$copy/OwnServer.cs" <<END
using Testcontainers.PostgreSql;
internal static class OwnServer
{
    public static async Task<(string, IAsyncDisposable?)> StartAsync(CancellationToken token)
    {
        var container = new PostgreSqlBuilder("$image").WithCleanUp(false).WithAutoRemove(true).Build();
        await container.StartAsync(token);
        return (container.GetConnectionString(), container);
    }
}
END
  build "$copy" -p:RunAnalyzers=false
  # Here Testcontainers is used without us: it speaks one version, which an older engine does not know.
  DOCKER_API_VERSION=$(docker version --format '{{.Server.APIVersion}}') run delegate "$copy"
}

build examples/Shop.IntegrationTests
need_docker
INTEGRATIONKIT_POSTGRES_PROVIDER=local run local examples/Shop.IntegrationTests
INTEGRATIONKIT_POSTGRES_PROVIDER=container INTEGRATIONKIT_POSTGRES_IMAGE=$image run container examples/Shop.IntegrationTests
server=$(docker run -d -p 127.0.0.1::5432 -e POSTGRES_PASSWORD=only-for-this-run "$image" -c max_prepared_transactions=20)
for try in $(seq 100); do docker exec "$server" pg_isready -q -h 127.0.0.1 && break; sleep 0.2; done
INTEGRATIONKIT_POSTGRES="Host=127.0.0.1;Port=$(docker port "$server" 5432 | head -1 | sed 's/.*://');Username=postgres;Password=only-for-this-run" run explicit examples/Shop.IntegrationTests
delegate
echo "$passed of $runs runs passed"
[ "$passed" = 4 ]
