#!/bin/sh
# Every script in bad/ feeds the program what nobody should, in a folder of its own;
# what it says must be NAME.expected. Each run of the program may take 30 seconds, on a busy machine; it
# may print no control character and only whole UTF-8. ACCEPT=1 writes NAME.expected.
cd "$(dirname "$0")/bad" || exit 1
here=$(pwd)
program=$(cd ../../.. && realpath "${1:-build/casewright}")
LC_ALL=C.UTF-8
TERM=dumb
export LC_ALL TERM program here
unset CASEWRIGHT_DB CASEWRIGHT_LIB NO_COLOR
passed=0
failed=0
folder=$(mktemp -d)
trap 'chmod -R u+rwx "$folder"; rm -rf "$folder"' EXIT

session() { # name
    rm -rf "$folder/session" && mkdir "$folder/session"
    (cd "$folder/session" && umask 022 && timeout 100 sh -c '. "$here/words.inc"; . "$here/$0.sh"' "$1") \
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
        echo "failed: bad/$name"
        cat "$folder/diff"
    fi
done
echo "bad: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
