#!/bin/sh
# The contract of the official image's entry point that tests rely on: RABBITMQ_DEFAULT_USER, _PASS and _VHOST.
set -eu
export HOME=/var/lib/rabbitmq RABBITMQ_NODENAME=rabbit@localhost RABBITMQ_LOGS=- RABBITMQ_CONFIG_FILE=/tmp/rabbitmq
cat >/tmp/rabbitmq.conf <<END
loopback_users.guest = false
listeners.tcp.default = 5672
default_user = ${RABBITMQ_DEFAULT_USER:-guest}
default_pass = ${RABBITMQ_DEFAULT_PASS:-guest}
default_vhost = ${RABBITMQ_DEFAULT_VHOST:-/}
END
mkdir -p "$HOME" /var/log/rabbitmq
chown -R rabbitmq:rabbitmq "$HOME" /var/log/rabbitmq
exec setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups /usr/lib/rabbitmq/bin/rabbitmq-server
