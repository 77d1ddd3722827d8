# Four cases of the CSE policy; forms are to be reviewed in 72 hours. Worked out by hand:
#
#   1  form sent on Friday 26 March 2021 at 16:00; the clocks go forward on Sunday, so 72 hours
#      end on Monday at 17:00 by the wall; reviewed at 16:59: in time, but past the aim of 24
#   2  the same, reviewed at 17:01: late
#   3  reviewed on Monday, no time of day: nobody can tell
#   4  rejected, sent again: the clock starts anew; then a meeting in three working days of the
#      review of Wednesday 31 March (1 is Thursday, 2 Tuesday 6 April, 3 Wednesday 7 April):
#      held on Thursday, so late; without its arrangements, and by the wrong role
cp "$root/workflows/cse.flow" .
cat > cse.map << 'END'
case     column "Child"
activity column "What"
time     column "When"
role     column "Team"
fact open-to      column "Open to"
fact team         column "Service"
fact form-outcome column "Outcome"
value "Meeting" of form-outcome is meeting-required
value "None"    of form-outcome is no-further-action
value "Back"    of form-outcome is rejected
activity "Referred"      is risk-factors-identified with open-to social-work-team, team locality-service
activity "Form sent"     is send-form
activity "Form reviewed" is review-form
activity "Meeting held"  is cse-strategy-meeting
role     "Social work"   is social-worker
role     "CSE"           is cse-lead
ignore   "Letter filed"
END
cat > cse.csv << 'END'
Child,What,When,Team,Open to,Service,Outcome
1,Referred,2021-03-26T15:00,Social work,,,
1,Form sent,2021-03-26T16:00,Social work,,,
1,Form reviewed,2021-03-29T16:59,CSE,,,None
1,Letter filed,2021-03-30T10:00,CSE,,,
2,Referred,2021-03-26T15:00,Social work,,,
2,Form sent,2021-03-26T16:00,Social work,,,
2,Form reviewed,2021-03-29T17:01,CSE,,,None
3,Referred,2021-03-26T15:00,Social work,,,
3,Form sent,2021-03-26T16:00,Social work,,,
3,Form reviewed,2021-03-29,CSE,,,None
4,Referred,2021-03-26T15:00,Social work,,,
4,Form sent,2021-03-26T16:00,Social work,,,
4,Form reviewed,2021-03-29T10:00,CSE,,,Back
4,Form sent,2021-03-30T10:00,Social work,,,
4,Form reviewed,2021-03-31T10:00,CSE,,,Meeting
4,Meeting held,2021-04-08T10:00,Social work,,,
END
tell replay cse.flow cse.csv --map cse.map
tell replay cse.flow cse.csv --map cse.map --show-case 4
tell replay cse.flow cse.csv --map cse.map --format csv --csv duties
