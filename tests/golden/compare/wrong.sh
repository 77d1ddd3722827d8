# A second flow that is not there, or wrong; names in the map that neither flow has.
tell replay cre.flow cre.csv --map cre.map --against nowhere.flow
sed 's/within 3 working days of cpm-decision/within 3 days of cpm-decision/' cre.flow >wrong.flow
tell replay cre.flow cre.csv --map cre.map --against wrong.flow
# Neither flow is written over.
cp cre.flow draft.flow
tell replay cre.flow cre.csv --map cre.map --against draft.flow --output draft.flow --force
tell replay cre.flow cre.csv --map cre.map --against draft.flow --report draft.flow --force
cmp cre.flow draft.flow && echo "the draft is as it was"
tell replay cre.flow cre.csv --map cre.map --against draft.flow --format csv
# A fact that only the second flow has may be in the map; one that neither has may not.
sed 's/^fact held-by/fact mood "Mood" one of good, bad\nfact held-by/' cre.flow >moody.flow
{ cat cre.map; echo 'fact mood column "risk"'; } >mood.map
tell replay cre.flow cre.csv --map mood.map
tell replay cre.flow cre.csv --map mood.map --against moody.flow | sed -n '/come to/,/^$/p'
tell replay cre.flow cre.csv --map mood.map --against cre.flow
# A map that names an event which only one has.
sed 's/cre-strategy-meeting/strategy-meeting/g' cre.flow >named.flow
sed 's/,cre-strategy-meeting,/,Meeting,/' cre.csv >meeting.csv
{ cat cre.map; echo 'activity "Meeting" is strategy-meeting'; } >meeting.map
tell replay cre.flow meeting.csv --map meeting.map --against named.flow | sed -n '/^What each/,/^Cases/p'
# More changed declarations than are tried one at a time.
awk '{ print } /^period mid-way/ { for (i = 0; i < 70; i++) print "# " i }' cre.flow >many.flow
for i in $(seq 70); do echo "event extra-$i \"Extra $i\" by anyone because \"local rule\""; done >>many.flow
tell replay cre.flow cre.csv --map cre.map --against many.flow | sed -n '/^What each/,/extra-2 /p'
