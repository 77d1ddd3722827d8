# The same log in every form in which it may come.
printf 'case,activity,time\nA,Contact,2023-04-03T09:30:00+01:00\nA,Visit,2023-04-04\n' >a.csv
cat >a.xes <<'END'
<log><trace><string key="concept:name" value="A"/>
<event><string key="concept:name" value="Contact"/><date key="time:timestamp" value="2023-04-03T09:30:00+01:00"/></event>
<event><string key="concept:name" value="Visit"/><date key="time:timestamp" value="2023-04-04"/></event>
</trace></log>
END
facts() {
    sed '1,/^$/d'
}
"$program" log a.csv | facts >one
gzip -c a.csv >b
gzip -c a.xes >c.gz
for file in a.xes b c.gz; do
    "$program" log $file | facts >other
    cmp one other || diff one other
done
cat one
"$program" log - <a.csv | facts | cmp one -
cat a.xes | "$program" log - | facts | cmp one -
printf 'case|activity|time\nA|Closed|2023-05-04\n' >b.csv
tell log a.csv b.csv
tell log a.csv ./a.csv
tell log - - <a.csv
