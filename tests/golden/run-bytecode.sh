#!/bin/sh
# Each flow in bytecode/ is listed by `disasm`; the listing must be the one beside
# it. With ACCEPT=1 the listings are written anew, to be read in the difference.
program=$(realpath "${1:-$(dirname "$0")/../../build/casewright}")
cd "$(dirname "$0")/bytecode" || exit 1
passed=0
failed=0
listing=$(mktemp)
trap 'rm -f "$listing"' EXIT
for flow in *.flow; do
    expected=${flow%.flow}.expected
    if ! "$program" disasm "$flow" >"$listing" 2>&1; then
        cat "$listing"
        echo "failed: $flow has no program"
        failed=$((failed + 1))
        continue
    fi
    [ -n "$ACCEPT" ] && cp "$listing" "$expected"
    if diff -u "$expected" "$listing"; then
        passed=$((passed + 1))
    else
        echo "failed: $flow"
        failed=$((failed + 1))
    fi
done
echo "bytecode: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
