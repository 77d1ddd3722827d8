# Every bound on what a flow says: one below, at, and one above (docs/limits.md). The
# one on lines that say what happens takes long to check: tests/unit/lang/test_names.c.

# edge TITLE LIMIT MAKER : the flow that MAKER writes for each of the three numbers.
edge() {
    for n in $(($2 - 1)) "$2" $(($2 + 1)); do
        $3 "$n" >try.flow
        printf '== %s: %s\n' "$1" "$n"
        run check --quick --format compact try.flow
    done
}
letters() { # count
    head -c "$1" /dev/zero | tr '\0' a
}

flow_bytes() {
    plain
    rest=$(($1 - $(plain | wc -c)))
    yes '#' | head -c "$((rest - 1))"
    echo
}
edge 'bytes of a file' 8388608 flow_bytes
bundle() {
    { plain; echo 'use "part"'; } >whole.flow
    yes '#' | head -c 4000000 >part.flow
    rest=$(($1 - 4000000 - $(wc -c <whole.flow)))
    { cat whole.flow; yes '#' | head -c "$rest"; }
}
edge 'bytes of all files' 8388608 bundle
line() {
    plain
    printf '#%s\n' "$(letters $(($1 - 1)))"
}
edge 'bytes of a line' 65536 line
name() {
    plain | sed "s/first/$(letters "$1")/"
}
edge 'bytes of a name' 128 name
string() {
    letters "$1" >long
    plain | awk '/"First"/ { getline long <"long"; printf "state first\n\"%s\"\nstarts here\n", long; next }
        { print }'
}
edge 'bytes of a text' 65534 string
brackets() {
    inner='risk is high'
    plain | sed '/^  on seen/d'
    printf 'at any point in second\n  on seen go to over when %s%s%s\n    stay otherwise\n' \
        "$(many "$1" '(' | tr -d '%d')" "$inner" "$(many "$1" ')' | tr -d '%d')"
}
edge 'brackets in each other' 64 brackets
nots() {
    plain | sed '/^  on seen/d'
    printf 'at any point in second\n  on seen go to over when %s risk is high%s\n    stay otherwise\n' \
        "$(many "$1" 'not (')" "$(many "$1" ')')"
}
edge 'not before brackets, in each other' 64 nots
uses() {
    i=1
    while [ "$i" -le "$1" ]; do
        echo "use \"deep$((i + 1))\"" >"deep$i.flow"
        i=$((i + 1))
    done
    echo 'role deepest "Deepest"' >"deep$1.flow"
    { plain; echo 'use "deep1"'; }
}
edge 'files that use each other' 16 uses
files() {
    plain
    i=1
    while [ "$i" -lt "$1" ]; do
        echo "role role$i" >"file$i.flow"
        echo "use \"file$i\""
        i=$((i + 1))
    done
}
edge 'files of a flow' 256 files
errors() {
    plain
    many "$1" 'allow CF405 until 1 March 2021\n' | head -n "$1" | sed 's/$/ oops/'
}
for n in 19 20 21; do
    echo "== findings shown: $n"
    errors "$n" >try.flow
    run check --quick --format compact try.flow >shown
    grep -c CF001 shown
    tail -n 2 shown | grep -v CF001
done
states() {
    plain
    many $(($1 - 3)) 'state s%d "S"\n'
}
edge 'states' 10000 states
roles() {
    plain
    many $(($1 - 2)) 'role r%d "R"\n'
}
edge 'roles' 1000 roles
facts() {
    plain
    many $(($1 - 4)) 'fact f%d "F" yes or no\n'
}
edge 'facts' 1000 facts
values() {
    plain
    echo "fact kind \"Kind\" one of $(many "$1" 'v%d, ' | sed 's/, $//')"
}
edge 'values of a fact' 62 values
items() {
    plain | sed "s/^    records risk/&\n    checklist $(many "$1" 'v%d, ' | sed 's/, $//')/"
}
edge 'items of a checklist' 62 items
reminders() {
    plain | sed "s/^    records risk/&\n$(many "$1" '    remind worker %d working days before\\n')/"
}
edge 'reminders of a limit' 62 reminders
calendars() {
    plain | sed 's/^  covers 1995.*/&\n  plus c1/'
    many $(($1 - 2)) 'calendar c%d "C"\n  working Monday to Friday from 09:00 to 17:00\n  covers 1995 to 2035\n  plus cX%d\n' |
        awk '/plus/ { sub(/cX/, ""); printf "  plus c%d\n", $2 + 1; next } { print }'
    printf 'calendar c%d "C"\n  working Monday to Friday from 09:00 to 17:00\n  covers 1995 to 2035\n' $(($1 - 1))
}
edge 'calendars of a calendar' 64 calendars
window() {
    plain
    printf 'track often "Often"\n  starts when seen %s times within 30 calendar days\n' "$1"
    printf 'state going "Going" in often starts here\nstate done "Done" in often ends here\n'
}
edge 'times in a window' 1000 window
for unit in 'working days:40000' 'calendar days:40000' 'hours:960000' 'working hours:960000' \
    'weeks:5714' 'months:1290' 'years:109'; do
    limit() {
        plain | sed "s/3 working days/$1 ${unit%:*}/"
    }
    edge "${unit%:*} of a limit" "${unit#*:}" limit
done
limit() {
    plain | sed "s/3 working days/$1 working days/"
}
for n in 2147483648 4294967299 18446744073709551619; do
    limit "$n" | try "$n working days"
done
window_days() {
    plain
    printf 'track often "Often"\n  starts when seen 3 times within %s calendar days\n' "$1"
    printf 'state going "Going" in often starts here\nstate done "Done" in often ends here\n'
}
edge 'days of a window' 40000 window_days
number() {
    plain | sed "s/from 0 to 20/from 0 to $1/"
}
edge 'a number' 999999999999 number
for year in 1899 1900 1901 2199 2200 2201; do
    vary "the year $year" "s/1 March 2021/1 March $year/"
done
vary 'a calendar that covers 1900 to 2200' 's/1995 to 2035/1900 to 2200/'
vary 'a calendar that covers 1899 to 2035' 's/1995 to 2035/1899 to 2035/'
vary 'a calendar that covers 1995 to 2201' 's/1995 to 2035/1995 to 2201/'
vary 'a calendar that covers 2035 to 1995' 's/1995 to 2035/2035 to 1995/'

# What people type.
begin
at open visits --as ann --reference KIT
for n in 65535 65536 65537; do
    echo "== a text of $n bytes"
    "$program" record KIT noted --as ann --now "$now" "note=$(letters "$n")" >out 2>&1 || echo "[exit $?]"
    cut -c 1-100 out
    echo "== a reason of $n bytes"
    "$program" record KIT seen --as ann --now "$now" --reason "$(letters "$n")" >out 2>&1 || echo "[exit $?]"
    cut -c 1-100 out
done
for n in 199 200 201; do
    echo "== a key of $n bytes"
    run record KIT seen --as ann --key "$(letters "$n")" --now "$now" | cut -c 1-100
    echo "== a reference of $n bytes"
    run open visits --as ann --reference "$(letters "$n")" --now "$now" | cut -c 1-100
done
for n in 127 128 129; do
    echo "== a login name of $n bytes"
    run people add "$(letters "$n")" --now "$now" | cut -c 1-100
    echo "== a role of $n bytes"
    run people hold ann "$(letters "$n")" --now "$now" | cut -c 1-100
done
for n in 65535 65536 65537; do
    echo "== a batch line of $n bytes"
    { printf '2021-04-01\t1 week'; letters $((n - 17)); echo; } |
        run due --batch --calendar england-and-wales | cut -c 1-60
done
for number in 0 20 21 -1 999999999999 1000000000000 9223372036854775808; do
    echo "== the number $number"
    run record KIT counted "count=$number" --as ann --now "$now" | head -n 2
done
whole

# What one event may cause, and what a case may hold back.
chain() {
    plain | sed 's/^  on seen stay/  on seen go to s1/'
    many "$1" 'state s%d "S"\n  as soon as count is at least 1 go to sX%d\n' |
        awk '/as soon as/ { sub(/sX/, ""); printf "  as soon as count is at least 1 go to s%d\n", $NF + 1; next } { print }'
    echo "state s$(($1 + 1)) ends here"
}
for n in 999 1000 1001; do
    chain "$n" >chain.flow
    echo "== moves that one event causes: $n"
    run deploy chain.flow --now "$now" | sed '/content/d'
    run open visits --as ann --reference "CHAIN$n" --now "$now" | tail -n 1
    run record "CHAIN$n" counted count=1 --as ann --now "$now" | tail -n 1
    run record "CHAIN$n" seen --as ann --now "$now" | sed -n '1p;$p'
done
plain | sed 's/^  on seen stay/  hold seen until over/' >hold.flow
run deploy hold.flow --now "$now" | sed '/content/d'
run open visits --as ann --reference HOLD --now "$now" | tail -n 1
for n in 1 2 3 4 5 6 7 8 9; do
    echo "== events held: $n"
    run record HOLD seen --as ann --now "$now" | head -n 3
done
whole
