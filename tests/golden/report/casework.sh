ask replay visit.flow visits.csv --report page.html --fact worry=worry --report-case R04 --report-target 90
ls -l page.html | cut -c 1-10
page page.html
