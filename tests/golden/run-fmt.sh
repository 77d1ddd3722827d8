#!/bin/sh
# Every flow of ours is laid out as `casewright fmt` does it.
cd "$(dirname "$0")/../.." || exit 1
program=${1:-build/casewright}
passed=0
failed=0
for flow in workflows/*.flow stdlib/*/*.flow bench/*.flow; do
    if "$program" fmt --diff "$flow"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "fmt: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
