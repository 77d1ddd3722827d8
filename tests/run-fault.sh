#!/bin/sh
# Runs the fault tests: the programs named after the first argument, then the
# scripts beside this one; each is told where the casewright program is.
program=$1
shift
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for test in "$@" tests/fault/*.sh; do
    [ -f "$test" ] || continue
    if "$test" "$program" >"$log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        cat "$log"
        echo "failed: $test"
    fi
done
echo "fault: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
