# A log for people outside the team. The people and cases are invented.
cat >cases.csv <<'END'
case,activity,time,person,role,risk,seen-on,notes
C-17,visit,2021-03-08T09:00:00+00:00,Ann Lee,worker,high,2021-03-08,her father was there
C-17,judge-worry,2021-03-09,Tina Moss,manager,=1+1,,
C-18,visit,2021-03-08T10:00:00+00:00,Ann Lee,worker,low,,
END
printf '%064d\n' 7 >team.key
chmod 600 team.key
tell pseudonymise cases.csv --key-file team.key --keep risk --keep seen-on
tell pseudonymise cases.csv --key-file team.key --keep risk --keep risk --raw --shift case
tell pseudonymise cases.csv --key-file team.key --format xes --zone Europe/London
# The key is made once, and read by its owner only.
tell pseudonymise cases.csv --key-file new.key --make-key --output new.csv
ls -l new.key new.csv | cut -c1-10
wc -c <new.key
tell pseudonymise cases.csv --key-file new.key --output again.csv
cmp new.csv again.csv && echo "the same again"
grep -c 'Ann\|Tina\|C-1\|father' new.csv
# A row that cannot be read.
sed 's/2021-03-09/2021-02-31/' cases.csv >bad.csv
tell pseudonymise bad.csv --key-file team.key
# What cannot be.
tell pseudonymise cases.csv
tell pseudonymise cases.csv --key-file none.key
tell pseudonymise cases.csv --key-file team.key --make-key
tell pseudonymise cases.csv --key-file cases.csv
chmod 600 cases.csv
tell pseudonymise cases.csv --key-file cases.csv
chmod 640 team.key
tell pseudonymise cases.csv --key-file team.key
chmod 600 team.key
tell pseudonymise cases.csv --key-file team.key --output cases.csv
tell pseudonymise cases.csv --key-file team.key --output ./cases.csv --force
tell pseudonymise cases.csv --key-file team.key --output team.key --force
ln -s cases.csv link.csv
tell pseudonymise cases.csv --key-file team.key --output link.csv --force
tell pseudonymise cases.csv --key-file team.key --keep rsik
tell pseudonymise cases.csv --key-file team.key --shift year
tell pseudonymise none.csv --key-file team.key
sed 's/2021-03-08,her/08\/03\/2021,her/' cases.csv >order.csv
tell pseudonymise order.csv --key-file team.key --keep seen-on
tell pseudonymise order.csv --key-file team.key --keep seen-on --output order.out.csv
ls order.out.csv* 2>&1
# A full disk, a file that may not grow: nothing is left half written.
"$program" pseudonymise cases.csv --key-file team.key 2>&1 >/dev/full
"$program" generate visit.flow --cases 300 >many.csv
(ulimit -f 8 && "$program" pseudonymise many.csv --key-file team.key --output large.csv 2>small; echo $? >code)
cat small code
ls large.csv* 2>&1
