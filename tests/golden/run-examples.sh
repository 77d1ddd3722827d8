#!/usr/bin/env bash
# Every flow of workflows/examples is right, laid out, and tried by its scenarios. The
# permit flow is replayed over the log it was written from, where that is at hand, and
# what comes out is held against counts that awk makes of the file without any of our
# code: which cases decided in time by their own start date, and where something was
# done twice in a row.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:-build/casewright}")
export CASEWRIGHT_LIB=$PWD/stdlib
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
passed=0 failed=0

check() { # what it says, then a command that must succeed
    local says=$1
    shift
    if "$@" > "$room/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'failed: examples: %s\n' "$says"
        head -n 20 "$room/said"
    fi
}

finds_nothing() {
    "$program" check "$1" > "$room/check" 2>&1 && [ ! -s "$room/check" ] || { cat "$room/check"; false; }
}

all_follow() {
    "$program" replay "$1" "$room/made.csv" --json | grep '"follows": 100,'
}

for flow in workflows/examples/*.flow; do
    check "$flow is laid out otherwise" "$program" fmt --check "$flow"
    case $flow in *.scenarios.flow) continue ;; esac
    check "$flow has findings" finds_nothing "$flow"
    check "$flow is not tried by its scenarios" "$program" test --min 95 "$flow"
    "$program" generate "$flow" --cases 100 --output "$room/made.csv" --force \
        > "$room/said" 2>&1
    check "what is made up of $flow does not follow it" all_follow "$flow"
done

# ---- the receipt log ------------------------------------------------------------------
log=
for folder in "${CASEWRIGHT_DATA:-}" ../shared/data; do
    [ -n "$folder" ] && [ -r "$folder/receipt.csv.gz" ] && log=$folder/receipt.csv.gz && break
done
if [ -z "$log" ]; then
    echo "examples: the receipt log is not at hand (CASEWRIGHT_DATA): its replay is skipped"
    echo "examples: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
fi

# What awk finds: for each case its start date (column 9) and the day of T10; days since
# 1 March 1600 by the usual formula. Cases are in order of time in the file.
zcat "$log" | awk -F, '
    function days(text,  y, m, d) {
        y = substr(text, 1, 4) + 0; m = substr(text, 6, 2) + 0; d = substr(text, 9, 2) + 0
        if (m < 3) { m += 12; y-- }
        return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * m - 457) / 5) + d
    }
    NR > 1 {
        start[$2] = days($9)
        if ($15 > last) last = $15
        if ($11 ~ /^T10/ && !($2 in decided)) decided[$2] = days($15)
        if ($11 ~ /^T06/ && before[$2] ~ /^T06/) again++
        before[$2] = $11
    }
    END {
        for (one in start) {
            cases++
            due = start[one] + 56
            done = one in decided ? decided[one] : days(last)
            if (done <= due && done > start[one] + 42) newly++
            if (one in decided) { if (decided[one] <= due) met++; else late++ }
            else if (due < days(last)) overdue++
            else running++
        }
        print "\"cases\": " cases; print "\"fell_due\": " met + late + overdue
        print "\"in_time\": " met; print "\"late\": " late
        print "\"open_overdue\": " overdue; print "\"open_not_due\": " running
        print "\"events\": " again; print "\"newly_late\": " newly
    }' > "$room/counted"

"$program" replay workflows/examples/permit.flow "$log" --map workflows/examples/permit.map --json \
    > "$room/receipt.json" 2> "$room/err"
check "the receipt log cannot be replayed" grep -q '"schema": "casewright/replay/1"' "$room/receipt.json"
# The one duty, up to its first list; the finding about T06.
sed -n '/"duties"/,/"days"/p' "$room/receipt.json" | tr -d ' ,' > "$room/duty"
grep -A 8 'Determine necessity of stop advice.* was recorded while' "$room/receipt.json" | tr -d ' ,' > "$room/finding"
# Six weeks instead of eight: late that were not.
sed 's/is 8 weeks/is 6 weeks/' workflows/examples/permit.flow > "$room/six.flow"
"$program" replay workflows/examples/permit.flow "$log" --map workflows/examples/permit.map \
    --against "$room/six.flow" --json 2> "$room/err" | grep '^  "newly_late"' | tr -d ' ,' > "$room/compared"
grep '^  "cases"' "$room/receipt.json" | tr -d ' ,' > "$room/all"
says() { # what was counted, where it must stand
    grep -qxF "${1// /}" "$2" || { echo "awk counts: $1; replay says:"; cat "$2"; false; }
}
while IFS= read -r line; do
    case $line in
        '"cases"'*) where=$room/all ;;
        '"events"'*) where=$room/finding ;;
        '"newly_late"'*) where=$room/compared ;;
        *) where=$room/duty ;;
    esac
    check "replay and awk disagree about the receipt log" says "$line" "$where"
done < "$room/counted"
unknown_activities() {
    [ "$(sed -n '/"activities": \[/,/^  \]/p' "$room/receipt.json" | grep -c '"event": null')" -eq 0 ]
}
check "an activity of the receipt log is not matched" unknown_activities

echo "examples: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
