#!/usr/bin/env bash
# usage: server.sh start FOLDER PORT | stop FOLDER
# A PostgreSQL as a container image gives it: default settings, a fresh data directory. Prints a connection string.
set -euo pipefail
binaries=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)}
run() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
folder=$2
case $1 in
  start)
    mkdir -p "$folder"
    [ "$(id -u)" = 0 ] && chown postgres "$folder"
    run "$binaries/initdb" -D "$folder/data" -U shop -A trust >/dev/null
    run "$binaries/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-c listen_addresses=127.0.0.1 -c port=$3 -c unix_socket_directories=" start >/dev/null
    echo "Host=127.0.0.1;Port=$3;Username=shop;Database=shop_tests"
    ;;
  stop)
    run "$binaries/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
    rm -rf "$folder"
    ;;
esac
