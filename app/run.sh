#!/usr/bin/env bash
# Installs what is missing, builds, and starts Holdfast: the demo without arguments, otherwise with yours.
#   app/run.sh
#   app/run.sh --config my.yml
#   app/run.sh --screenshot out.png --after 30
#   app/run.sh query up --url http://127.0.0.1:9190
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

install_packages build run
build holdfast holdfast-fleet holdfast-window >&2

# Without arguments, or with nothing but a picture asked for: the demo.
arguments=("$@")
case "${1:-}" in
"" | --screenshot | --after) arguments=(--demo "$@") ;;
esac

# A command (holdfast query …), --help and --version need no display.
opens_window=yes
case "${1:-}" in
"" | --help | -h | --version) [ $# -eq 0 ] || opens_window=no ;;
-*) ;;
*) opens_window=no ;;
esac

if [ $opens_window = yes ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${QT_QPA_PLATFORM:-}" ]; then
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
