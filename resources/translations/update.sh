#!/usr/bin/env bash
# Takes new texts of the window into the translation; `--check` only says which lack one, and fails if any does.
# What is new stands in holdfast_de.ts as `type="unfinished"`: write the German text and take the mark away.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PATH=$PATH:/usr/lib/qt6/bin
file=$here/holdfast_de.ts
if [[ ${1:-} == --check ]]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    cp "$file" "$scratch/holdfast_de.ts"
    file=$scratch/holdfast_de.ts
fi
# words() and say() are the helpers by which free functions call QCoreApplication::translate().
lupdate "$here/../../widgets" -extensions cpp,h -tr-function-alias tr+=words,tr+=say -source-language en -target-language de \
    -locations none -no-obsolete -no-ui-lines -ts "$file" 2>/dev/null | tail -n 2
missing=$(grep -B 2 'type="unfinished"' "$file" | sed -n 's/.*<source>\(.*\)<\/source>.*/\1/p' || true)
if [[ -n $missing ]]; then
    echo "Without a translation:"
    echo "$missing"
    [[ ${1:-} != --check ]]
fi
