# A refusal says what is wrong, who could do it, and what is possible; it changes
# nothing.
begin
clock 2021-03-31T09:00
at open visit worry=high --as ann
at open visitt --as ann
at open visit --reference R1 --as ann
at record R1 vist --as ann
at record R1 judge-worry worry=low --as tina
at why-not R1 judge-worry worry=low --as tina
at why-not R1 close-case --reason x --as tina
at record R1 visit seen-alone=yes notes=x --tick home --tick carer --as tina
at why-not R1 visit seen-alone=yes notes=x --tick home --tick carer --as ann
at record R1 visit seen-alone=yes notes=x --tick home --tick carer --as max
at record R1 visit seen-alone=yes notes=x --tick home --tick carer --as zoe
at record R1 visit seen-alone=yes notes=x --tick home --tick carer --as ann --role manager
at record R1 visit --as ann
at record R1 visit seen-alone=perhaps notes=x --as ann
at record R1 visit seen-alone=yes notes=x worry=low --as ann
at record R1 visit seen-alone=yes notes=x --as ann
at record R1 visit seen-alone=yes notes=x --tick garden --as ann
at record R1 found --at 2021-04-01 --as ann
at record R1 found --at 2021-03-28T01:30 --as ann
at record R1 found --at soon --as ann
at record R1 found --as ann --key k
at record R1 found --as ann --key k
at record R1 incident --as ann --key k
at record R1 judge-worry worry=high --as tina
at record R1 close-case --as tina
at record R1 close-case --reason '  ' --as tina
at record R1 close-case --reason 'moved away' --as tina
at record R1 close-case --reason 'moved away' --as tina
at approve R1 --as tina
at approve R1 --as max
at why-not R1 close-case --reason 'moved away' --as tina --json
at record nobody incident --as ann
at why R1 nothing
at why R1 vist
at verify
# An opening that is refused leaves no case, and helps like any refusal.
at open visit seen-alone=perhaps --as ann
# Two cases may have one reference; whoever types it is asked which is meant.
at open visit --reference R1 --as ann
at record R1 incident --as ann
