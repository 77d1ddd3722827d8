# Notifications, status, verification and the copy.
begin
clock 2021-03-31T09:00
at open visit --reference R4 --as ann
at open visit --reference R4b --key once --as ann
at open visit --reference R4b --key once --as ann
clock 2021-04-12T09:00
at tick
at deliver --to-file sent.jsonl
cat sent.jsonl
stat -c %a sent.jsonl cases.db
at deliver --to-file sent.jsonl
clock 2021-04-13T09:00
at open visit --reference R5 --as ann
clock 2021-05-01T09:00
at tick
tell deliver --now "$now" -- false
tell deliver --now "$now" -- no-such-program-here
tell deliver --now "$now" -- cat
at status | grep -v 'bytes\|SQLite'
at verify
at verify --json
at verify --rebuild
at backup copy.db
at backup copy.db
at backup copy.db --replace
at backup cases.db --replace
at backup cases.db
CASEWRIGHT_DB=copy.db at verify
at people hold ann wroker
tell init
tell cases --db nowhere.db
tell cases --db visit.flow
tell cases --db .
now=2020-01-01 at status | grep -v "bytes\|SQLite"
