# What cannot be done, and what is said then.
cp "$root/workflows/cre.flow" .
cat > cre.csv << 'END'
case,activity,time,person,role,risk
ASH,concern-raised,2021-03-26T09:00,ann,social-worker,
ASH,allocate,2021-03-26T10:00,tina,Team Manager,
=1+1,concern-raised,2021-03-26T09:00,ann,social-worker,
END
tell replay
tell replay cre.flow
tell replay cre.flow nothing.csv
tell replay nothing.flow cre.csv
printf 'workflow' > wrong.flow
tell replay wrong.flow cre.csv 2>&1 | tail -2
tell replay cre.flow cre.csv --mode strict
tell replay cre.flow cre.csv --as-of 31/03/2021
tell replay cre.flow cre.csv --as-of 2021-02-30
tell replay cre.flow cre.csv --format html
tell replay cre.flow cre.csv --json --format csv
tell replay cre.flow cre.csv --csv duties
tell replay cre.flow cre.csv --format csv --csv rows
tell replay cre.flow cre.csv --show-case OAK
tell replay cre.flow cre.csv --show-case ASH --json
tell replay cre.flow cre.csv --fail-if 'late > many'
tell replay cre.flow cre.csv --fail-if 'slow > 5%'
tell replay cre.flow cre.csv --accept none.accept
printf 'accept wrong-rol of allocate\n' > bad.accept
tell replay cre.flow cre.csv --accept bad.accept
printf 'activity "x" is alocate\n' > bad.map
tell replay cre.flow cre.csv --map bad.map
printf 'fact riks column "risk"\n' > bad.map
tell replay cre.flow cre.csv --map bad.map
tell replay cre.flow cre.csv --output cre.flow --force
tell replay cre.flow cre.csv --output cre.csv --force
tell replay cre.flow cre.csv --output sums.txt
tell replay cre.flow cre.csv --output sums.txt
# What a spreadsheet would take for a formula is told as text, unless raw is asked for.
tell replay cre.flow cre.csv --format csv | cut -d, -f1,4
tell replay cre.flow cre.csv --format csv --raw | cut -d, -f1,4
# A log without rows, and one of which no row can be read.
head -1 cre.csv > empty.csv
tell replay cre.flow empty.csv --fail-if 'broken > 0%' | grep '^There is'
printf 'case,activity,time\nASH,allocate,2021-02-31\n' > bad.csv
tell replay cre.flow bad.csv --show-case ASH
tell replay cre.flow cre.csv --as-of 2001-01-01 | grep '^There is'
# A year mistyped: judged as of then, and said.
printf 'case,activity,time\nASH,concern-raised,2199-02-01\n' > future.csv
tell replay cre.flow future.csv --now 2022-01-01 --show-case ASH
tell replay cre.flow future.csv --now 2022-01-01 --as-of 2022-01-01 --show-case ASH
# Interrupted, full, or nobody there to read: nothing half written.
"$program" replay cre.flow cre.csv > /dev/full
echo "[exit $?]"
mkfifo endless
"$program" replay cre.flow - --output half.txt < endless 2> /dev/null &
exec 3> endless
cat cre.csv >&3
kill -TERM $!
wait $! 2> /dev/null
echo "[exit $?]"
exec 3>&-
rm endless
ls
