#!/usr/bin/env bash
# docs/scale.md: its commands are typed and print what the page shows; the one for GNU
# parallel where that is installed. ACCEPT=1 puts what is printed into the page.
# Prints "scale: N passed, M failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/docs/type.sh
program=$(realpath "${1:-build/casewright}")
export CASEWRIGHT_LIB=$PWD/stdlib
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir "$room/bin" "$room/work"
ln -s "$program" "$room/bin/casewright"
PATH=$room/bin:$PATH
passed=0 failed=0

check() { # what it says, then a command that must succeed
    local says=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n' "$says"
    fi
}

cp workflows/cre.flow "$room/work"
type_document docs/scale.md "$room/work" > "$room/page"
[ -z "${ACCEPT:-}" ] || cp "$room/page" docs/scale.md
check "docs/scale.md shows what is not printed" diff docs/scale.md "$room/page"

with_parallel() {
    rm -f "$room"/work/shard-*.json
    (cd "$room/work" && eval "$(sed -n '/^```sh/,/^```/p' "$OLDPWD/docs/scale.md" | sed '/^```/d')" \
        > /dev/null 2> errors) || { cat "$room/work/errors"; return 1; }
    [ -s "$room/work/history.html" ]
}
if command -v parallel > /dev/null 2>&1; then
    check "the shards under GNU parallel" with_parallel
else
    echo "scale: skipped: GNU parallel is not installed"
fi

printf 'scale: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
