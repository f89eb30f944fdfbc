#!/usr/bin/env bash
# Sourced by test.sh: tries to get a Chromium for the tests that open the report in a browser, from Debian's packages. Where
# that cannot be had, those tests are skipped and say so.

chromium_found() {
  local name
  for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && return 0; done
  return 1
}

need_chromium() {
  chromium_found && return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
  echo "Installing Chromium from Debian's packages ..." >&2
  apt-get -qq update >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive timeout 240 apt-get -qq install -y --no-install-recommends chromium >artifacts/logs/chromium.log 2>&1 || true
}
