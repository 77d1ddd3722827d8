# Past cases from a log into the database. The cases are invented.
begin
cat > history.csv << 'END'
Case ID,Activity,Timestamp,Resource,Role,Seen alone,Notes
H-1,referral,2021-03-01T09:00,Old Name,,,
H-1,visit,2021-03-03T10:00,Ann Lee,worker,yes,A note
H-1,judge-worry,2021-03-03T11:00,Tina Moss,manager,,
H-2,referral,2021-03-02,,,,
H-2,visit,2021-03-09T10:00,Ann Lee,worker,no,A note
H-3,referral,2021-03-02T09:00,Ann Lee,,,
H-3,strategy,2021-03-03T09:00,Ann Lee,worker,,
H-4,visit,2021-03-02T09:00,Ann Lee,worker,yes,A note
H-5,referral,2021-03-02T09:00,Ann Lee,,,
H-5,visit,2021-03-04T09:00,Ann Lee,manager,yes,A note
H-6,referral,2021-03-02T09:00,Ann Lee,,,
H-6,visit,2021-02-30T09:00,Ann Lee,worker,yes,A note
H-7,referral,2020-03-02T09:00,Ann Lee,,,
H-8,referral,2022-03-02T09:00,Ann Lee,,,
H-9,referral,2021-03-02T09:00,Ann Lee,,,
H-9,visit,2021-03-04T09:00,Ann Lee,worker,perhaps,A note
H-10,phone call,2021-03-02T09:00,Ann Lee,,,
H-11,referral,2021-03-02T09:00,Ann Lee,,,
H-11,visit,2021-03-04T09:00,Ann Lee,wroker,yes,A note
H-12,referral,2021-04-11T09:00,Ann Lee,,,
END
cat > history.map << 'END'
# Invented.
fact seen-alone column "Seen alone"
fact notes column "Notes"
activity "judge-worry" is judge-worry with worry low
ignore "phone call"
END
clock 2021-04-12T09:00
at import visit.flow history.csv
at import visits history.csv
at import visit nowhere.csv
at import visit history.csv --batch many
at import visit history.csv --map history.map --dry-run
at cases
at import visit history.csv --map history.map
at import visit history.csv --map history.map --json
at cases
at show H-1 | sed -n 1,8p
at history H-2
at why-not H-1 found --as ann
at status | grep 'people\|entries\|deliver'
at verify
# What was due before the import is told to nobody; what comes later is.
at tick
at deliver --to-file told.jsonl
clock 2021-05-12T09:00
at tick
at deliver --to-file told.jsonl
# More of a case that is there already.
sed -i 's/^H-2,visit.*/&\nH-2,visit,2021-03-10T10:00,Ann Lee,worker,yes,A note/' history.csv
at import visit history.csv --map history.map | head -6
# While somebody else has the file open, nobody imports.
at verify
