# Made-up cases. Same flow, same seed: same bytes.
cp visit.flow whole.flow
tell generate visit.flow --cases 2 --from 2021-03-01 --to 2021-06-30
tell generate visit.flow --cases 1 --seed 3 --from 2021-03-01 --to 2021-04-30 --format xes
tell generate visit.flow --cases 200 --output cases.csv
"$program" generate visit.flow --cases 200 | cmp - cases.csv && echo "the same again"
"$program" generate visit.flow --cases 200 --seed 2 | cmp -s - cases.csv || echo "another seed, other cases"
tail -n +2 cases.csv | cut -d, -f1 | sort -u | wc -l
tell generate visit.flow --cases 0
# What cannot be.
tell generate visit.flow --output cases.csv
tell generate visit.flow --output visit.flow --force
tell generate visit.flow --cases many
tell generate visit.flow --cases -1
tell generate visit.flow --cases 100000001
tell generate visit.flow --late 101
tell generate visit.flow --from yesterday
tell generate visit.flow --from 2021-05-01 --to 2021-04-30
tell generate visit.flow --from 2021-05-01 --to 2121-05-02
tell generate visit.flow --from 2090-01-01 --to 2090-12-31
tell generate visit.flow --from 2021-05-01 --to 2021-05-02
tell generate visit.flow --format parquet
tell generate none.flow
echo 'never visiting' >>visit.flow
tell generate visit.flow --output shut.csv
ls shut.csv* 2>&1
# A limit that nobody can meet is said.
cat >hopeless.flow <<'END'
workflow hopeless "Hopeless" version "1" in force from 1 March 2021
  uses calendar england-and-wales
use "calendars/england-and-wales"
role boss "Boss"
event came "Came" by anyone
  opens a case
event answer "Answer" by boss
state open "Open" starts here
  deadline answer within 2 working days of opening
  on came stay
  on answer go to over
state over "Over" ends here
never over
END
tell generate hopeless.flow --cases 3 --output hopeless.csv
# A full disk, a closed pipe, a file that may not grow: nothing is left half written.
"$program" generate whole.flow --cases 2000 2>&1 >/dev/full
"$program" generate whole.flow --cases 20000 2>&1 | head -n 1
(ulimit -f 8 && "$program" generate whole.flow --cases 2000 --output large.csv 2>small; echo $? >code)
cat small code
ls large.csv* 2>&1
