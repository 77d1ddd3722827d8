# Pictures of a flow, and of a case on it.
tell draw visit.flow --format text
tell draw visit.flow --format mermaid --clauses
tell draw visit.flow --format dot | sed -n '1,12p'
tell draw visit.flow --format pdf
tell draw visit.flow --now 2021-03-01
tell draw visit.flow --format dot --patience 3
tell draw visit.flow --patience soon
sed 's/worry is high/wory is high/' visit.flow >wrong.flow
tell draw wrong.flow
tell draw nowhere.flow

# A sheet by Graphviz: each state and track is on it once.
tell draw visit.flow --output visit.svg
sed -n 's/&#45;/-/g; s/^<g id="\(state[a-z0-9-]*\|work[a-z-]*\|standing[a-z-]*\)".*/\1/p' visit.svg | LC_ALL=C sort
grep -o '<svg [^>]*mm"' visit.svg
# A state more, in the middle: the others stay in their order from left to right.
across() { # the states that one state leads to, from the left
    "$program" draw "$1" --format dot | dot -Tplain | sed -n 's/^node "*state-\([a-z]*\)"* \([0-9.]*\) .*/\2 \1/p' |
        grep 'red\|blue\|green\|grey' | sort -n | cut -d' ' -f2 | tr '\n' ' '
    echo
}
cat >many.flow <<'FLOW'
workflow many "Many ways" version "1" in force from 1 January 2021
role worker "Worker"
event begun "Begun" by anyone opens a case
fact colour "Colour" one of red, blue, green, grey
event chosen "Chosen" by worker records colour
state first "First" starts here
  on begun go to choice
state choice "Choice"
  on chosen
    go to red when colour is red
    go to blue when colour is blue
    go to green otherwise
state red "Red"
  on chosen go to over
state blue "Blue"
  on chosen go to over
state green "Green"
  on chosen go to over
state over "Over" ends here
FLOW
across many.flow
sed 's/^    go to blue/    go to grey when colour is grey\n&/
    s/^state blue/state grey "Grey"\n  on chosen go to over\n&/' many.flow >more.flow
across more.flow

# Graphviz missing, failing, answering too little, hanging.
bin=$PWD/bin
mkdir bin
lay() { # the program that stands in for dot
    printf '#!/bin/sh\n%s\n' "$1" >bin/dot
    chmod +x bin/dot
}
with_that() {
    echo "\$ casewright draw $*"
    PATH=$bin "$program" draw "$@"
    echo "[exit $?]"
}
with_that visit.flow
lay 'echo "Error: something <odd>" >&2; exit 3'
with_that visit.flow
lay 'echo "<svg width=\"9pt\" height=\"9pt\"></svg>"'
with_that visit.flow
lay 'kill -9 $$'
with_that visit.flow
mkfifo never
lay "read line <'$PWD/never'"
with_that visit.flow --patience 1
lay "exec >/dev/null; read line <'$PWD/never'"
with_that visit.flow --output nothing.svg --patience 1
ls nothing* 2>&1

# Where the picture goes.
tell draw visit.flow --format text --output there.txt
tell draw visit.flow --format text --output there.txt
tell draw visit.flow --format dot --output there.txt --force
head -1 there.txt
tell draw visit.flow --format dot --output visit.flow --force
ln -s visit.flow link.flow
tell draw visit.flow --format dot --output link.flow --force
ln -s there.txt link.txt
tell draw visit.flow --format dot --output link.txt
tell draw visit.flow --format dot --output bin --force
tell draw visit.flow --format dot --output never --force
tell draw visit.flow --format dot --output no/where.txt
tell draw visit.flow --format dot --force
begin
tell draw visit.flow --format dot --output cases.db --force
ls cases.db* there.txt*

# A case on its flow.
at open visit --reference KIT --as ann
clock 2021-03-08T10:00
at draw visit.flow --case KIT --format text
at record KIT visit seen-alone=no "notes=in the garden" --tick home --tick carer --as ann
at draw visit.flow --case KIT --format text | grep 'In this case\|^  \*'
at draw visit.flow --case KIT --format mermaid | grep here
at draw visit.flow --case KIT --output kit.svg
grep -c 'HERE' kit.svg
stat -c %a kit.svg
sed 's/3 working days/2 working days/' visit.flow >new.flow
at draw new.flow --case KIT --format text | grep 'working days\|another'
sed 's/^workflow visit/workflow other/' visit.flow >other.flow
at draw other.flow --case KIT
at draw visit.flow --case NOBODY

# What the scenarios try.
tell draw visit.flow --coverage --case KIT
cat >visit.scenarios.flow <<'FLOW'
scenario "A visit that is missed"
  given a new case
  when referral on Monday 1 March 2021 at 09:00
  when nothing happens until Monday 8 March 2021
  then visit is open
scenario "A story that does not hold"
  given a new case
  when referral on Monday 1 March 2021 at 09:00
  then case is at closed
FLOW
tell draw visit.flow --coverage --format text | grep 'try\|fail\|Scenarios'
tell draw visit.flow --coverage --format mermaid | grep -c 'NOT TRIED'
tell draw visit.flow --coverage --output tried.svg
grep -c 'NOT TRIED</text>' tried.svg
