#!/usr/bin/env bash
# Holds what the program prints for machines against docs/schemas: every output of a
# session in which everything that can be printed is printed at least once. Then that
# the schemas say what the sources say, and that the check itself finds faults.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:-build/casewright}")
validate=$(dirname "$program")/validate
reports=$(dirname "$program")/reports
schemas=$PWD/docs/schemas
flow=$PWD/tests/golden/cli/visit.flow
root=$PWD
export CASEWRIGHT_LIB=$PWD/stdlib
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
passed=0 failed=0 count=0
export CASEWRIGHT_DB=cases.db

check() { # what it says, then a command that must succeed
    local says=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n' "$says"
    fi
}

# json ARGUMENT … : keeps what is printed; the moment is that of $now.
json() {
    count=$((count + 1))
    "$program" "$@" --json > "$(printf '%03d' $count)-$1.json" 2> errors
    [ $? -lt 2 ] || { echo "casewright $*"; cat errors; failed=$((failed + 1)); }
}
at() {
    json "$@" --now "$now"
}
quietly() {
    "$program" "$@" --now "$now" > setup 2>&1 || cat setup
}

mkdir "$room/out"
cd "$room/out" || exit 1
cp "$flow" visit.flow
sed 's/worry is high/wory is high/; s/by duty  /by dutty  /' visit.flow > wrong.flow
sed 's/^workflow visit.*/workflow early "Other" version "1"/
     s/    within 3 working days of entering can/    target 1 working day limit 3 working days of entering can/
     s/^  uses calendar.*/  uses calendar here/' visit.flow > early.flow
cat >> early.flow << 'END'
calendar here "Our own days"
  working Monday to Friday from 09:00 to 17:00
  except 5 April 2021 "Easter Monday"
  covers 2015 to 2035
END
printf 'workflow two "Two" version "1"\nstate a "A" starts here\nstate a "B"\n' > two.flow

# ---- dates and flows -----------------------------------------------------------------
england=(--calendar england-and-wales)
json due '3 working days' --from 2021-04-01 "${england[@]}"
json due '2 calendar days' --from 2021-04-01T10:00 "${england[@]}"
json due '24 hours' --from 2021-04-01
json due '1 month' --from 2021-01-31
json due '3 working days' --from 2034-04-01 "${england[@]}"
json due 'same day' --from 2021-04-01
json check visit.flow
json check wrong.flow
json check two.flow
mkdir "$room/reports"
for file in visit wrong two; do
    "$program" check --format sarif $file.flow > "sarif-$file.json"
    "$program" check --format junit $file.flow > "$room/reports/check-$file.xml"
done
json explain
cat > visit.scenarios.flow << 'END'
scenario "The visit is due in three working days"
  given a new case
  when referral on Wednesday 31 March 2021 at 10:00
  then visit is due by Thursday 8 April 2021
scenario "A visit needs its ticks"
  given a case at visiting on 31 March 2021
  when visit on 1 April 2021
  then case is at weighing
END
json test visit.flow
json test visit.flow --coverage
for file in "$root"/tests/golden/sim/*.flow visit.flow; do
    name=$(basename "$file" .flow)
    "$program" test "$file" --format junit > "$room/reports/test-$name.xml"
    "$program" test "$file" --format tap > "$room/reports/test-$name.tap"
done
rm visit.scenarios.flow
sed 's/^workflow visit.*/workflow told "Told" version "1"/; s/because VIS-7/because VIS-70/' visit.flow > told.flow
sed '/^workflow visit/s/ version "1"//' visit.flow > seen.flow
printf 'scenario "A child is seen"\n  given a case at plan on Monday 1 March 2021\n  when close-case by manager with reason "moved" on 2 March 2021\n  then case is at plan\n' > seen.scenarios.flow
json diff visit.flow visit.flow
json diff visit.flow early.flow
cp "$root"/workflows/cre.flow "$root"/tests/golden/compare/cre.* .
sed 's/within 3 working days of cpm-decision/within 2 working days of cpm-decision/' cre.flow > newer.flow
json replay cre.flow cre.csv --map cre.map --as-of 2021-04-16T12:00 --against newer.flow
json trace told.flow
json trace seen.flow

printf '%s\n' child,date,type,worker A,01/03/2021,Contact,Ann 'A,14/03/2021 09:30,Visit,Ann' \
    'A,14/03/2021 09:30,Visit,Ann' A,31/02/2021,Visit,Ann ,14/03/2021,Visit,Ann A,,Visit,Ann \
    A,14/03/2021,,Ann A,2021-03-14,Visit,Ann 'A,28/03/2021 01:30,Visit,Ann' A,1,2,3,4 \
    "$(printf 'B,14/03/2021,Visit,\377')" > past.csv
json log past.csv --dedupe --zone Europe/London --now 2020-01-01
printf '<log><event/><trace><string key="concept:name" value="A"/><event><string key="concept:name" value="Visit"/><date key="time:timestamp" value="1970-03-01T09:00:00+01:00"/></event></trace><trace/></log>' > past.xes
json log past.xes
cat > told.csv << 'END'
case,activity,time,person,role,worry
T-1,referral,2021-03-01T09:00,ann,worker,
T-1,visit,2021-03-02T09:00,ann,clerk,
T-1,judge-worry,2021-03-02T10:00,ann,manager,low
T-2,vist,2021-03-08T09:00,ann,worker,
T-3,referral,2021-03-08T09:00,ann,worker,
T-3,close-case,2021-03-16T09:00,tina,manager,
T-4,referral,2021-03-16T09:00,tina,worker,
T-5,referral,2021-03-01T09:00,ann,worker,
T-5,visit,2021-03-09T09:00,ann,worker,
END
printf 'accept wrong-role until 2021-12-31 because "agreed" by "the board"\n' > told.accept
json replay visit.flow told.csv --accept told.accept --list-cases
json replay visit.flow told.csv --mode enforce --as-of 2021-03-05

# ---- a case --------------------------------------------------------------------------
now=2021-03-01T08:00
quietly init --rehearsal
at deploy visit.flow
at deploy visit.flow
at deploy early.flow
at deploy wrong.flow
quietly people add ann --name "Ann Lee"
quietly people hold ann worker --from 2021-01-01
quietly people add tina
quietly people hold tina manager --from 2021-01-01
quietly people add max
quietly people hold max duty --from 2021-01-01
at people
quietly people absent max --from 2021-03-31 --until 2021-04-01 --reason 'training'
quietly people absent tina
now=2021-03-31T09:00
at people
at cases
at open visit worry=high --as ann
at open visit --reference ROBIN --as ann --key once
at open visit --reference ROBIN --as ann --key once
at open visit --reference SPARROW --as ann
at open early --reference WREN --as ann
at show ROBIN
at why ROBIN
at why WREN
at pause SPARROW visit --reason 'family away' --as tina
at worklist
at why-not ROBIN close-case --reason x --as tina
at why-not ROBIN visit seen-alone=yes notes=x --tick home --tick carer --as ann
at record ROBIN visit --tick home --not-done --as ann
at record ROBIN visit seen-alone=no 'notes=Calm' --tick home --tick carer --as ann
now=2021-04-09T08:30
at tick
quietly deliver --to-file notifications.json
at worklist
at resume SPARROW visit --as tina
at extend SPARROW visit --to 2021-04-30 --as tina
at record ROBIN visit seen-alone=yes 'notes=Calm' --tick home --tick carer --as ann
at record ROBIN judge-worry worry=low --as tina
at show ROBIN
at record ROBIN incident --at 2021-04-02 --as ann
at record ROBIN incident --at 2021-04-05T10:00 --as ann
at void ROBIN 9 --reason 'another child' --as ann
at void ROBIN 11 --reason 'another child' --as ann
at record ROBIN incident --at 2021-04-07 --as ann
at why-not ROBIN incident --at 2021-04-06 --as ann
at amend SPARROW 2 --at 2021-03-30 --reason 'came in the day before' --as ann
at approve ROBIN --as max
at cases --all
at reopen ROBIN visiting --reason 'new worry' --as tina
at history ROBIN
at history SPARROW
at record SPARROW visit seen-alone=yes notes=x --tick home --tick carer --acting-for ann --reason 'Ann is ill' --as max
at why-not SPARROW found --at 2021-04-01 --as ann
at why-not SPARROW incident --at 2021-04-01 --as ann
at void SPARROW 8 --reason 'not agreed' --as tina
at history SPARROW
at cases
at status
at verify
at verify --rebuild
cat > past.csv << 'END'
case,activity,time,person,role
P-1,referral,2021-03-30T09:00,Made Up,
P-2,visitt,2021-03-30T09:00,Made Up,
END
at import visit past.csv
rm -f errors setup

check "an output does not fit its schema" "$validate" --all-seen "$schemas" ./*.json
for file in ./*.json; do
    check "$file" "$validate" "$schemas" "$file"
done

# ---- reports for other programs ----------------------------------------------------------
for file in "$room"/reports/*; do
    check "$file" "$reports" "$file"
done
# A finding names a rule that the run describes.
for file in sarif-*.json; do
    check "$file names a rule that it does not describe" awk -F '"' '
        $2 == "ruleId" { named[$4] } $2 == "id" { described[$4] }
        END { for (code in named) if (!(code in described)) exit 1 }' "$file"
done

# ---- the schemas and the sources -------------------------------------------------------
cd "$root" || exit 1
for name in $(grep -rhoE 'casewright/[a-z-]+/[0-9]+' src | sort -u); do
    number=${name##*/} name=${name#*/}
    check "no schema for $name" test -f "docs/schemas/${name%/*}-$number.json"
done
for schema in docs/schemas/*-[0-9].json; do
    name=${schema##*/} name=${name%.json}
    check "nothing prints $name" grep -rq "casewright/${name%-*}/${name##*-}" src
done
for code in $(sed -n 's/^REFUSAL([A-Z_]*, *"\([a-z-]*\)")/\1/p' src/base/refusal.def); do
    check "no schema knows the refusal $code" grep -q "\"$code\"" docs/schemas/common.json
done

# ---- the check finds what does not fit ---------------------------------------------------
refuses() { # the words of the complaint, then the text
    printf '%s\n' "$2" > "$room/text"
    ! "$validate" "$schemas" "$room/text" > "$room/complaint" && grep -qF -- "$1" "$room/complaint"
}
tick='"schema":"casewright/tick/1","cases":1,"missed":0,"notifications":0'
check "a good text is refused" eval '! refuses "" "{$tick,\"faulty\":0}"'
check "a member too few" refuses "'faulty' is missing" "{$tick}"
check "a member too many" refuses "'more' is in no schema" "{$tick,\"faulty\":0,\"more\":1}"
check "a wrong type" refuses 'at .faulty: wrong type' "{$tick,\"faulty\":\"0\"}"
check "a number too small" refuses 'at .faulty: too small' "{$tick,\"faulty\":-1}"
check "no schema named" refuses 'does not say which' '{"cases":1}'
check "an unknown schema" refuses 'not there' '{"schema":"casewright/frob/1"}'
check "broken text" refuses 'at the top' '{"schema":'
check "an empty text" refuses 'nothing was printed' ''
verify='{"schema":"casewright/due/1","duration":"x","calendar":null,"due":"x","clipped":false,"projected":false'
check "a wrong pattern" refuses 'at .from: does not have the form' "$verify,\"from\":\"1 May\",\"days\":[]}"
check "a wrong value in a list" refuses "at .days[0].is: 'x' is not one of" \
    "$verify,\"from\":\"2021-01-01\",\"days\":[{\"date\":\"2021-01-01\",\"is\":\"x\"}]}"

no_report() { # the words of the complaint, then the text
    printf '%b' "$2" > "$room/text"
    ! "$reports" "$room/text" > "$room/complaint" && grep -qF -- "$1" "$room/complaint"
}
xml='<?xml version="1.0"?>\n'
check "a suite that counts wrongly" no_report 'counts its cases wrongly' \
    "$xml<testsuite name='a' tests='2' failures='0'><testcase classname='a' name='b'/></testsuite>"
check "a failure that says nothing" no_report 'without its message' \
    "$xml<testsuite name='a' tests='1' failures='1'><testcase classname='a' name='b'><failure/></testcase></testsuite>"
check "an element in the wrong place" no_report 'outside the testsuite' "$xml<testcase classname='a' name='b'/>"
check "broken XML" no_report 'line 2' "$xml<testsuite name='a&b' tests='0' failures='0'/>"
check "TAP with a gap" no_report 'line 4: neither the next' 'TAP version 13\n1..2\nok 1 - a\nok 3 - b\n'
check "TAP that stops early" no_report 'other results than were planned' 'TAP version 13\n1..2\nok 1 - a\n'
check "TAP without a name" no_report 'line 3: neither the next' 'TAP version 13\n1..1\nok 1\n'
check "TAP without a plan" no_report 'no plan' 'TAP version 13\nok 1 - a\n'
check "a line number of no line" refuses 'too small' '{"version":"2.1.0","runs":[{"results":[{"locations":[{"physicalLocation":{"region":{"startLine":0}}}]}]}]}'

printf 'schema: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
