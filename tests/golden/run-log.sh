#!/bin/sh
# Logs of past cases. Every script in log/ is a session, as in cli/. Then real logs,
# where they are: what `log` says of them is compared with a count that does not use
# the program's reader (count.awk), and with what is known of them. They are looked for
# in $CASEWRIGHT_DATA, else beside the repository. ACCEPT=1 writes what sessions print.
cd "$(dirname "$0")/log" || exit 1
here=$(pwd)
program=$(cd ../../.. && realpath "${1:-build/casewright}")
data=${CASEWRIGHT_DATA:-$(cd ../../.. && pwd)/../shared/data}
LC_ALL=C.UTF-8
TERM=dumb
export LC_ALL TERM program here
unset CASEWRIGHT_DB CASEWRIGHT_LIB NO_COLOR
passed=0
failed=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for script in *.sh; do
    name=${script%.sh}
    rm -rf "$folder/session" && mkdir "$folder/session"
    (cd "$folder/session" && umask 022 && timeout 60 sh -c '. "$here/../cli/tell.inc"; . "$here/$0.sh"' "$name") \
        >"$folder/all" 2>&1
    sed "s|$folder/session|FOLDER|g" "$folder/all" >"$folder/got"
    if [ -n "${ACCEPT:-}" ]; then
        cp "$folder/got" "$name.expected"
    elif diff -u "$name.expected" "$folder/got" >"$folder/diff"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: log/$name"
        cat "$folder/diff"
    fi
done

check() { # what it says, then a command that must succeed
    says=$1
    shift
    if "$@" >"$folder/why" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: log: $says"
        head -20 "$folder/why"
    fi
}

# counted FILE KIND-OPTION … : the program's count of it and ours.
counted() {
    file=$1
    shift
    case $file in *.gz) gzip -dc "$data/$file" ;; *) cat "$data/$file" ;; esac |
        awk "$@" -f count.awk | sort >"$folder/ours"
    "$program" log "$data/$file" --json | tee "$folder/$file.json" | awk -f flat.awk | sort >"$folder/theirs"
    check "$file is counted otherwise" diff -u "$folder/ours" "$folder/theirs"
}
says() { # file, line
    check "of $1: $2" grep -qxF "$2" "$folder/$1.json"
}

if [ -d "$data" ]; then
    counted running-example.csv -v kind=csv -v case=8 -v activity=2 -v time=4
    says running-example.csv '  "cases": 6,'
    says running-example.csv '  "events": 42,'
    counted running-example.xes.gz -v kind=xes
    says running-example.xes.gz '  "events": 42,'
    counted receipt.csv.gz -v kind=csv -v case=2 -v activity=11 -v time=15
    says receipt.csv.gz '  "cases": 1434,'
    says receipt.csv.gz '  "events": 8577,'
    counted receipt.xes.gz -v kind=xes
    says receipt.xes.gz '  "cases": 1434,'
    counted sepsis.xes.gz -v kind=xes
    says sepsis.xes.gz '  "cases": 1050,'
    says sepsis.xes.gz '  "events": 15214,'
    says sepsis.xes.gz '    "ties": 4447,'
    counted helpdesk.xes.gz -v kind=xes
    says helpdesk.xes.gz '  "cases": 4580,'
    says helpdesk.xes.gz '  "events": 21348,'
    says helpdesk.xes.gz '    "duplicates": 127,'
    "$program" log "$data/helpdesk.xes.gz" --dedupe --json >"$folder/deduped.json"
    says deduped '  "events": 21221,'
    for log in running-example receipt; do # the same log in both forms
        awk -f flat.awk "$folder/$log.xes.gz.json" >"$folder/one"
        awk -f flat.awk "$folder/$log.csv"*.json >"$folder/other"
        check "$log is not the same as CSV and as XES" cmp "$folder/one" "$folder/other"
    done
else
    echo "log: real logs are not there ($data): skipped"
fi
echo "log: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
