#!/bin/sh
# Folders are layers: a file includes its own folder or a lower number, written
# from src. The numbers are those of docs/decisions.md; folders of one number do
# not know each other.
cd "$(dirname "$0")/../src" || exit 1
number_of() {
    case $1 in
    base) echo 0 ;; calendar) echo 1 ;; lang | bytecode) echo 2 ;; compile | vm) echo 3 ;;
    analysis | store | log) echo 4 ;; sim | replay) echo 5 ;; render) echo 6 ;; api) echo 7 ;; cli) echo 8 ;;
    *) echo 99 ;;
    esac
}
bad=$(grep -rn '^#include "' --include='*.[ch]' . | sed 's|^\./||' |
    while IFS=: read -r file line text; do
        from=${file%%/*}
        path=${text#*\"}
        to=${path%%/*}
        [ "${path%\"*}" = "$to\"" ] && to=gen
        case $to in *.h\"* | gen) continue ;; esac
        [ "$from" = "$to" ] && continue
        [ "$(number_of "$to")" -lt "$(number_of "$from")" ] ||
            echo "src/$file:$line: $from may not include $to"
    done)
sqlite=$(grep -rln '<sqlite3.h>' --include='*.[ch]' . | grep -v '^\./store/')
[ -n "$sqlite" ] && bad="$bad
sqlite3.h outside src/store: $sqlite"
if [ -n "$bad" ]; then
    echo "$bad"
    echo "layers: 0 passed, 1 failed"
    exit 1
fi
echo "layers: 1 passed, 0 failed"
