# 13 cases with few of everything: nearly all is hidden, and nothing names anybody.
ask replay visit.flow visits.csv --fact worry=worry --report page.html --for-publication
ls -l page.html | cut -c 1-10
page page.html
grep -E 'R0[0-9]|R1[0-9]|Finch|Heron|Reed|Swift|visits' page.html
