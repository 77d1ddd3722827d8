# What two versions of a flow say differently.
tell diff visit.flow visit.flow
# Layout, comments, reasons and the order of blocks are no difference.
{ grep -v '^#' visit.flow | sed 's/  */ /g; s/because VIS-4/because VIS-5/' | sed -n '/^track/,$p'
  sed -n '1,/^never/p' visit.flow; } >moved.flow
tell diff visit.flow moved.flow
# A limit, a condition, where a line leads, who, what is recorded, ticked, flagged.
sed 's/within 3 working days of entering can be paused by manager/within 2 working days of referral/
     s/go to plan when worry is one of some, high/go to plan when worry is high/
     s/  on found go to weighing/  on found go to closed/
     s/by worker, manager/by worker/
     s/carer "The carer was spoken to"/school "The school was spoken to"/
     s/records seen-alone, notes/records seen-alone records notes when seen-alone is yes/
     s/flag "Child not seen in time"/notify duty/
     s/remind worker 1 working day/remind worker 2 working days/
     s/^never closed when worry is high/never closed when worry is one of some, high/
     s/every 1 month from entering/every 6 weeks from entering/
     s/    not by who did visit  */    optional  /
     s/needs approval by duty  *because VIS-6/because VIS-6/
     s/can act for worker when unavailable/can act for worker after 4 working hours/
     s/some "Somewhat", high/some "Somewhat", grave "Gravely", high/
     s/incident 3 times within 30/incident 2 times within 30/
     s/version "1" in force from 1 January 2021/version "2" in force from 1 June 2021/' visit.flow >new.flow
tell diff visit.flow new.flow
tell diff new.flow visit.flow
# What came and went; what only has another name; two things with one label.
sed 's/go to plan /go to planning /; s/state plan /state planning /' visit.flow >renamed.flow
tell diff visit.flow renamed.flow
cat >>renamed.flow <<'F'
state review "Plan" in incidents starts here
  task check-plan "Check the plan" by manager within 5 working days of starting
    because VIS-9
  on check-plan go to reviewed because VIS-9
state reviewed "Reviewed" in incidents ends here
event noted "Noted" by duty records notes
must noted within 2 working days of found because VIS-9
F
tell diff visit.flow renamed.flow
tell diff visit.flow renamed.flow --json | head -40
# A task that went from one state to another.
awk '/task judge-worry/ { inside = 1 } inside && /^  on/ { inside = 0 } inside { kept = kept $0 "\n"; next }
     { print } /^state plan/ { printf "%s", kept }' visit.flow >there.flow
sed '/^  on judge-worry/,/otherwise/d; s/^state weighing.*/&\n  on incident go to closed/' there.flow >elsewhere.flow
tell diff visit.flow elsewhere.flow
# The calendar's days.
cat >england.flow <<'F'
workflow days "Days" version "1" in force from 1 January 2021
  uses calendar here
calendar here "Here"
  working Monday to Friday from 09:00 to 17:00
  except 25 December "Christmas Day" or the next working day
  except 8 May 2023 "Coronation"
  covers 2020 to 2030
role manager "Manager"
event begun "Begun" by manager opens a case
state first "First" starts here
  on begun go to last
state last "Last" ends here
F
sed 's/to 17:00/to 17:30/; s/Christmas Day" or the next working day/Christmas Day"/; s/8 May 2023/9 May 2023/; s/2030/2031/' england.flow >other.flow
tell diff england.flow other.flow
# What cannot be read.
sed 's/worry is high/wory is high/' visit.flow >wrong.flow
tell diff visit.flow wrong.flow
tell diff visit.flow nowhere.flow
tell diff visit.flow
tell diff visit.flow visit.flow --format yaml
