#!/bin/sh
# Every flow in errors/ has one mistake, on the line that ends in "# expect: CODE".
# `check` must find exactly that, there, and end with 1. Its namesake in
# errors/right/ is the same flow put right, of which `check` must say nothing.
LC_ALL=C # one of the flows is not UTF-8
export LC_ALL
program=$(realpath "${1:-build/casewright}")
cd "$(dirname "$0")/errors" || exit 1
passed=0
failed=0

# "12 CF101" for each finding of a compact report
found() {
    sed -n 's/^[^:]*:\([0-9]*\):[0-9]*: [a-z]* \(CF[0-9]*\): .*/\1 \2/p'
}

verdict() { # name wanted got
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'failed: %s\n  expected: %s\n  got:      %s\n' "$1" "$2" "$3"
    fi
}

for flow in *.flow; do
    wanted=$(sed -n '/# expect: CF[0-9]*$/{=;s/.*# expect: //p;}' "$flow" | paste -d ' ' - -)
    got=$("$program" check --format compact "$flow" 2>&1)
    code=$?
    verdict "$flow" "$wanted, exit 1" "$(printf '%s\n' "$got" | found | paste -s -d ';'), exit $code"
done
for flow in right/*.flow; do
    got=$("$program" check --format compact "$flow" 2>&1)
    code=$?
    verdict "$flow" "nothing, exit 0" "$(printf '%s\n' "$got" | found | paste -s -d ';' |
        sed 's/^$/nothing/'), exit $code"
done
echo "errors: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
