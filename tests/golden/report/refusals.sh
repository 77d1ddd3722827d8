# What stands there stays, and nothing is half written.
report() {
    ask replay visit.flow visits.csv --fact worry=worry "$@"
}
echo old >page.html
report --report page.html
cat page.html
report --report page.html --force
grep -c '</html>' page.html
report --report visit.flow --force
report --report visits.csv --force
grep -c referral visits.csv
"$program" init --rehearsal --db cases.db >/dev/null 2>&1
report --report cases.db --force
mkdir folder
report --report folder --force
report --report nowhere/page.html
report --report /dev/full --force
mkdir shut && chmod 500 shut
[ "$(id -u)" -eq 0 ] || report --report shut/page.html >refused 2>&1
[ ! -e shut/page.html ] || echo 'written where nobody may'
report --report other.html --report-case R99
report --report other.html --report-cases some
report --report other.html --report-target 0
report --report other.html --report-target 101%
report --report other.html --report-target most
report --report other.html --for-publication --for-casework
report --report other.html --for-publication --report-case R01
report --for-publication
report --report-case R01
head -12 visits.csv >few.csv
ask replay visit.flow few.csv --fact worry=worry --report other.html --for-publication
ls
# A disk that fills up halfway.
(ulimit -f 8; report --report large.html)
ls large.html* 2>/dev/null
