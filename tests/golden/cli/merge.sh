# Results of replay added up. The cases are invented.
cat > log.csv << 'END'
case,activity,time,person,role,seen-alone,notes
M-1,referral,2021-03-01T09:00,Ann Lee,,,
M-1,visit,2021-03-03T10:00,Ann Lee,worker,yes,A note
M-2,referral,2021-03-02T09:00,Ann Lee,,,
M-2,visit,2021-03-09T10:00,Ann Lee,worker,yes,A note
M-3,referral,2021-03-02T09:00,Ann Lee,,,
M-3,visit,2021-03-03T10:00,Ann Lee,manager,yes,A note
END
tell replay visit.flow log.csv --shard 1/2
tell replay visit.flow log.csv --shard 3/2 --as-of 2021-03-31
tell replay visit.flow log.csv --jobs 0
tell replay visit.flow log.csv --as-of 2021-03-31 --json --shard 1/2 --output one.json
tell replay visit.flow log.csv --as-of 2021-03-31 --json --shard 2/2 --output two.json
tell replay visit.flow log.csv --as-of 2021-03-31 --json --output whole.json
tell merge two.json one.json --json --output merged.json
cmp merged.json whole.json && echo the same
tell merge merged.json | grep 'cases,'
tell merge one.json | grep 'shards\|cases,'
tell merge one.json one.json
tell merge one.json two.json --output one.json --force
tell merge one.json two.json --output visit.flow --flow visit.flow --report r.html --force
tell merge whole.json two.json
tell merge one.json log.csv
tell merge one.json nowhere.json
tell merge one.json --report cases.html
tell replay visit.flow log.csv --as-of 2021-04-30 --json --output later.json
tell merge whole.json later.json
