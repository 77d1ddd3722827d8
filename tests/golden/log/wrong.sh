# What is no log, and what cannot be said.
printf 'case,activity,time\nA,x,2023-04-03\n' >good.csv
: >empty.csv
printf 'case,activity,time\n' >heading.csv
printf 'just some text\nthat is no table\n' >text.csv
printf '\377\376c\000a\000s\000e\000' >wide.csv
printf 'PK\003\004...' >book.xlsx
printf 'case,activity,time\nA,"x,2023-04-03\n' >open.csv
printf 'case,activity,time\nA,x,03/04/2023\nA,y,04/04/2023\n' >dates.csv
printf 'ref,what,when\nA,x,2023-04-03\n' >columns.csv
printf 'case,activity,time\nA,x,soon\n' >useless.csv
printf '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa">]><log>&a;</log>' >bomb.xes
printf '<log><trace>' >cut.xes
printf '<html/>' >page.xes
gzip -c good.csv | head -c 20 >cut.csv.gz
mkdir folder
for file in empty.csv heading.csv text.csv wide.csv book.xlsx open.csv dates.csv columns.csv \
    useless.csv bomb.xes cut.xes page.xes cut.csv.gz folder nowhere.csv; do
    tell log $file
done
tell log columns.csv --case ref --activity what --time whem
tell log columns.csv --case ref --activity what --time when
tell log dates.csv --dates 'month day year'
tell log dates.csv --dates 'day first'
tell log good.csv --zone Mars
tell log good.csv --encoding klingon
tell log good.csv --separator ab
tell log good.csv --quote ab
tell log good.csv --lifecycle middle
tell log good.csv --fact urgent
tell log good.csv --max-bytes lots
tell log good.csv --max-bytes 0
tell log good.csv --max-bytes 99999999999G
tell log good.csv --map nowhere.map
printf 'case column "case"\nactivty "x" is see\n' >wrong.map
tell log good.csv --map wrong.map
tell log
tell log good.csv --format csv
tell log good.csv --casee x
