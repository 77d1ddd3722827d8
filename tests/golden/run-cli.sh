#!/bin/sh
# Every script in cli/ is a session in a folder of its own; what the program prints,
# both streams together, must be NAME.expected. ACCEPT=1 writes that instead.
cd "$(dirname "$0")/cli" || exit 1
here=$(pwd)
program=$(cd ../../.. && realpath "${1:-build/casewright}")
LC_ALL=C.UTF-8
TERM=dumb
export LC_ALL TERM program here
unset CASEWRIGHT_DB CASEWRIGHT_LIB NO_COLOR
passed=0
failed=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

session() { # name
    rm -rf "$folder/session" && mkdir "$folder/session" && cp "$here"/*.flow "$folder/session"
    (cd "$folder/session" && umask 022 && timeout 60 sh -c '. "$here/tell.inc"; . "$here/$0.sh"' "$1") \
        >"$folder/all" 2>&1
    sed "s|$folder/session|FOLDER|g" "$folder/all" >"$folder/got"
}

for script in *.sh; do
    name=${script%.sh}
    session "$name"
    if [ -n "${ACCEPT:-}" ]; then
        cp "$folder/got" "$name.expected"
    elif diff -u "$name.expected" "$folder/got" >"$folder/diff"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: cli/$name"
        cat "$folder/diff"
    fi
done
echo "cli: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
