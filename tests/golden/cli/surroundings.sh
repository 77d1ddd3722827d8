# What the program owes to its surroundings: closed descriptors, full disks, closed
# pipes, control characters, colour, many arguments, signals.
for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- 2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
    eval "\"\$program\" --version $closed" >from_file 2>&1
    echo "closed: $closed [exit $?]"
done
"$program" --help >/dev/full
echo "[exit $?]"
"$program" show nothing 2>/dev/full
echo "[exit $?]"
(sleep 0 && "$program" help exit-codes; echo "[exit $?]" >&2) | true
yes '2021-04-01	1 week' | head -n 100000 | { "$program" due --batch; echo "[exit $?]" >&2; } | head -n 2
tell due "$(printf '\033]8;;http://x\007')"
tell check "$(printf 'a\nb\033[31m\302\205\342\200\256\377.flow')"
begin
clock 2021-03-31T09:00
at open visit --reference "$(printf 'R\033[31m6')" --as ann
at record 1 visit seen-alone=yes "notes=$(printf 'a\033[2Jb\nc\302\233d')" --tick home --tick carer --as ann
at show 1
at cases
clock 2021-04-12T09:00
at open visit --reference R7 --as ann
clock 2021-05-12T09:00
at worklist --color always | tr '\033' '~'
NO_COLOR=1 TERM=xterm at worklist | tr '\033' '~'
# shellcheck disable=SC2046
"$program" due $(seq 1 100000) >out 2>err
echo "[exit $?]"
cut -c 1-60 err
# An answer goes out before the next question is waited for; only then the signal.
mkfifo line answer
"$program" due --batch <line >answer &
child=$!
exec 3>line 4<answer
printf '2021-04-01\t1 week\n' >&3
read -r got <&4
echo "$got"
kill -TERM "$child"
wait "$child" 2>/dev/null
echo "[exit $?]"
exec 3>&- 4<&-
