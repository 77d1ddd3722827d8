# Checking, deploying and disassembling a flow.
tell check visit.flow
sed 's/worry is high/wory is high/; s/by duty  /by dutty  /' visit.flow >wrong.flow
tell check wrong.flow
tell check --format compact wrong.flow
tell check --json wrong.flow
tell check --format sarif wrong.flow
tell check visit.flow wrong.flow --format compact
tell check - <visit.flow
tell check --format compact - <wrong.flow
tell check - visit.flow - <visit.flow
tell check - </dev/null
printf 'use "nothing-here"\n' | tell check -
printf 'use "calendars/england"\n' | tell check -
tell check nowhere.flow
tell check .
tell check -- -strange.flow
printf 'workflow \001' >binary.flow
tell check binary.flow
tell disasm wrong.flow
tell disasm visit.flow | head -5
clock 2021-03-01T08:00
export CASEWRIGHT_DB=cases.db
at init --rehearsal
at deploy wrong.flow
at deploy visit.flow | grep -v content
at deploy visit.flow | grep -v content
sed 's/3 working days/2 working days/; s/version "1"/version "2"/' visit.flow >new.flow
"$program" people add ann --now "$now" >people
"$program" people hold ann worker --now "$now" >people
at open visit --reference OLD --as ann
at deploy new.flow | grep -v content
at open visit --reference NEW --as ann
at worklist
at open visit --as nobody
