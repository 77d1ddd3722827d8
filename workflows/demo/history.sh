#!/usr/bin/env bash
# Looks back: made-up cases of the CRE policy replayed through it, and through a draft
# that gives two working days where the policy gives three.
. "$(dirname "$0")/tell.sh"
set -o pipefail

shows() { # exit code, command: like `types`, without a pretended time
    local expected=$1 line=$2 code=0
    printf '$ %s\n' "$line"
    eval "$line" 2>&1 || code=$?
    told=$((told + 1))
    if [ "$code" -ne "$expected" ]; then
        printf '\nDEMO FAILED: exit code %s instead of %s from: %s\n' \
            "$code" "$expected" "$line" >&2
        exit 1
    fi
}

says "Two years later: did we keep to the policy? There is no history here, so casewright makes up two hundred cases, some of them late. The extract of a real system is read in the same way."
shows 0 'casewright generate workflows/cre.flow --cases 200 --seed 2 --late 10 -o history.csv'
shows 0 'casewright replay workflows/cre.flow history.csv | grep -A 5 "^In short"'

says "Somebody drafts two working days for the strategy meeting instead of three. What does the draft say differently, and what would it have meant for these cases?"
shows 0 'sed "s/within 3 working days of cpm-decision/within 2 working days of cpm-decision/" workflows/cre.flow > draft.flow'
shows 1 'casewright diff workflows/cre.flow draft.flow'
shows 0 'casewright replay workflows/cre.flow history.csv --against draft.flow | grep -A 8 "^What the cases"'

printf '\nThe look back: %s commands, each ended as it should.\n' "$told"
printf 'With --report FILE.html the same is a page to print: see docs/report.md.\n'
