#!/usr/bin/env bash
# Installs what is missing, builds everything, runs every test. Arguments go to ctest: tests/run.sh -R promql
# --heavy as the first argument runs the second stage instead: Unleash on PostgreSQL and what else takes minutes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../app/prepare.sh"

stage=(-LE heavy)
sections=(build run test)
if [ "${1:-}" = --heavy ]; then
    shift
    stage=(-L heavy)
    sections+=(heavy)
fi
install_packages "${sections[@]}"
# Another Node than Debian's brings its own npm, which the package would be in conflict with.
command -v node >/dev/null && command -v npm >/dev/null || install_packages node
build all
cd "$build"
exec ctest --output-on-failure --no-tests=error -j "$(nproc)" "${stage[@]}" "$@"
