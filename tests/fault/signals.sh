#!/bin/sh
# Signals: the program ends with 130 or 143 when asked once, at once when asked twice,
# and what it was doing is done whole or not at all. Pipes hold it still meanwhile.
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
status=0
mkfifo go held

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
state a "A" starts here
  on began stay
  on more stay and notify worker
END
printf 'event over by worker\nat any point\n  on over go to z\nstate z "Z" ends here\n' >>flow.flow
export CASEWRIGHT_DB=cases.db
now='--now 2021-03-01T09:00'
{
    "$program" init --rehearsal $now
    "$program" people add ann $now
    "$program" people hold ann worker --from 2021-01-01 $now
    "$program" deploy flow.flow $now
    "$program" open w --as ann --reference KIT $now
    "$program" record KIT more --as ann $now
    "$program" record KIT more --as ann $now
} >setup 2>&1 || say "$(cat setup)"

# A background job of a shell ignores INT; env puts it back as it is for people.
start() { # INPUT ARGUMENT …
    input=$1
    shift
    env --default-signal=INT "$program" "$@" <"$input" >out 2>&1 3>&- &
    child=$!
}

# Waits until there is an answer, but not for ever.
read_out() {
    tries=0
    until grep -q 2021 out || [ "$tries" -eq 2000 ]; do tries=$((tries + 1)); done
}

# reading: asked to end while it waits for its standard input
for signal in INT:130 TERM:143 HUP:143; do
    exec 3<>held
    start held due --batch --calendar england-and-wales
    printf '2021-04-01\t1 week\n' >&3
    read_out
    kill "-${signal%:*}" "$child"
    wait "$child"
    code=$?
    exec 3>&-
    [ "$code" -eq "${signal#*:}" ] || say "reading, ${signal%:*}: exit $code"
done

# delivering: the first notification is being taken; it counts, the second stays
for signal in INT:130 TERM:143; do
    "$program" record KIT more --as ann $now >/dev/null 2>&1
    before=$("$program" status $now 2>/dev/null | sed -n 's/.*notifications to deliver.* //p')
    start /dev/null deliver $now -- sh -c 'trap "" INT TERM; echo taken >held; read -r line <go'
    read -r line <held
    kill "-${signal%:*}" "$child"
    echo go >go
    wait "$child"
    code=$?
    [ "$code" -eq "${signal#*:}" ] || say "delivering, ${signal%:*}: exit $code: $(cat out)"
    after=$("$program" status $now 2>/dev/null | sed -n 's/.*notifications to deliver.* //p')
    [ "$after" = "$((before - 1))" ] || say "delivering: $before waited before, $after after"
    "$program" verify >out 2>&1 || say "delivering: $(cat out)"
done

# twice: the second time it ends where it stands
start /dev/null deliver $now -- sh -c 'trap "" INT TERM; echo taken >held; read -r line <go'
read -r line <held
kill -TERM "$child"
kill -TERM "$child"
wait "$child"
code=$?
[ "$code" -eq 143 ] || say "twice: exit $code"
echo go >go
"$program" verify >out 2>&1 || say "twice: $(cat out)"

# window and pause: nothing happens
exec 3<>held
start held due --batch --calendar england-and-wales
printf '2021-04-01\t1 week\n' >&3
read_out
kill -WINCH "$child"
kill -STOP "$child"
kill -CONT "$child"
printf '2021-04-01\t2 weeks\n' >&3
exec 3>&-
wait "$child"
code=$?
[ "$code" -eq 0 ] || say "stopped and continued: exit $code"
[ "$(wc -l <out)" -eq 2 ] || say "stopped and continued: $(cat out)"
exit $status
