# A late entry, a void and an amendment work the case out anew and say what that
# changed; a correction that would make later entries impossible stores nothing.
begin
clock 2021-03-31T09:00
at open visit --reference R2 --as ann
clock 2021-04-12T09:00
at tick
at record R2 visit seen-alone=yes notes=Fine --tick home --tick carer --at 2021-04-06T12:00 --as ann
at record R2 judge-worry worry=low --as tina
at decline R2 --reason 'look again' --as max
at amend R2 2 seen-alone=no --reason 'not alone after all' --as ann
at void R2 2 --reason 'another child' --as ann
at void R2 2 --reason 'another child' --also-void 3 --also-void 4 --as ann
at amend R2 1 --at 2021-03-30 --reason 'came in the day before' --as ann
at record R2 incident --at 2021-03-20 --as ann
at void R2 99 --reason x --as ann
at void R2 2 --as ann
at history R2
at show R2 --json
at history R2 --json
at verify
