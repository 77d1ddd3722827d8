#!/usr/bin/env bash
# Child sexual exploitation: the Front Door, a rejected form, the clock of 24 and
# 72 hours, the strategy meeting, the MASE panel. Everybody and everything in it
# is invented.
. "$(dirname "$0")/tell.sh"

clock 2021-05-10T08:00
says "CSE. A new rehearsal database, the flow, and a team. All people and events in this story are invented."
types 0 'casewright init --rehearsal'
types 0 'casewright deploy workflows/cse.flow'
types 0 'casewright people add nia --name "Nia Roberts, school nurse"'
types 0 'casewright people hold nia health'
types 0 'casewright people add finn --name "Finn Adeyemi"'
types 0 'casewright people hold finn front-door'
types 0 'casewright people add bo --name "Bo Lindgren"'
types 0 'casewright people hold bo team-manager'
types 0 'casewright people add amina --name "Amina Yusuf"'
types 0 'casewright people hold amina social-worker'
types 0 'casewright people add lena --name "Lena Kovac"'
types 0 'casewright people hold lena cse-lead'
types 0 'casewright people add oscar --name "Oscar Brandt"'
types 0 'casewright people hold oscar cp-admin'
types 0 'casewright people add mira --name "Mira Shah"'
types 0 'casewright people hold mira mase-representative'

clock 2021-05-10T09:20
says "A school nurse identifies risk factors. The child is not known, so the concern goes to the Front Door."
types 0 'casewright open cse risk-factors-identified open-to=not-known-or-closed --reference WREN --as nia'
types 0 'casewright worklist'

clock 2021-05-10T15:00
says "The Front Door passes it on: the case opens to social care, and the allocated worker owes the form."
types 0 'casewright record WREN assess-concern front-door-outcome=progress team=locality-service --as finn'
types 0 'casewright record WREN allocate --assign social-worker=amina --as bo'

clock 2021-05-12T17:00
says "Amina sends the form on Wednesday at 17:00. The CSE Lead aims to review it within 24 hours, and must within 72: by Saturday at 17:00."
types 0 'casewright record WREN send-form --as amina'
types 0 'casewright why WREN review-form'

clock 2021-05-13T11:00
says "The form is too thin. A rejection needs a reason; the clock ends, and a fresh one starts when the form is sent again."
types 1 'casewright record WREN review-form form-outcome=rejected --as lena'
types 0 'casewright record WREN review-form form-outcome=rejected --reason "Who was the child with on the two nights?" --as lena'

clock 2021-05-14T16:30
types 0 'casewright record WREN send-form --as amina'

clock 2021-05-17T17:00
says "Sent again on Friday at 16:30, the form is still unread on Monday at 17:00: the 72 hours are over. The miss is escalated; the form stays owed."
types 0 'casewright tick'
types 0 'casewright worklist --overdue'

clock 2021-05-18T09:00
says "Lena decides on Tuesday that a strategy meeting is required: within three working days, by Friday."
types 0 'casewright record WREN review-form form-outcome=meeting-required actions="Safety plan with school; phone checked with police" --as lena'
types 0 'casewright record WREN child-and-family-assessment --not-needed --reason "Covered by the strategy meeting" --as amina'
types 0 'casewright record WREN strategy-discussion --as bo'

clock 2021-05-18T14:00
says "CP Admin invites three and books the room later. Until all four are ticked the meeting is not put on record."
types 0 'casewright record WREN arrange-meeting --not-done --tick police-invited --tick health-invited --tick education-invited --as oscar'
types 1 'casewright record WREN cse-strategy-meeting --as bo'

clock 2021-05-19T20:10
says "Immediate risk of harm, in the middle of it all. A telephone discussion is owed at once; the main line stays where it was."
types 0 'casewright record WREN immediate-risk --as nia'
types 0 'casewright worklist'

clock 2021-05-19T20:40
types 0 'casewright record WREN telephone-discussion --as bo'
types 0 'casewright record WREN arrange-meeting --tick room-booked --as oscar'

clock 2021-05-21T12:00
types 0 'casewright record WREN cse-strategy-meeting --as bo'

clock 2021-05-25T10:00
says "The decisions are recorded within five days: level 2, reviews, and the case would benefit from the MASE panel. That opens a line of its own."
types 0 'casewright record WREN record-decisions level=2 meeting-outcome=reviews mase-support=yes --as lena'
types 0 'casewright record WREN section-47-enquiry --not-needed --reason "Decided at the meeting" --as amina'
types 0 'casewright record WREN refer-to-mase --as lena'
types 0 'casewright show WREN'

clock 2021-06-09T15:00
types 0 'casewright record WREN feed-back --as mira'

clock 2021-08-19T10:00
says "The review strategy meeting is due three months after the meeting, by Saturday 21 August. It finds that the risk has reduced."
types 0 'casewright why WREN review-strategy-meeting'
types 0 'casewright record WREN review-strategy-meeting level=1 risk-reduced=yes --as lena'
types 0 'casewright history WREN'
types 0 'casewright verify'

printf '\nThe CSE story: %s commands, each ended as it should.\n' "$told"
