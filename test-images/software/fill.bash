#!/usr/bin/env bash
# shellcheck disable=SC2034,SC2154 # it is a part of make-bundle, which has the variables
# What make-bundle puts into bundles of real software: programs of this machine's packages, with all that they look for. Big
# directories are the host's, mounted read-only. Each program checks itself all the time and tells in /report, as the workload kinds
# does ("ok NAME COUNT", or "bad NAME WHAT"), but for nginx, which others check.

reports() {
  mkdir -p "$rootfs/report"
  chmod 1777 "$rootfs/report"
}

from_host() { # from_host PATH…: the same directories or files in the container
  local path
  for path in "$@"; do settings+=(--bind "$path"); done
}

shell() {
  cp "$(program busybox busybox-static)" "$rootfs/bin/busybox"
  for applet in sh mv sleep; do ln -s busybox "$rootfs/bin/$applet"; done
}

# As a user of its own, which PostgreSQL insists on, and in a user namespace, so that it can be dumped everywhere.
fill_postgres() {
  local bin name
  bin=$(dirname "$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -1)")
  [ -x "$bin/pgbench" ] || die "PostgreSQL is not installed (package postgresql): run ./setup"
  if [ "$uid" = 0 ]; then uid=70; settings+=(--user-namespace --uid "$uid"); fi
  for name in postgres initdb pg_isready pgbench psql; do copy_with_libraries "$bin/$name" "$bin/$name"; done
  from_host "$bin/../lib" /usr/share/postgresql
  shell
  reports
  echo "bench:x:$uid:$uid::/data:/bin/sh" >> "$rootfs/etc/passwd"
  install -m 755 "$here/software/postgres-under-pgbench" "$rootfs/bin/postgres-under-pgbench"
  command=(/bin/sh /bin/postgres-under-pgbench "$bin")
}

fill_jvm() {
  local jdk
  jdk=$("$here/../migrate-cli/src/dist/find-jdk") || die "there is no JDK: run ./setup"
  libraries "$jdk/bin/java" "$jdk/lib/server/libjvm.so" "$jdk/lib/libjava.so"
  from_host "$jdk"
  reports
  "$jdk/bin/javac" -d "$rootfs/app" "$here/software/Bank.java"
  command=("$jdk/bin/java" -XX:+UseG1GC -Xmx96m -XX:-UsePerfData -XX:TieredStopAtLevel=1 -cp /app Bank /report/jvm)
}

fill_python() {
  local version
  [ -x /usr/bin/python3 ] || die "Python is not installed (package python3): run ./setup"
  version=$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  copy_with_libraries /usr/bin/python3 /usr/bin/python3
  from_host "/usr/lib/python$version"
  reports
  cp "$here/software/tasks.py" "$rootfs/tasks.py"
  command=(/usr/bin/python3 -I -S /tasks.py /report/python)
}

fill_node() {
  local node
  node=$(readlink -f "$(program node nodejs)")
  libraries "$node"
  from_host "$node"
  [ ! -d /usr/share/nodejs ] || from_host /usr/share/nodejs
  reports
  cp "$here/software/web.js" "$rootfs/web.js"
  command=("$node" /web.js /report/node)
}

fill_nginx() {
  copy_with_libraries "$(program nginx nginx)" /bin/nginx
  mkdir -p "$rootfs"/{pages,var/lib/nginx,var/log/nginx}
  head -c 300000 /dev/zero | tr '\0' x > "$rootfs/pages/page"
  cat > "$rootfs/etc/nginx.conf" <<'CONF'
daemon off;
user root root;
worker_processes 2;
pid /run/nginx.pid;
error_log stderr;
events { worker_connections 64; }
http {
  access_log off;
  keepalive_timeout 600s;
  keepalive_requests 1000000;
  server { listen 80; root /pages; }
}
CONF
  command=(/bin/nginx -c /etc/nginx.conf)
}
