#!/bin/sh
# Every flow in checks/ has one fault, on the line that ends in "# expect: CODE".
# `check` must find exactly that, there, and end with 1 where it is an error. Its
# namesake in checks/right/ is the same flow put right, of which `check` must say
# nothing. A first line "# options: …" is given to `check`.
program=$(realpath "${1:-build/casewright}")
cd "$(dirname "$0")/checks" || exit 1
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

check() { # flow; sets got and code
    options=$(sed -n '1s/^# options: //p' "$1")
    # shellcheck disable=SC2086 # several options
    got=$("$program" check --format compact $options "$1" 2>&1)
    code=$?
}

for flow in *.flow; do
    wanted=$(sed -n '/# expect: CF[0-9]*$/{=;s/.*# expect: //p;}' "$flow" | paste -d ' ' - - |
        paste -s -d ';')
    check "$flow"
    case $got in *': error CF'*) exit=1 ;; *) exit=0 ;; esac
    verdict "$flow" "$wanted, exit $exit" \
        "$(printf '%s\n' "$got" | found | paste -s -d ';'), exit $code"
done
# What a finding offers to paste into the flow does happen there.
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
for flow in *.flow; do
    options=$(sed -n '1s/^# options: //p' "$flow")
    # shellcheck disable=SC2086 # several options
    "$program" check $options "$flow" 2>/dev/null |
        awk '/^  scenario "/ { inside = 1 } /^$/ { inside = 0 } inside' >"$room/offered"
    [ -s "$room/offered" ] || continue
    { cat "$flow"; echo; cat "$room/offered"; } >"$room/told.flow"
    got=$("$program" test "$room/told.flow" 2>&1) && got=
    verdict "the scenario offered for $flow" "" "$got"
done
for flow in right/*.flow; do
    check "$flow"
    verdict "$flow" "nothing, exit 0" "$(printf '%s\n' "$got" | found | paste -s -d ';' |
        sed 's/^$/nothing/'), exit $code"
done
echo "checks: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
