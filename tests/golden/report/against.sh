# Two working days instead of three: of those in time, R02, R04 and R06 took three (see
# by-hand.md), and so did R07. R02, R06 and R07 followed the policy and are late then; R04
# breaks a rule either way.
sed '/task see-child/,/because VIS-2/s/within 3 working/within 2 working/' visit.flow >new.flow
ask replay visit.flow visits.csv --fact worry=worry --against new.flow --report page.html --report-case R02
page page.html | sed -n '/^What was run/,/^0\./p; /^4\. The two/,/^5\./p; /^Told as/,/^Duty/p'
# The same flow twice.
ask replay visit.flow visits.csv --fact worry=worry --against visit.flow --report same.html
page same.html | sed -n '/^4\. The two/,/^5\./p'
