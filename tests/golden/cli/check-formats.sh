# Findings for other programs: what the author wrote is escaped for each of them.
cat >'odd, name.flow' <<'F'
workflow a "A" version "1" in force from 1 January 2021
role r "R" because "local rule"
event begin "Begin: <script> ]]> & 100%0A ::error::" by r
  opens a case  because "local rule"
state one "One" starts here
  on begin go to "twoo"
state two "Two" ends here
F
tell check --format sarif 'odd, name.flow'
tell check --format github 'odd, name.flow'
tell check --format junit 'odd, name.flow'
sed -i 's/go to "twoo"/go to twoo because "<a> \& 100%0A"/' 'odd, name.flow'
tell check --format sarif 'odd, name.flow'
tell check --format github 'odd, name.flow'
tell check --format junit 'odd, name.flow'
tell check --format junit 'odd, name.flow' 'odd, name.flow'
tell check --format yaml 'odd, name.flow'
sed -i 's/go to twoo/go to two/' 'odd, name.flow'
tell check --format junit 'odd, name.flow'
# A file of scenarios is checked as its flow, and each flow once.
mv 'odd, name.flow' odd.flow
printf 'scenario "S"\n  given a new case on 1 March 2021\n  then case is at one\n  and nobody is notified\n' >odd.scenarios.flow
tell check --format compact odd.scenarios.flow
tell check --format compact odd.flow odd.scenarios.flow
