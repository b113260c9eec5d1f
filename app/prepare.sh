# Sourced by app/run.sh and tests/run.sh: installs what is missing, configures, builds. Debian packages only.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release

# Names of the packages in the given sections of resources/packages.txt.
packages_of() {
    awk -v wanted=" $* " '/^#/ || /^$/ { next } /^\[/ { gsub(/[][]/, ""); in_it = index(wanted, " " $0 " "); next } in_it' \
        "$root/resources/packages.txt"
}

install_packages() {
    local missing=() package installed
    # One call for all of them: a call a package takes seconds.
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | awk '$2 == "installed" { print $1 }' | sort -u)
    for package in $(packages_of "$@"); do
        grep -qxF "$package" <<<"$installed" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Installing Debian packages: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing and neither root nor sudo is here. As root: apt-get install ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq || return 1
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || {
        echo "apt-get could not install: ${missing[*]}" >&2
        return 1
    }
}

# build TARGET...: configures once, then lets Ninja decide what is to be done.
build() {
    local log
    log=$(mktemp)
    if [ ! -f "$build/build.ninja" ]; then
        echo "Configuring $build"
        (cd "$root" && cmake --preset release) >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; return 1; }
    fi
    rm -f "$log"
    # Ninja's own progress when there is work; one line when there is none.
    cmake --build "$build" --target "$@" || return 1
}
