#!/usr/bin/env bash
# Installs what is missing, builds everything, runs every test. Arguments go to ctest: tests/run.sh -R promql
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../app/prepare.sh"

install_packages build run test
build all
cd "$build"
exec ctest --output-on-failure --no-tests=error -j "$(nproc)" -LE heavy "$@"
