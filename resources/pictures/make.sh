#!/usr/bin/env bash
# Makes the pictures of the documentation: starts the demo offscreen, waits for the slow database to become an incident,
# and lets the window draw itself. About two and a half minutes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$root/build/release/bin
state=$(mktemp -d)
export QT_QPA_PLATFORM=offscreen XDG_CONFIG_HOME=$state

"$bin/holdfast" --demo --state-dir "$state" --screenshot "$state/first.png" --after 5 --stay >"$state/demo.log" 2>&1 &
demo=$!
trap 'kill $demo 2>/dev/null; wait $demo 2>/dev/null; rm -rf "$state"' EXIT

database=$state/holdfast.db
for _ in $(seq 200); do
    sleep 1
    "$bin/holdfast" incidents list --db "$database" 2>/dev/null | grep -q '^[0-9]' && break
done
sleep 25  # the charts show the way down, too
picture() { # NAME ARGUMENTS
    "$bin/holdfast-window" --engine-file "$database.engine" --size 1600x900 --screenshot "$root/resources/pictures/$1.png" --after 4 "${@:2}"
}
picture service --view service --service checkout
picture fleet --view fleet
picture map --view map
picture incidents --view incidents
# The experiments' pictures, from the recorded run; `holdfast demo --experiment all --out DIR` makes a new one (six minutes).
"$bin/holdfast-window" --experiment-charts "$root/resources/training/results.json" --out "$root/resources/pictures/experiments"
