#!/usr/bin/env bash
# docs/tutorial.md is typed from its first line to its last; it must show what is
# printed, every change must find its place, and what it ends with must be whole.
# ACCEPT=1 puts what is printed into the page. Prints "tutorial: N passed, M failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/docs/type.sh
program=$(realpath "${1:-build/casewright}")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export CASEWRIGHT_LIB=$PWD/stdlib NO_COLOR=1
PATH=$(dirname "$program"):$PATH
unset CASEWRIGHT_DB
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

mkdir "$room/work"
type_document docs/tutorial.md "$room/work" > "$room/page" 2> "$room/trouble"
if [ -n "${ACCEPT:-}" ]; then
    cp "$room/page" docs/tutorial.md
fi
is_empty() {
    [ ! -s "$1" ] || { cat "$1"; return 1; }
}
check "a change finds no place" is_empty "$room/trouble"
check "docs/tutorial.md shows what is not printed" diff docs/tutorial.md "$room/page"
cd "$room/work" || exit 1
check "the flow at the end is wrong" casewright check carers.flow
check "a story at the end does not hold" sh -c "casewright test carers.flow >/dev/null"
check "the flow at the end is not laid out" casewright fmt --check carers.flow carers.scenarios.flow
check "the picture was not drawn" grep -q '</svg>' carers.svg

printf 'tutorial: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
