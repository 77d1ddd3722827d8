#!/usr/bin/env bash
# docs/embedding.md: the example is compiled against what `make install` puts into
# place, and run; it prints what the page shows. ACCEPT=1 puts that into the page.
# Prints "embedding: N passed, M failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/docs/type.sh
program=$(realpath "${1:-build/casewright}")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
unset CASEWRIGHT_DB CASEWRIGHT_LIB
export INSTALLED=$room/installed
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

installs() {
    make -s install PREFIX="$INSTALLED" BUILD="$(dirname "$program")" > "$room/log" 2>&1 ||
        { tail -5 "$room/log"; return 1; }
}
# Under the sanitizers the archive wants their libraries too; a compiler that is told
# so by the environment is the same for the reader.
cc() {
    # shellcheck disable=SC2086
    command "${CC:-cc}" "$@" ${LDFLAGS:-}
}
has_no_warning() {
    cc -std=c17 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only \
        -I"$INSTALLED/include" "$room/work/embed.c"
}

check "make install" installs
mkdir "$room/work"
type_document docs/embedding.md "$room/work" > "$room/page"
if [ -n "${ACCEPT:-}" ]; then
    cp "$room/page" docs/embedding.md
fi
check "docs/embedding.md shows what is not printed" diff docs/embedding.md "$room/page"
check "the example compiles without a warning" has_no_warning
check "the example ends well" test -f "$room/work/cases.db"

printf 'embedding: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
