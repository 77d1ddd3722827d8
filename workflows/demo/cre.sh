#!/usr/bin/env bash
# A child at risk of exploitation, from the first concern to closure. Everybody
# and everything in it is invented.
. "$(dirname "$0")/tell.sh"

clock 2021-02-26T16:00
says "CRE. A new rehearsal database, the flow, and a team. All people and events in this story are invented."
types 0 'casewright init --rehearsal'
types 0 'casewright deploy workflows/cre.flow'
types 0 'casewright people add hal --name "Hal Osei, school"'
types 0 'casewright people hold hal education'
types 0 'casewright people add bo --name "Bo Lindgren"'
types 0 'casewright people hold bo team-manager'
types 0 'casewright people add cara --name "Cara Mensah"'
types 0 'casewright people hold cara cpm-vc'
types 0 'casewright people add dev --name "Dev Patel"'
types 0 'casewright people hold dev locality-manager'
types 0 'casewright people add edie --name "Edie Novak"'
types 0 'casewright people hold edie early-help-worker'
types 0 'casewright people add amina --name "Amina Yusuf"'
types 0 'casewright people hold amina social-worker'
types 0 'casewright people add grace --name "Grace Ito"'
types 0 'casewright people hold grace cp-chair'

clock 2021-03-01T09:30
says "A teacher is worried. The concern opens a case and goes to the team manager."
types 0 'casewright open cre concern-raised --reference ROBIN --as hal'
types 0 'casewright worklist --role team-manager'

clock 2021-03-01T14:00
says "Bo gives the case to Early Help: to Edie. From now on the worker's tasks are hers."
types 0 'casewright record ROBIN allocate held-by=early-help --assign worker=edie --as bo'

clock 2021-03-03T15:00
says "Edie completes the toolkit: medium. Early Help holds the case, so the team manager must also say whether it steps up, with a reason either way."
types 0 'casewright record ROBIN cre-toolkit risk=medium --as edie'
types 1 'casewright record ROBIN step-up-decision step-up=no --as bo'
types 0 'casewright record ROBIN step-up-decision step-up=no --reason "Family works well with Edie" --as bo'

clock 2021-03-05T10:00
says "The toolkit goes to the CPM VC, who reviews the case. She cannot decide before both items of the review are ticked."
types 0 'casewright record ROBIN send-toolkit --as edie'
types 1 'casewright record ROBIN cpm-decision high-risk-remains=no --tick overview-workflow-used --as cara'
types 0 'casewright record ROBIN cpm-decision high-risk-remains=no --tick overview-workflow-used --tick discussed-with-locality --as cara'
types 0 'casewright show ROBIN'

clock 2021-03-29T08:45
says "Three missing episodes within 30 days: on 8, 19 and 28 March. The third one asks the team manager for a file review, whatever else is going on."
types 0 'casewright record ROBIN missing-episode --at 2021-03-08 --as hal'
types 0 'casewright record ROBIN missing-episode --at 2021-03-19 --as hal'
types 0 'casewright record ROBIN missing-episode --at 2021-03-28 --as hal'
types 0 'casewright worklist --role team-manager'

clock 2021-03-29T12:00
types 0 'casewright record ROBIN review-file file-review-outcome="Pattern of Sunday evenings; police informed" --as bo'
types 0 'casewright record ROBIN confirm-file-review --as cara'

clock 2021-03-31T10:00
says "Edie updates the toolkit: high. A strategy meeting is owed at once, and the case goes back to the CPM VC. Bo tries to close the case: that is refused, and nothing is lost."
types 0 'casewright record ROBIN cre-toolkit risk=high --as edie'
types 1 'casewright record ROBIN close-case --reason "Moving on" --as bo'
types 1 'casewright why-not ROBIN close-case --as bo'

clock 2021-03-31T15:30
says "Cara is away today. Dev, the locality manager, holds the meeting in her place; the record says for whom."
types 0 'casewright people absent cara --from 2021-03-31 --until 2021-03-31'
types 0 'casewright record ROBIN urgent-strategy-meeting --as dev --acting-for cara --reason "Cara is on leave today"'

clock 2021-04-01T11:00
says "Thursday before Easter. Cara decides that high risk remains: the CRE strategy meeting is due within three working days, over Good Friday, the weekend and Easter Monday."
types 0 'casewright record ROBIN send-toolkit --as edie'
types 0 'casewright record ROBIN cpm-decision high-risk-remains=yes --tick overview-workflow-used --tick discussed-with-locality --as cara'
types 0 'casewright why ROBIN cre-strategy-meeting'

clock 2021-04-06T09:15
says "Risk has increased, so the step up is decided again: this time yes, and Amina takes over."
types 0 'casewright record ROBIN step-up-decision step-up=yes --reason "High risk needs social-work oversight" --as bo'
types 0 'casewright record ROBIN reallocate --assign worker=amina --as bo'

clock 2021-04-09T08:30
says "Friday 9 April: nobody held the meeting by the 8th. The miss is on record, the CPM VC has to take over, and the case is flagged."
types 0 'casewright tick'
types 0 'casewright worklist --overdue'
types 0 'casewright deliver --to-file -'

clock 2021-04-09T14:00
types 0 'casewright record ROBIN cre-strategy-meeting --as bo'

clock 2021-04-14T16:00
says "The s47 investigation finds the threshold met: a conference is due 15 working days after the first strategy meeting, and the plan's meetings come every four weeks."
types 0 'casewright record ROBIN section-47-investigation cp-threshold-met=yes --as amina'
types 0 'casewright show ROBIN'

clock 2021-04-16T10:00
types 0 'casewright record ROBIN plan-meeting --tick visits --tick plan-updated --tick cre-element --as bo'
types 0 'casewright record ROBIN cre-toolkit risk=medium --as amina'
types 0 'casewright record ROBIN tasking-group --as cara'
types 0 'casewright record ROBIN review-first-meeting --as cara'

clock 2021-04-20T18:05
says "An interruption: the school reports a new risk. Another meeting is owed at once, and the toolkit; the main line stays where it is."
types 0 'casewright record ROBIN new-risk --as hal'
types 0 'casewright worklist --role cpm-vc'

clock 2021-04-21T09:30
types 0 'casewright record ROBIN urgent-strategy-meeting --as cara'
types 0 'casewright record ROBIN cre-toolkit risk=medium --as amina'

clock 2021-04-22T13:00
types 0 'casewright record ROBIN icpc cp-threshold-met=no --as grace'

clock 2021-05-20T11:00
says "At the mid-way review Cara records that high risk no longer remains. The case comes down to the lower-risk path."
types 0 'casewright record ROBIN plan-meeting --tick visits --tick plan-updated --tick cre-element --as bo'
types 0 'casewright record ROBIN mid-way-review high-risk-remains=no --as cara'

clock 2021-06-24T10:00
says "Five weeks on: the toolkit says low, no CRE meeting is needed, and the team manager says why."
types 0 'casewright record ROBIN cre-toolkit risk=low --as amina'
types 0 'casewright record ROBIN lower-risk-review cre-meeting-needed=no --reason "Settled at school; no episode since March" --as bo'

clock 2021-06-25T09:00
says "A closing needs a reason. What is still open is listed as closed unfinished."
types 1 'casewright record ROBIN close-case --as bo'
types 0 'casewright record ROBIN close-case --reason "Risk is low and the plan is done" --as bo'
types 0 'casewright history ROBIN'

clock 2021-06-28T09:00
says "On a closed case a report is refused, and the answer says how to open or reopen one."
types 1 'casewright record ROBIN high-risk-of-harm --as hal'
types 0 'casewright verify'

printf '\nThe CRE story: %s commands, each ended as it should.\n' "$told"
