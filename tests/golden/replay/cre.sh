# Seven cases of the CRE policy over Easter 2021 (Good Friday 2 April, Easter Monday 5 April).
# Worked out by hand, as of Friday 30 April 2021:
#
#   ASH    by the book: decision on Wednesday 31 March, meeting due on Wednesday 7 April (1 is
#          Thursday; Friday and Monday do not count; 2 is Tuesday, 3 is Wednesday), held on
#          Tuesday 6 April
#   BEECH  the same decision, held on Thursday 8 April: one working day late
#   CEDAR  the decision recorded by a social worker: wrong role, and done all the same
#   DATE   the toolkit sent before it was made: not to be done there, and judged as from the
#          review, where sending belongs; making it after that only follows from the first
#   ELM    begins with the toolkit: what came before is not known
#   FIR    a strategy meeting after a recorded no: not to be done at "Lower risk", and judged as
#          from the state that has it; its three days count from the decision all the same
#   GORSE  decided on Friday 30 April and not met yet: not yet due; "cre-stratgy-meeting"
cp "$root/workflows/cre.flow" .
cat > cre.csv << 'END'
case,activity,time,person,role,held-by,risk,high-risk-remains
ASH,concern-raised,2021-03-26T09:00,ann,social-worker,,,
ASH,allocate,2021-03-26T10:00,tina,team-manager,social-care,,
ASH,cre-toolkit,2021-03-29T10:00,ann,social-worker,,medium,
ASH,send-toolkit,2021-03-30T10:00,ann,social-worker,,,
ASH,cpm-decision,2021-03-31T11:00,vera,cpm-vc,,,yes
ASH,cre-strategy-meeting,2021-04-06T15:00,tina,team-manager,,,
BEECH,concern-raised,2021-03-26T09:00,ann,social-worker,,,
BEECH,allocate,2021-03-26T10:00,tina,team-manager,social-care,,
BEECH,cre-toolkit,2021-03-29T10:00,ann,social-worker,,medium,
BEECH,send-toolkit,2021-03-30T10:00,ann,social-worker,,,
BEECH,cpm-decision,2021-03-31T11:00,vera,cpm-vc,,,yes
BEECH,cre-strategy-meeting,2021-04-08T10:00,tina,team-manager,,,
CEDAR,concern-raised,2021-03-26T09:00,ann,social-worker,,,
CEDAR,allocate,2021-03-26T10:00,tina,team-manager,social-care,,
CEDAR,cre-toolkit,2021-03-29T10:00,ann,social-worker,,medium,
CEDAR,send-toolkit,2021-03-30T10:00,ann,social-worker,,,
CEDAR,cpm-decision,2021-03-31T11:00,ann,social-worker,,,yes
CEDAR,cre-strategy-meeting,2021-04-07T15:00,tina,team-manager,,,
DATE,concern-raised,2021-04-19T09:00,ann,social-worker,,,
DATE,allocate,2021-04-19T10:00,tina,team-manager,social-care,,
DATE,send-toolkit,2021-04-20T10:00,ann,social-worker,,,
DATE,cre-toolkit,2021-04-21T10:00,ann,social-worker,,medium,
ELM,cre-toolkit,2021-04-20T10:00,ann,social-worker,,medium,
ELM,send-toolkit,2021-04-21T10:00,ann,social-worker,,,
FIR,concern-raised,2021-04-19T09:00,ann,social-worker,,,
FIR,allocate,2021-04-19T10:00,tina,team-manager,social-care,,
FIR,cre-toolkit,2021-04-20T10:00,ann,social-worker,,medium,
FIR,send-toolkit,2021-04-21T10:00,ann,social-worker,,,
FIR,cpm-decision,2021-04-22T11:00,vera,cpm-vc,,,no
FIR,cre-strategy-meeting,2021-04-23T11:00,tina,team-manager,,,
GORSE,concern-raised,2021-04-28T09:00,ann,social-worker,,,
GORSE,allocate,2021-04-28T10:00,tina,team-manager,social-care,,
GORSE,cre-toolkit,2021-04-29T10:00,ann,social-worker,,medium,
GORSE,send-toolkit,2021-04-30T09:00,ann,social-worker,,,
GORSE,cpm-decision,2021-04-30T11:00,vera,cpm-vc,,,yes
GORSE,cre-stratgy-meeting,2021-04-30T12:00,tina,team-manager,,,
END
tell replay cre.flow cre.csv --as-of 2021-04-30
tell replay cre.flow cre.csv --as-of 2021-04-30 --show-case BEECH
tell replay cre.flow cre.csv --as-of 2021-04-30 --show-case FIR
tell replay cre.flow cre.csv --as-of 2021-04-30 --format csv
tell replay cre.flow cre.csv --as-of 2021-04-30 --format csv --csv findings
tell replay cre.flow cre.csv --as-of 2021-04-30 --format csv --csv duties
tell replay cre.flow cre.csv --as-of 2021-04-30 --mode enforce --format csv --csv findings
