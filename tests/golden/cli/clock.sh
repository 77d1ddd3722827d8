# Pausing, resuming and extending move the due date, and say so.
begin
clock 2021-03-31T09:00
at open visit --reference R3 --as ann
clock 2021-04-01T09:00
at pause R3 visit --as ann
at resume R3 visit --as tina
at pause R3 visit --reason 'family away' --as tina
at pause R3 visit --as tina
at record R3 visit --not-needed --reason 'not today' --as ann
at approve R3 --as max
at reopen R3 visiting --reason 'new worry' --as tina
at show R3
clock 2021-04-12T09:00
at worklist
at resume R3 visit --as tina
at why R3 visit
at extend R3 visit --as tina
at extend R3 visit --to 2021-04-30 --as tina
at why R3 visit
at extend R3 visit --to 2021-04-01 --as tina
clock 2021-04-13T09:00
at people absent ann --from 2021-04-13 --until 2021-04-20
at record R3 visit seen-alone=yes notes=x --tick home --tick carer --acting-for ann --as max
at extend R3 judge-worry --to 2021-04-30 --as tina
at record R3 judge-worry worry=low --as tina
at approve R3 --as max
at record R3 incident --as ann
at reopen R3 visiting --as tina
at reopen R3 closed --reason 'new worry' --as tina
at reopen R3 visiting --reason 'new worry' --as tina
at show R3
at history R3
at verify
