#!/bin/sh
# Installs the libraries that Assay links, on Debian and Ubuntu; does nothing when they are there.
set -eu

command -v swift > /dev/null || {
  echo "Swift is missing: install version 6.2 or later from https://www.swift.org/install/" >&2
  exit 1
}

missing=""
need() { # package, the name that pkg-config knows it by
  pkg-config --exists "$2" 2> /dev/null || missing="$missing $1"
}
command -v pkg-config > /dev/null || missing=" pkg-config"
need libyaml-dev yaml-0.1
need libpcre2-dev libpcre2-8
need zlib1g-dev zlib
[ -z "$missing" ] && exit 0

refuse() {
  echo "These packages are missing:$missing" >&2
  echo "$1" >&2
  exit 1
}
command -v apt-get > /dev/null || refuse "There is no apt-get here; install them, or their like, with your system's tool."
if [ "$(id -u)" -eq 0 ]; then
  as_root=""
elif command -v sudo > /dev/null; then
  as_root="sudo"
else
  refuse "Install them as root: apt-get install$missing"
fi

echo "Installing$missing"
install="$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends"
# A machine's list of packages may be old or absent; fetch it only then.
$install $missing || { $as_root apt-get update && $install $missing; } \
  || refuse "apt-get could not install them; run: apt-get install$missing"
