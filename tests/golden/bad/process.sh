# The process and what it is started with: catalogue C5 (closed descriptors, full disks,
# broken pipes: ../cli/surroundings.sh; signals and killing: tests/fault).
begin
at open visits --as ann --reference KIT
for words in '' bogus chek -x --bogus check 'check --format' 'show KIT --json --json' 'show KIT KIT' \
    'show KIT --jso' 'show KIT --format xml' 'show KIT --json --format text' 'show KIT --color sometimes' \
    show 'show -1' 'record KIT' 'record KIT seen note' 'record KIT seen =x' 'record KIT seen --as' \
    'worklist --role' 'help bogus' 'help check show' due 'due --batch --calendar nowhere' \
    'due soon --from 2021-01-01 --calendar scotland' init 'verify --db' 'cases --db=' people 'people add' \
    'people fire ann' 'amend KIT x --as ann --reason x' 'show KIT --now soon'; do
    tell $words </dev/null | head -n 3
done
for words in 'show -' 'show #' 'show #99' 'show 99999999999999999999' 'worklist --role workr' \
    'worklist --role nobody' 'worklist --person nobody' 'history nobody' 'why-not KIT nothing --as ann' \
    'record KIT noted note= --as ann' 'record KIT seen --assign worker --as ann' \
    'record KIT seen --tick x --as ann' 'record KIT seen --as nobody' 'record KIT seen --as ann --role chief' \
    'extend KIT visit --to soon --as ann' 'void KIT 99 --as ann --reason x' \
    'reopen KIT first --as ann --reason x' 'approve KIT --as max' 'pause KIT visit --as ann --reason x' \
    'deploy nowhere.flow' 'open nothing --as ann'; do
    at $words </dev/null
done
for name in show record history why worklist people; do
    echo "== $name with an empty word"
    run "$name" '' --now "$now"
done
echo '== 100,000 words'
run show $(many 100000 'x ' | tr -d '%d')
echo '== a word of 100,000 bytes'
run show "$(many 100000 x | tr -d '%d')" --now "$now" | cut -c 1-60
at record KIT "$(printf 'a\033[31mb')" --as ann
at record KIT noted "note=$(printf '\033]0;title\007')" --as "$(printf 'ann\r')"
at open visits --as ann --reference "$(printf 'bad\377')"
at open visits --as ann --reference "$(printf 'two\nlines')"
at open visits --as ann --key "$(printf 'k\377')"
at people add "$(printf 'x\377')"
at people add dee --name "$(printf 'D\377')"
at record KIT noted "note=$(printf 'x\377')" --as ann
at record KIT seen --reason "$(printf 'x\355\240\200')" --as ann
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
    eval "\"\$program\" record KIT seen --as ann --now \"\$now\" $closed" >out 2>&1
    echo "closed: $closed [exit $?]"
done
"$program" record KIT seen --as ann --now "$now" >/dev/full 2>out
echo "full: [exit $?]"
tail -n 1 out
whole
echo '== thirty at once'
i=1
while [ "$i" -le 30 ]; do
    { "$program" record KIT seen --as ann --now "$now" >"out$i" 2>&1; echo "$?" >"code$i"; } &
    i=$((i + 1))
done
wait
cat code* | sort | uniq -c | tr -s ' '
whole
