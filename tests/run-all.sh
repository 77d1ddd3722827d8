#!/bin/sh
# Runs every suite, also after one has failed, and adds up the closing lines
# ("NAME: N passed, N failed"). The last line is the whole.
build=$1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for suite in layers headers unit golden docs fault; do
    make --no-print-directory -j"$(nproc)" BUILD="$build" "$suite" >"$log" 2>&1 || {
        status=1
        echo "$suite: FAILED"
    }
    cat "$log"
    cat "$log" >>"$log.all"
done
passed=$(sed -n 's/^[a-z -]*: \([0-9]*\) passed, [0-9]* failed.*/\1/p' "$log.all" | awk '{n+=$1} END {print n+0}')
failed=$(sed -n 's/^[a-z -]*: [0-9]* passed, \([0-9]*\) failed.*/\1/p' "$log.all" | awk '{n+=$1} END {print n+0}')
rm -f "$log.all"
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
