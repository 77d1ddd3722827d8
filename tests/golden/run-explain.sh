#!/bin/sh
# Every page of `explain` can be printed, and only the pages of codes that nothing in
# the sources reports have no examples.
program=$(realpath "${1:-build/casewright}")
cd "$(dirname "$0")/../../src" || exit 1
passed=0
failed=0

for code in $(sed -n 's/^CODE(\(CF[0-9]*\),.*/\1/p' lang/codes.def); do
    page=$("$program" explain "$code" 2>&1)
    printed=$?
    reported=yes
    grep -rqF --include='*.[ch]' --include='*.def' "\"$code\"" . || reported=no
    shown=yes
    case $page in *'No check reports this code'*) shown=no ;; esac
    if [ "$printed" -eq 0 ] && [ "$reported" = "$shown" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'failed: %s: reported: %s, its page has examples: %s\n' "$code" "$reported" "$shown"
    fi
done
echo "explain: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
