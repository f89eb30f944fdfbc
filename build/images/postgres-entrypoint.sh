#!/bin/sh
# The contract of the official image's entry point that tests rely on: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB,
# POSTGRES_INITDB_ARGS, scripts in /docker-entrypoint-initdb.d; the arguments go to postgres.
set -eu
: "${PGDATA:=/var/lib/postgresql/data}" "${POSTGRES_USER:=postgres}" "${POSTGRES_PASSWORD:=}" "${POSTGRES_INITDB_ARGS:=}"
: "${POSTGRES_DB:=$POSTGRES_USER}"
export PGDATA
case "${1:-postgres}" in -*) set -- postgres "$@" ;; esac
[ $# -gt 0 ] || set -- postgres
[ "$1" = postgres ] || exec "$@"

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown postgres:postgres "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

initialise() {
  [ -n "$POSTGRES_PASSWORD" ] || { echo 'Error: POSTGRES_PASSWORD is not set.' >&2; exit 1; }
  secret=$(mktemp)
  printf '%s\n' "$POSTGRES_PASSWORD" >"$secret"
  # Unquoted: the arguments are words.
  initdb --username="$POSTGRES_USER" --pwfile="$secret" -A trust --encoding=UTF8 --locale=C.UTF-8 --no-instructions $POSTGRES_INITDB_ARGS
  rm -f "$secret"
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  # As in the official image, a server on the socket alone runs the scripts; "ready" in its log does not mean ready.
  (shift; exec pg_ctl -w -o "-c listen_addresses='' $*" start)
  query() { psql -v ON_ERROR_STOP=1 --no-password --no-psqlrc --username "$POSTGRES_USER" "$@"; }
  [ "$POSTGRES_DB" = postgres ] || echo 'CREATE DATABASE :"name";' | query --dbname postgres --set name="$POSTGRES_DB"
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in *.sh) . "$file" ;; *.sql) query --dbname "$POSTGRES_DB" -f "$file" ;; esac
  done
  pg_ctl -m fast -w stop
}

[ -s "$PGDATA/PG_VERSION" ] || initialise "$@"
exec "$@"
