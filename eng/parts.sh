# Sourced by ./test and ./demo: what a Debian 12 machine must have beside git and the .NET SDK, and how it gets it.
# Each part is checked by the command or Python module that is used, not by its package, so that another source of it counts.

# parts_missing prints the Debian packages of the parts that are not here, one a line.
parts_missing() {
  local part command package module
  for part in ffmpeg:ffmpeg bwrap:bubblewrap ip:iproute2 iptables:iptables slirp4netns:slirp4netns podman:podman \
    runc:runc catatonit:catatonit node:nodejs npm:npm; do
    command=${part%%:*} package=${part#*:}
    PATH="$PATH:/usr/sbin:/sbin" command -v "$command" >/dev/null || echo "$package"
  done
  [ -x /usr/lib/podman/netavark ] || [ -x /usr/libexec/podman/netavark ] || echo netavark
  { [ -x /bin/busybox ] && [ -e /usr/share/doc/busybox-static ]; } || echo busybox-static
  [ -x /usr/bin/python3 ] || echo python3
  for part in cv2:python3-opencv jinja2:python3-jinja2 yaml:python3-yaml; do
    module=${part%%:*} package=${part#*:}
    /usr/bin/python3 -c "import importlib.util as u, sys; sys.exit(u.find_spec('$module') is None)" 2>/dev/null ||
      echo "$package"
  done
}

# parts_install brings what is missing; without the right to, it prints the one command and exits 3.
parts_install() {
  local missing as_root=() install
  if ! command -v dotnet >/dev/null; then
    echo "The .NET 10 SDK is missing: https://learn.microsoft.com/dotnet/core/install/linux-debian" >&2
    exit 3
  fi
  missing=$(parts_missing | tr '\n' ' ')
  missing=${missing% }
  [ -n "$missing" ] || return 0
  install="apt-get install -y --no-install-recommends $missing"
  if ! command -v apt-get >/dev/null; then
    echo "Missing here: $missing (names of Debian packages). Install them and start again." >&2
    exit 3
  fi
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      printf 'Missing here: %s. As root, run:\n  apt-get update && %s\n' "$missing" "$install" >&2
      exit 3
    fi
  fi
  echo "installing: $missing" >&2
  mkdir -p artifacts
  # The lists may be stale in part; the install itself decides.
  "${as_root[@]}" apt-get update -q >artifacts/apt.log 2>&1 || true
  # shellcheck disable=SC2086 # a list of words
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $install >>artifacts/apt.log 2>&1; then
    tail -n 15 artifacts/apt.log >&2
    printf 'The installation failed; the whole log is artifacts/apt.log. By hand:\n  %s\n' "$install" >&2
    exit 3
  fi
}

# vda_setup brings the Node packages and the clip of the video pipeline into .tools/ (once).
vda_setup() {
  [ ! -x pipelines/vda/setup ] || pipelines/vda/setup
}
