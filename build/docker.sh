#!/usr/bin/env bash
# Sourced by test.sh: tries to get a container engine and the images that the tests use, both from Debian's packages and
# with no registry. Where that cannot be had, the tests that need it are skipped and say why.
# The engine's API version needs no setting: the docker client and IntegrationKit.Testcontainers agree on one with the engine.

docker_state=artifacts/docker.state   # "ready", or why not
docker_pid=artifacts/docker.pid       # the daemon, when it is ours

docker_answers() { timeout 5 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

docker_from_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  echo "Installing Docker from Debian's packages ..." >&2
  apt-get -qq update >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive timeout 120 apt-get -qq install -y --no-install-recommends docker.io iptables >/dev/null 2>&1
}

docker_start() { # bounded: five seconds for each way
  [ "$(id -u)" = 0 ] && command -v dockerd >/dev/null 2>&1 || return 1
  local arguments try
  for arguments in '' '--iptables=false'; do
    # Unquoted: no argument or one. All descriptors redirected: the daemon must not hold this script's output open.
    setsid dockerd $arguments </dev/null >artifacts/logs/dockerd.log 2>&1 &
    echo $! >"$docker_pid"
    for try in $(seq 50); do
      docker_answers && return 0
      kill -0 "$(cat "$docker_pid")" 2>/dev/null || break
      sleep 0.1
    done
    docker_stop
  done
  return 1
}

docker_stop() { # only the daemon that docker_start started
  [ -f "$docker_pid" ] || return 0
  local pid try
  pid=$(cat "$docker_pid")
  rm -f "$docker_pid"
  kill "$pid" 2>/dev/null || return 0
  for try in $(seq 100); do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
  kill -9 "$pid" 2>/dev/null || true
}

docker_prepare() {
  command -v docker >/dev/null 2>&1 && command -v dockerd >/dev/null 2>&1 || docker_answers || docker_from_debian \
    || { echo "Docker is not installed and cannot be"; return; }
  docker_answers || docker_start || { echo "no Docker daemon runs and none can be started (it needs root); see artifacts/logs/dockerd.log"; return; }
  timeout 180 build/images/make.sh 2>artifacts/logs/images.log || { echo "the images cannot be made; see artifacts/logs/images.log"; return; }
  echo ready
}

docker_end() { # also when the script ends before it needed the daemon
  [ -z "$docker_job" ] || { kill "$docker_job"; wait "$docker_job"; } 2>/dev/null
  docker_stop
}

# Begins in the background, so that it costs little beside a build.
prepare_docker() {
  mkdir -p artifacts/logs
  rm -f "$docker_pid"
  docker_prepare >"$docker_state" 2>artifacts/logs/docker.log &
  docker_job=$!
  trap docker_end EXIT
}

# Waits for it; says what is missing.
need_docker() {
  wait "$docker_job"
  docker_job=
  [ "$(cat "$docker_state")" = ready ] && return 0
  echo "Tests that need containers are skipped: $(cat "$docker_state")." >&2
  # An engine without the images is as good as none.
  export DOCKER_HOST=unix:///not-prepared-by-build-docker.sh
}
