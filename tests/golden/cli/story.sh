# One case from the first worry to closure, as the people in it see it.
begin
clock 2021-03-31T09:00
at open visit --reference ROBIN --as ann
at show ROBIN
at why ROBIN
at worklist
clock 2021-04-01T10:00
at record ROBIN visit --tick home --not-done --as ann
at record ROBIN visit seen-alone=yes 'notes=Calm, at home' --tick home --as ann
clock 2021-04-07T09:00
at worklist --role worker
at worklist --person ann --overdue
clock 2021-04-09T08:30
at worklist
at tick
at tick
at record ROBIN visit seen-alone=yes 'notes=Calm, at home' --tick carer --as ann
at show ROBIN
at why ROBIN visit
clock 2021-04-09T10:00
at record ROBIN judge-worry worry=some --as tina
at record ROBIN incident --at 2021-04-02 --as ann
at record ROBIN incident --at 2021-04-05T10:00 --as ann
at record ROBIN incident --as ann
at show ROBIN
clock 2021-05-20T09:00
at worklist
at record ROBIN plan-meeting --as tina
at record ROBIN close-case --reason 'All is well' --as tina
at show ROBIN
at cases
at approve ROBIN --as max
at show ROBIN
at cases
at cases --all
at history ROBIN
at verify
