#!/bin/sh
# needs.sh — installs what tidings is built and tested with, on Debian 12.
set -eu
needs="gcc make pkg-config python3 python3-pip libxml2-dev libpcre2-dev libjansson-dev libzip-dev zlib1g-dev libsqlite3-dev libzstd-dev liblz4-dev libcurl4-gnutls-dev libdeflate-dev libbrotli-dev"
missing=
for p in $needs; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
run=
[ "$(id -u)" = 0 ] || run=sudo
$run apt-get update -qq
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends ca-certificates $missing
