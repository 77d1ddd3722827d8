#!/bin/sh
# Holds every flow against the three questions that a change must pass:
# does it say what can be meant, is it laid out in the one way, and do its
# scenarios hold and try enough of it?
#
#   check-flows.sh [--min N] [FLOW …]
#
# Without FLOW: every .flow file that git knows here, new ones included. Prints what
# is wrong and ends with 1; with 2 or more when the question could not be asked.
set -u
least=95
if [ "${1:-}" = --min ]; then
    least=${2:?"--min takes a number"}
    shift 2
fi
command -v casewright >/dev/null || {
    echo "check-flows: there is no 'casewright' on the PATH" >&2
    exit 4
}
list=$(mktemp) || exit 74
trap 'rm -f "$list"' EXIT
if [ $# -gt 0 ]; then
    printf '%s\n' "$@"
else
    git -c core.quotePath=false ls-files --cached --others --exclude-standard -- '*.flow' || exit 4
fi >"$list"

worst=0
ask() { # a question: what the program ends with is kept, the worst wins
    casewright "$@"
    code=$?
    [ "$code" -le "$worst" ] || worst=$code
    [ "$code" -eq 0 ]
}

# A scenarios file is read with its flow. A library file has no cases to test. GitHub
# shows what is wrong at the line that it is about, if told in its own form.
while IFS= read -r flow; do
    [ -e "$flow" ] || [ $# -gt 0 ] || continue
    ask fmt --check -- "$flow"
    case $flow in
    *.scenarios.flow) continue ;;
    esac
    ask check ${GITHUB_ACTIONS:+--format github} -- "$flow" || continue
    if grep -q '^workflow ' "$flow"; then
        echo "$flow:"
        ask test --coverage --min "$least" -- "$flow"
    fi
done <"$list"
exit "$worst"
