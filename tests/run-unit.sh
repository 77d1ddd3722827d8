#!/bin/sh
# Runs the unit test programs named on the command line and adds up what they
# say. Each prints cmocka's own report only when something failed in it.
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for program in "$@"; do
    if CMOCKA_MESSAGE_OUTPUT=STDOUT "$program" >"$log" 2>&1; then
        :
    else
        cat "$log"
        echo "failed: $program"
        grep -q '^\[  FAILED  \]' "$log" || failed=$((failed + 1))
    fi
    passed=$((passed + $(grep -c '^\[       OK \]' "$log")))
    failed=$((failed + $(grep -c '^\[  FAILED  \] [a-z_0-9]*$' "$log")))
done
echo "unit: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
