#!/usr/bin/env bash
# docs/import.md: its commands are typed and print what the page shows. ACCEPT=1 puts
# what is printed into the page. Prints "import: N passed, M failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/docs/type.sh
program=$(realpath "${1:-build/casewright}")
export CASEWRIGHT_LIB=$PWD/stdlib
unset CASEWRIGHT_DB
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir "$room/bin" "$room/work"
ln -s "$program" "$room/bin/casewright"
PATH=$room/bin:$PATH
status=0

cp workflows/cre.flow "$room/work"
type_document docs/import.md "$room/work" > "$room/page"
[ -z "${ACCEPT:-}" ] || cp "$room/page" docs/import.md
if diff docs/import.md "$room/page"; then
    echo 'import: 1 passed, 0 failed'
else
    echo 'FAILED: docs/import.md shows what is not printed'
    echo 'import: 0 passed, 1 failed'
    status=1
fi
exit $status
