# Shared by the two stories: shows each command as a person would type it, runs
# it, and ends the demo when it does not end as the story says.
#
#   clock 2021-03-01T09:30   what time it is in the story from now on
#   says "…"                 what happens
#   types CODE "COMMAND"     a command line, and the exit code it must end with
#
# The story's time goes to each command as --now, which a rehearsal database
# allows. It is shown in front of the command instead, and the line in which each
# command says that the time is not the real one is left out.

set -u

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    strong=$(printf '\033[1m') plain=$(printf '\033[0m')
else
    strong='' plain=''
fi
now=''
told=0

clock() {
    now=$1
    day=$(LC_ALL=C date -d "$now" '+%a %-d %b %Y %H:%M')
}

says() {
    printf '\n'
    fold -s -w 78 <<< "$1" | while IFS= read -r line; do
        printf '%s%s%s\n' "$strong" "${line% }" "$plain"
    done
    printf '\n'
}

types() {
    local expected=$1 line=$2 code=0 verb rest output
    read -r _ verb rest <<< "$line"
    printf '[%s] $ %s\n' "$day" "$line"
    output=$(eval "casewright $verb --now $now $rest" 2>&1) || code=$?
    grep -v '^rehearsal: ' <<< "$output"
    told=$((told + 1))
    if [ "$code" -ne "$expected" ]; then
        printf '\nDEMO FAILED: exit code %s instead of %s from: %s\n' \
            "$code" "$expected" "$line" >&2
        exit 1
    fi
}
