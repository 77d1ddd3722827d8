# Which cases get a page; the same page whatever the order of the rows.
pages() {
    ask replay visit.flow visits.csv --fact worry=worry --report page.html --force "$@"
    grep -o 'id="case-[0-9]*-title">Case [A-Z0-9]*' page.html | sed 's/.*>//' | tr '\n' ' '
    echo
}
pages --report-cases broken
pages --report-cases late
pages --report-cases unclear --report-case R01
pages --report-cases all
cp page.html once.html
(head -1 visits.csv; tail -n +2 visits.csv | sort -t, -k3) >sorted.csv && mv sorted.csv visits.csv
pages --report-cases all
sed '/SHA-256/d; s/line [0-9]*//' once.html >one
sed '/SHA-256/d; s/line [0-9]*//' page.html >other
cmp one other && echo same
