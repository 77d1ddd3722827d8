#!/bin/sh
# Each flow in sim/ is tested by its own scenarios, once for each line in it that
# says `# run: OPTIONS`; what is printed must be NAME.expected. ACCEPT=1 writes that
# instead, to be read in the difference. The two policies must reach 95 per cent.
program=$(realpath "${1:-$(dirname "$0")/../../build/casewright}")
cd "$(dirname "$0")/sim" || exit 1
LC_ALL=C.UTF-8
TERM=dumb
export LC_ALL TERM
unset CASEWRIGHT_LIB NO_COLOR
passed=0
failed=0
got=$(mktemp)
trap 'rm -f "$got"' EXIT

count() { # name, status
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: sim/$1"
    fi
}

for flow in *.flow; do
    name=${flow%.flow}
    sed -n 's/^# run://p' "$flow" | while read -r options; do
        echo "\$ casewright test $flow${options:+ $options}"
        # The options are words without blanks.
        # shellcheck disable=SC2086
        "$program" test "$flow" $options 2>&1
        echo "exit code $?"
    done >"$got"
    [ -n "${ACCEPT:-}" ] && cp "$got" "$name.expected"
    diff -u "$name.expected" "$got"
    count "$name" $?
done
for flow in ../../../workflows/*.flow; do
    case $flow in *.scenarios.flow) continue ;; esac
    "$program" test "$flow" --coverage --min 95 >"$got" 2>&1
    status=$?
    [ "$status" -eq 0 ] || cat "$got"
    count "$(basename "$flow")" "$status"
done
echo "sim: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
