#!/bin/sh
# import stopped in the middle, asked to and killed: whole cases are there, verify is
# content, and the same command goes on to the end. Another reader, or no room, keeps
# it from beginning or going on, and nothing is half written. The cases are made up.
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
status=0
cases=1500

say() {
    echo "$1"
    status=1
}

cat >flow.flow <<'END'
workflow w "W" version "1" in force from 1 March 2021
role worker "Worker"
event began "It began" by worker
  opens a case
event more "More" by worker
event over "Over" by worker
state a "A" starts here
  on began stay
  on more stay and notify worker
  on over go to z
state z "Z" ends here
END
awk -v cases=$cases 'BEGIN {
    print "case,activity,time,person,role"
    for (i = 1; i <= cases; i++) {
        printf "M-%04d,began,2021-03-01T09:00Z,Made Up,worker\n", i
        printf "M-%04d,more,2021-03-02T09:00Z,Made Up,worker\n", i
        printf "M-%04d,over,2021-03-03T09:00Z,Made Up,worker\n", i
    }
}' >log.csv
export CASEWRIGHT_DB=cases.db
now='--now 2021-04-01T09:00'

begin() {
    rm -f cases.db*
    {
        "$program" init --rehearsal $now
        "$program" deploy flow.flow $now
    } >setup 2>&1 || say "$(cat setup)"
}
entries_now() {
    "$program" status $now 2>/dev/null | sed -n 's/^entries *//p'
}

# Starts it and waits until it has written something.
start() {
    : >err
    env --default-signal=INT "$program" import w log.csv --batch 1 --progress $now >out 2>err &
    child=$!
    tries=0
    until grep -q imported err || [ "$tries" -eq 20000 ]; do tries=$((tries + 1)); done
}

# After it was stopped with the signal: part of it is there, whole, and it goes on.
look() {
    count=$(entries_now)
    [ $((count % 3)) -eq 0 ] || say "half a case is there after $1: $count entries"
    "$program" verify $now >out 2>&1 || say "verify after $1: $(cat out)"
    "$program" import w log.csv $now >out 2>&1 || say "going on after $1: $(cat out)"
    [ "$(entries_now)" -eq $((cases * 3)) ] || say "after $1 there are $(entries_now) entries"
    "$program" verify $now >out 2>&1 || say "verify at the end, $1: $(cat out)"
}

for signal in INT:130 TERM:143 KILL:137; do
    begin
    start
    kill "-${signal%:*}" "$child"
    wait "$child"
    code=$?
    # one that was done before the signal came is no test of it, and no fault either
    [ "$code" -eq "${signal#*:}" ] || [ "$code" -eq 0 ] || say "${signal%:*}: exit code $code"
    [ "$code" -ne 130 ] || grep -q 'goes on from there' err || say "INT says: $(cat err)"
    look "${signal%:*}"
done

# Somebody else has it open meanwhile, until a pipe ends.
begin
{
    "$program" people add ann $now
    "$program" people hold ann worker --from 2021-01-01 $now
    "$program" open w began --as ann --reference T-1 $now
    "$program" record T-1 more --as ann $now
} >setup 2>&1 || say "$(cat setup)"
mkfifo held
"$program" deliver $now -- sh -c 'exec cat held' >other 2>&1 &
other=$!
exec 3>held
"$program" import w log.csv $now >out 2>&1
code=$?
[ "$code" -eq 75 ] || say "in use: exit code $code: $(cat out)"
exec 3>&-
wait "$other"

# No room on the disk.
begin
(ulimit -f 64 && "$program" import w log.csv $now >out 2>&1)
code=$?
[ "$code" -eq 74 ] || say "no room: exit code $code: $(cat out)"
look "no room"
exit $status
