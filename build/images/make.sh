#!/usr/bin/env bash
# Makes container images for the tests from Debian's (or Ubuntu's) packages: no registry, no network inside a container.
# usage: build/images/make.sh [postgres] [redis] [rabbitmq]; images that these scripts have made already are kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=integrationkit-test
version=$(cat "$here"/*.sh | sha256sum | cut -c1-12)
shell='dash bash coreutils grep sed tar util-linux libc-bin base-files'

unpack() { # user packages...: all files of the packages and of everything they need, in $work/$user
  local user=$1 root=$work/$1 debs=$work/$1.debs deb dir
  shift
  mkdir -p "$debs/partial" "$root"/usr/{bin,sbin,lib,lib64,local/bin}
  # With an empty list of installed packages apt fetches the whole closure, the C library included.
  : >"$debs/status"
  apt-get -qq -y --download-only --no-install-recommends -o Dir::State::status="$debs/status" -o Dir::Cache::archives="$debs" \
    -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)" install $shell "$@" >/dev/null
  for dir in bin sbin lib lib64; do ln -s "usr/$dir" "$root/$dir"; done
  for deb in "$debs"/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar -C "$root" -x --keep-directory-symlink --no-same-owner; done
  ln -sf dash "$root/usr/bin/sh"
  rm -rf "$root"/usr/share/{doc,man,info,lintian,bug,locale,i18n} "$root"/var/lib/dpkg
  mkdir -p "$root"/{tmp,run,etc,docker-entrypoint-initdb.d}
  chmod 1777 "$root/tmp"
  [ -e "$root/var/run" ] || ln -s ../run "$root/var/run"
  printf '%s\n' root:x:0:0::/root:/bin/sh "$user:x:999:999::/var/lib/$user:/bin/sh" >"$root/etc/passwd"
  printf '%s\n' root:x:0: "$user:x:999:" >"$root/etc/group"
  printf '%s\n' 'hosts: files dns' 'passwd: files' 'group: files' >"$root/etc/nsswitch.conf"
}

image() { # user; the rest of the Dockerfile comes on the input
  local context=$work/$1.context
  mkdir "$context"
  tar -C "$work/$1" --owner=0 --group=0 -cf "$context/root.tar" .
  { printf '%s\n' 'FROM scratch' 'ADD root.tar /' 'ENV LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' "LABEL integrationkit.scripts=$version"; cat; } >"$context/Dockerfile"
  DOCKER_BUILDKIT=0 docker build -q -t "$prefix/$1" "$context" >/dev/null 2>"$work/build.log" || { cat "$work/build.log" >&2; return 1; }
  rm -rf "$context" "${work:?}/$1" "$work/$1.debs"
}

postgres() {
  unpack postgres postgresql tzdata
  local root=$work/postgres major
  major=$(basename "$root"/usr/lib/postgresql/*)
  rm -rf "$root/usr/lib/postgresql/$major"/lib/{bitcode,llvmjit*} "$root"/usr/lib/*/libLLVM* "$root"/usr/lib/llvm* "$root"/usr/share/perl* \
    "$root"/usr/lib/*/perl* "$root"/usr/lib/*/libperl*
  sed -ri "s/^#?listen_addresses\s*=.*/listen_addresses = '*'/" "$root/usr/share/postgresql/$major/postgresql.conf.sample"
  install -m 755 "$here/postgres-entrypoint.sh" "$root/usr/local/bin/docker-entrypoint.sh"
  image postgres <<END
ENV PATH=/usr/lib/postgresql/$major/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin PGDATA=/var/lib/postgresql/data
VOLUME /var/lib/postgresql/data
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
END
}

redis() {
  unpack redis redis-server redis-tools
  image redis <<'END'
EXPOSE 6379
USER 999
CMD ["redis-server", "--protected-mode", "no", "--bind", "0.0.0.0", "--save", "", "--dir", "/tmp"]
END
}

rabbitmq() {
  unpack rabbitmq rabbitmq-server procps
  install -m 755 "$here/rabbitmq-entrypoint.sh" "$work/rabbitmq/usr/local/bin/docker-entrypoint.sh"
  image rabbitmq <<'END'
EXPOSE 5672
ENTRYPOINT ["docker-entrypoint.sh"]
END
}

make() {
  [ "$(docker image inspect "$prefix/$1" --format '{{index .Config.Labels "integrationkit.scripts"}}' 2>/dev/null)" = "$version" ] && return
  SECONDS=0
  "$1"
  echo "image $prefix/$1 made in $SECONDS s" >&2
}

[ $# -gt 0 ] || set -- postgres redis rabbitmq
jobs=()
for name in "$@"; do
  make "$name" &
  jobs+=($!)
done
for job in "${jobs[@]}"; do wait "$job"; done
docker image prune -f --filter label=integrationkit.scripts >/dev/null # what older scripts made
