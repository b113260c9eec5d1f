#!/usr/bin/env bash
# Installs what is missing, builds, and starts Holdfast: the demo without arguments, otherwise with yours.
#   app/run.sh
#   app/run.sh --config my.yml
#   app/run.sh --screenshot out.png --after 30
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

install_packages build run
build holdfast holdfast-fleet holdfast-window >&2

# Without arguments, or with nothing but a picture asked for: the demo.
arguments=("$@")
case "${1:-}" in
"" | --screenshot | --after) arguments=(--demo "$@") ;;
esac

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${QT_QPA_PLATFORM:-}" ]; then
    export QT_QPA_PLATFORM=offscreen
    echo "No display here (DISPLAY and WAYLAND_DISPLAY are empty): drawing offscreen."
    case " $* " in
    *" --screenshot "*) ;;
    *)
        picture=$PWD/holdfast-window.png
        echo "A picture of the live window will be in $picture after 20 s. Ctrl-C ends Holdfast."
        arguments+=(--screenshot "$picture" --after 20 --stay)
        ;;
    esac
fi
exec "$build/bin/holdfast" "${arguments[@]}"
