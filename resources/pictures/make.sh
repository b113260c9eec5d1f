#!/usr/bin/env bash
# Makes the pictures of the documentation from a recorded incident of the demo (resources/demo/payments-db.holdfast): its
# clock stands, so that the same program draws the same picture. A few seconds. BIN may name another build.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=${BIN:-$root/build/release/bin}
XDG_CONFIG_HOME=$(mktemp -d)
trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 XDG_CONFIG_HOME
for view in service fleet map incidents; do
    "$bin/holdfast" screenshot --open "$root/resources/demo/payments-db.holdfast" --view $view --service checkout \
        --size 1600x900 --theme dark --language en --out "$root/resources/pictures/$view.png"
done
# The experiments' pictures, from the recorded run; `holdfast demo --experiment all --out DIR` makes a new one (six minutes).
"$bin/holdfast-window" --experiment-charts "$root/resources/training/results.json" --out "$root/resources/pictures/experiments"
